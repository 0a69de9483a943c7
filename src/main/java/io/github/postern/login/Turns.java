package io.github.postern.login;

import java.util.Optional;

/** Lets one replica at a time renew a session. */
public interface Turns {
    /** For a replica that shares its sessions with no other. */
    Turns ALONE = session -> Optional.of(() -> {});

    /**
     * Takes the turn, for a bounded time.
     *
     * @param session the session's own id
     * @return what gives the turn back; empty while another replica has it
     * @throws org.pac4j.core.exception.TechnicalException when that cannot be found out
     */
    Optional<Runnable> take(String session);
}
