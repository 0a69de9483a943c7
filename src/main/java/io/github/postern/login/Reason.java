package io.github.postern.login;

/** Why a login did not end in a session. */
public enum Reason {
    /** The {@code state} names no attempt of this browser: cookies blocked, too old, another browser, or used already. */
    UNKNOWN_ATTEMPT,
    /** The {@code state} was redeemed already: the back button, a reload, or a replay. */
    USED_ATTEMPT,
    /** The provider answered with an error in place of a code (RFC 6749, 4.1.2.1). */
    PROVIDER_ERROR,
    /** The answer is malformed, or comes from another issuer (RFC 9207). */
    BAD_RESPONSE,
    /** The provider refused the code: used, expired, or not ours. */
    CODE_REFUSED,
    /** The provider refused us: wrong {@code client-secret} or client. */
    CLIENT_REFUSED,
    /** The tokens or the user info did not pass their checks (OpenID Connect Core 3.1.3.7, 5.3.2). */
    TOKEN_INVALID,
    /** The ID token is meant for somebody else. */
    AUDIENCE,
    /** A token is not valid yet or not any more: the clocks differ, or it took too long. */
    TOKEN_UNTIMELY,
    /** The provider's keys cannot be fetched. */
    KEYS_UNREACHABLE,
    /** No key that is known here made the signature: keys were changed, or cannot be fetched, or it is forged. */
    KEYS_UNKNOWN,
    /** The provider says the e-mail address is not verified. */
    EMAIL_UNVERIFIED,
    /** The provider's metadata or keys are not known yet. */
    NOT_READY,
    /** The provider answered with an error of its own or with something unreadable. */
    PROVIDER_BROKEN,
    /** The provider did not answer in time. */
    PROVIDER_SLOW,
    /** The session does not fit into cookies. */
    SESSION_TOO_LARGE,
    /** What keeps sessions cannot be reached. */
    STORE_AWAY,
    /** The provider does not know our {@code redirect-url}. */
    REDIRECT_URL_UNKNOWN;

    /** Whether it says that something is wrong with the callback's parameters; also a code that the provider does not know. */
    boolean isAboutTheCallback() {
        return switch (this) {
            case UNKNOWN_ATTEMPT, USED_ATTEMPT, BAD_RESPONSE, CODE_REFUSED -> true;
            default -> false;
        };
    }

    /** Whether what is wrong now may be right later, so that a session must not end for it. */
    boolean isPassing() {
        return switch (this) {
            case PROVIDER_BROKEN,
                    PROVIDER_SLOW,
                    PROVIDER_ERROR,
                    NOT_READY,
                    STORE_AWAY,
                    CLIENT_REFUSED,
                    TOKEN_UNTIMELY,
                    KEYS_UNKNOWN,
                    KEYS_UNREACHABLE -> true;
            default -> false;
        };
    }
}
