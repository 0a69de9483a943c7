package io.github.postern.login;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.exception.TechnicalException;

/** A login, or a step of it, that failed for a known reason. The message is for the log and holds no secret. */
public final class LoginFailed extends TechnicalException {
    private final Reason reason;
    private final String error;
    private final String description;
    private final Duration retryAfter;

    /** @param message what happened, for the operator */
    public LoginFailed(Reason reason, String message) {
        this(reason, message, null);
    }

    /** @param cause what was thrown, if anything */
    public LoginFailed(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.error = "";
        this.description = "";
        this.retryAfter = Duration.ZERO;
    }

    private LoginFailed(Reason reason, String message, String error, String description) {
        super(message);
        this.reason = reason;
        this.error = error;
        this.description = description;
        this.retryAfter = Duration.ZERO;
    }

    private LoginFailed(String message, Duration retryAfter) {
        super(message);
        this.reason = Reason.PROVIDER_BROKEN;
        this.error = "";
        this.description = "";
        this.retryAfter = retryAfter;
    }

    /** The provider cannot answer now; {@code retryAfter} is what it said of when it can, or zero (RFC 9110, 10.2.3). */
    static LoginFailed byOutage(String message, Duration retryAfter) {
        return new LoginFailed(message, retryAfter);
    }

    /** The provider's own words in place of a code (RFC 6749, 4.1.2.1). */
    static LoginFailed byProvider(String error, String description) {
        return new LoginFailed(
                Reason.PROVIDER_ERROR,
                "the callback carried error=" + error + " error_description=" + description,
                error,
                description);
    }

    /** An ID token for somebody else; its {@link #description()} is the audience that was found. */
    static LoginFailed meantForAnother(Audiences.Wrong audience) {
        return new LoginFailed(
                Reason.AUDIENCE, "the ID token is not valid: " + audience.getMessage(), "", audience.found());
    }

    /** Whether it is what the browser brought to the callback that failed: anybody can make that up. */
    public boolean isBroughtByBrowser() {
        return !error.isEmpty() || reason.isAboutTheCallback();
    }

    /** The provider's {@code error}, with {@link Reason#PROVIDER_ERROR}; else empty. */
    public String error() {
        return error;
    }

    /** The provider's {@code error_description}, or what {@link #reason()} speaks of, or empty. */
    public String description() {
        return description;
    }

    /** How long the provider wants to be left alone; zero where it did not say. */
    Duration retryAfter() {
        return retryAfter;
    }

    /** What kind of failure this is. */
    public Reason reason() {
        return reason;
    }
}
