package io.github.postern.web;

import io.github.postern.session.KeptSession;

/**
 * One session on a page.
 *
 * @param handle names it in a form; no use as a cookie
 * @param device browser and system in words
 * @param address where it signed in from; empty when unknown
 * @param since when it began
 * @param seen when it was used last
 * @param current whether it is the one that asks
 */
public record SessionRow(String handle, String device, String address, Moment since, Moment seen, boolean current) {
    /** @param current the handle of the session that asks; empty for none */
    static SessionRow of(KeptSession session, String current) {
        return new SessionRow(
                session.handle(),
                Device.of(session.device()),
                session.address(),
                Moment.of(session.since()),
                Moment.of(session.seen()),
                session.handle().equals(current));
    }
}
