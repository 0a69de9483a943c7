package io.github.postern.login;

import org.jspecify.annotations.Nullable;
import org.pac4j.core.exception.TechnicalException;

/** A login, or a step of it, that failed for a known reason. The message is for the log and holds no secret. */
public final class LoginFailed extends TechnicalException {
    private final LoginFailure reason;

    /** @param message what happened, for the operator */
    public LoginFailed(LoginFailure reason, String message) {
        this(reason, message, null);
    }

    /** @param cause what was thrown, if anything */
    public LoginFailed(LoginFailure reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What kind of failure this is. */
    public LoginFailure reason() {
        return reason;
    }
}
