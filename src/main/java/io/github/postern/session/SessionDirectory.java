package io.github.postern.session;

import java.util.List;

/**
 * Finds and ends sessions of which no cookie is at hand; there is one for every store that keeps sessions on the server. Every
 * method throws {@link org.pac4j.core.exception.TechnicalException} when the store cannot be reached.
 */
public interface SessionDirectory {
    /** A user's sessions, the one used last first; bounded in number. */
    List<KeptSession> of(String subject);

    /**
     * The sessions of everybody who goes by this name.
     *
     * @param who a subject, an e-mail address or a user name, whole; capitals do not matter in the last two
     */
    List<KeptSession> find(String who);

    /**
     * Ends a session.
     *
     * @param handle as {@link KeptSession} has it
     * @return whether this user had such a session
     */
    boolean end(String subject, String handle);

    /**
     * Ends all sessions of a user but one.
     *
     * @param exceptHandle the one to spare; empty for none
     * @return how many
     */
    int endAll(String subject, String exceptHandle);

    /** The handle of the session with this id ({@code jti} of its profile). */
    String handleOf(String sessionId);
}
