package io.github.postern.session;

import java.time.Instant;
import java.util.Optional;

/**
 * The bytes of what is known of a session without its cookie. Fields in order: version (one byte); subject, e-mail, user
 * name, the provider's session id, device, address; began, seen, ends (epoch seconds).
 */
final class KeptCodec {
    private static final int VERSION = 1;

    private KeptCodec() {}

    /**
     * What is kept.
     *
     * @param session what the user may see of it; its handle is the field it stands under
     * @param sid the provider's session; empty when unknown
     */
    record Kept(KeptSession session, String sid) {
        /** The same, used at this time, and lasting until then. */
        Kept seen(Instant at, Instant ends) {
            return new Kept(
                    new KeptSession(
                            session.handle(),
                            session.subject(),
                            session.email(),
                            session.userName(),
                            session.device(),
                            session.address(),
                            session.since(),
                            at,
                            ends),
                    sid);
        }
    }

    static byte[] encode(Kept kept) {
        var out = new FieldWriter();
        KeptSession session = kept.session();
        out.number(VERSION);
        out.text(session.subject());
        out.text(session.email());
        out.text(session.userName());
        out.text(kept.sid());
        out.text(session.device());
        out.text(session.address());
        out.number(session.since().getEpochSecond());
        out.number(session.seen().getEpochSecond());
        out.number(session.ends().getEpochSecond());
        return out.bytes();
    }

    /** Empty for bytes of another version or shape. */
    static Optional<Kept> decode(String handle, byte[] bytes) {
        var in = new FieldReader(bytes);
        try {
            return in.number() == VERSION ? Optional.of(fields(handle, in)) : Optional.empty();
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Kept fields(String handle, FieldReader in) {
        String subject = in.text();
        String email = in.text();
        String userName = in.text();
        String sid = in.text();
        String device = in.text();
        String address = in.text();
        return new Kept(
                new KeptSession(handle, subject, email, userName, device, address, time(in), time(in), time(in)), sid);
    }

    private static Instant time(FieldReader in) {
        return Instant.ofEpochSecond(in.number());
    }
}
