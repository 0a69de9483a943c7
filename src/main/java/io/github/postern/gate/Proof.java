package io.github.postern.gate;

/** What became of the credentials that a request's {@code Authorization} header carries. */
public sealed interface Proof {
    /** They are good, and stand for this caller; a session beside them does not count. */
    record Valid(Caller caller) implements Proof {}

    /**
     * They are of a kind we accept, and not good.
     *
     * @param challenge the value of {@code WWW-Authenticate} on a 401 (RFC 9110, 11.6.1; RFC 6750, 3)
     * @param detail what is wrong, for the log; never the credentials themselves
     * @param isFinal whether a session beside them must not count
     */
    record Invalid(String challenge, String detail, boolean isFinal) implements Proof {}

    /**
     * They were not looked at, because there are too many of them. A session beside them counts.
     *
     * @param status of the answer where there is no session
     * @param retryAfter the value of {@code Retry-After}
     */
    record Undecided(int status, String retryAfter) implements Proof {}
}
