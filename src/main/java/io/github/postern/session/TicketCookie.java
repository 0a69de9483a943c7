package io.github.postern.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The cookie with a {@link Ticket}: one, small, and sealed, so that a forged one never reaches what keeps the sessions. */
final class TicketCookie {
    /** A sibling host may have planted tickets of its own, each of which must be looked up. */
    private static final int MOST_TICKETS = 4;

    private static final int MOST_CANDIDATES = 64;
    private final Seal seal;
    private final SealedCookie cookie;
    private final CookieParts family;
    private final String name;
    private final String purpose;

    TicketCookie(Seal seal, SealedCookie cookie, String name) {
        this.seal = seal;
        this.cookie = cookie;
        this.family = new CookieParts(name);
        this.name = name;
        this.purpose = "ticket " + name;
    }

    /** The tickets that the browser sent, in its order; bounded in number. */
    List<Ticket> read(HttpServletRequest request) {
        List<Ticket> tickets = new ArrayList<>(1);
        int tries = 0;
        for (String value : SealedCookie.values(request, name)) { // a loop, because every check comes here
            seal.open(value, purpose).flatMap(Ticket::read).ifPresent(tickets::add);
            if (tickets.size() == MOST_TICKETS || ++tries == MOST_CANDIDATES) {
                break;
            }
        }
        return tickets;
    }

    /**
     * Writes the ticket, and takes away what is left of a session that was kept in cookies.
     *
     * @param lifetime zero for a cookie that ends with the browser
     */
    void write(HttpServletRequest request, HttpServletResponse response, Ticket ticket, Duration lifetime) {
        String sealed = seal.seal(ticket.bytes(), purpose);
        cookie.write(request, response, new SealedCookie.Named(name, sealed), lifetime);
        cookie.deleteAll(request, response, other -> family.owns(other) && !other.equals(name));
    }

    /** Takes away every session cookie the browser sent. */
    void delete(HttpServletRequest request, HttpServletResponse response) {
        cookie.deleteAll(request, response, family::owns);
    }
}
