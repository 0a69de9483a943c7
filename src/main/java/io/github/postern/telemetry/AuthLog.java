package io.github.postern.telemetry;

import static io.github.postern.telemetry.DecisionLine.Outcome.ERROR;
import static io.github.postern.telemetry.DecisionLine.Outcome.FAILURE;
import static io.github.postern.telemetry.DecisionLine.Outcome.SUCCESS;

import io.github.postern.telemetry.DecisionLine.Outcome;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One line for each decision. What strangers send is cut and stripped of controls here, and of every URL the query is left
 * out, because apps put secrets there; tokens, codes and cookies never come this far. Allowed, skipped and challenged requests
 * are written at DEBUG, because they are most of the traffic.
 */
public final class AuthLog {
    static final String LOGGER = "io.github.postern.auth";
    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final Logger FAULTS = LoggerFactory.getLogger("io.github.postern.faults");
    private static final int REFERENCE_BYTES = 5;

    private final SecureRandom random;
    private final CurrentQuestion current;
    private final Optional<DecisionLine> format;

    /** @param random where references come from */
    public AuthLog(SecureRandom random) {
        this(random, new CurrentQuestion(), Optional.empty());
    }

    /**
     * @param random where references come from
     * @param current which request a line is about
     * @param format the line the operator wants; empty for our own
     */
    public AuthLog(SecureRandom random, CurrentQuestion current, Optional<DecisionLine> format) {
        this.random = random;
        this.current = current;
        this.format = format;
    }

    /** A short text that stands on a page and in the log, so that one can be found by the other. */
    public String reference() {
        byte[] bytes = new byte[REFERENCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** Somebody signed in. */
    public void signedIn(String subject, String name, String client) {
        tell(
                Level.INFO,
                SUCCESS,
                name,
                "signed-in" + sub(subject) + " user=" + clean(name) + " client=" + clean(client));
    }

    /** The provider sent nothing for a claim that the configuration speaks of. */
    public void claimMissing(String subject, String claim, String cure) {
        tell(Level.WARN, ERROR, subject, "claim-missing" + sub(subject) + " claim=" + claim + " cure=" + cure);
    }

    /** A sign-in failed; {@code detail} is for the operator. */
    public void signInFailed(String reference, String reason, String detail, String cure) {
        String message = "sign-in-failed reference=" + reference + " reason=" + reason + " detail=" + clean(detail);
        tell(Level.WARN, FAILURE, "", message + " cure=" + cure);
    }

    /** A name and a password were refused; {@code why} is not for the one who sent them. */
    public void passwordRefused(String name, String client, String why) {
        String message = "password-refused user=" + clean(name) + " client=" + clean(client);
        tell(Level.WARN, FAILURE, name, message + " reason=" + why);
    }

    /** A renewed session could not be handed to the browser. */
    public void notKept(String subject, String detail) {
        tell(Level.WARN, ERROR, subject, "session-not-kept" + sub(subject) + " detail=" + clean(detail));
    }

    /** Somebody signed out. */
    public void signedOut(String subject) {
        tell(Level.INFO, SUCCESS, subject, "signed-out" + sub(subject));
    }

    /** Somebody ended sessions: their own, or as an administrator those of somebody else. */
    public void sessionsEnded(String by, String subject, int count) {
        tell(Level.INFO, SUCCESS, by, "sessions-ended" + sub(subject) + " by=" + clean(by) + " count=" + count);
    }

    /** The provider ended a session, or all of a user's; {@code by} says how it told us. */
    public void signedOutByProvider(String subject, String by, boolean all) {
        String message = "signed-out-by-provider" + sub(subject) + " by=" + by;
        tell(Level.INFO, SUCCESS, subject, message + " sessions=" + (all ? "all" : "one"));
    }

    /** A sign-out that was told in the provider's name was not done; {@code leftOut} such lines before were not written. */
    public void signOutRefused(String by, String why, String client, int leftOut) {
        String message = "sign-out-refused by=" + by + " reason=" + Printable.quoted(clean(why));
        message += " client=" + clean(client);
        tell(Level.WARN, FAILURE, "", leftOut == 0 ? message : message + " left-out=" + leftOut);
    }

    /** Somebody who is signed in was refused by a rule. */
    public void refused(String reference, String subject, String rule, String url) {
        String message = "refused reference=" + reference + sub(subject) + " rule=" + clean(rule);
        tell(Level.INFO, FAILURE, "", message + " url=" + Printable.place(url));
    }

    /** Somebody who is signed in must sign in again, because a rule asks for a level. */
    public void stepUp(String subject, String rule, String level) {
        tell(
                Level.INFO,
                FAILURE,
                subject,
                "step-up" + sub(subject) + " rule=" + clean(rule) + " level=" + clean(level));
    }

    /** A request without a session was answered with a challenge. */
    public void challenged(String challenge, String url, String peer, String client) {
        if (LOG.isDebugEnabled()) {
            String message = "challenged challenge=" + challenge + " url=" + Printable.place(url);
            tell(Level.DEBUG, FAILURE, "", message + " peer=" + peer + " client=" + clean(client));
        }
    }

    /** Credentials in place of a session were not good; {@code detail} holds nothing of them. */
    public void credentialsRefused(String detail, String url, String client) {
        String message = "credentials-refused detail=\"" + clean(detail) + "\" url=" + Printable.place(url);
        tell(Level.INFO, FAILURE, "", message + " client=" + clean(client));
    }

    /** A rule let a request pass without a session. */
    public void skipped(String url) {
        if (LOG.isDebugEnabled()) {
            tell(Level.DEBUG, SUCCESS, "", "skipped url=" + Printable.place(url));
        }
    }

    /** Whether allowed requests are written, so that callers need not find out what to write. */
    public boolean tellsAll() {
        return LOG.isDebugEnabled();
    }

    /** A request passed. */
    public void allowed(String subject, String url) {
        tell(Level.DEBUG, SUCCESS, "", "allowed" + sub(subject) + " url=" + Printable.place(url));
    }

    /** Something failed that should not; the request was refused. */
    public void fault(String where, Throwable cause) {
        FAULTS.error("fault where={}{}", where, id(), cause);
        if (format.isPresent()) {
            tell(Level.ERROR, ERROR, "", "fault where=" + clean(where));
        }
    }

    private void tell(Level level, Outcome outcome, String username, String message) {
        if (LOG.isEnabledForLevel(level)) {
            String line = format.map(wanted -> wanted.of(current.question(), outcome, username, message))
                    .orElseGet(() -> message + id());
            LOG.atLevel(level).log(line);
        }
    }

    /** An id that nobody else knows would only lengthen the line. */
    private String id() {
        Question question = current.question();
        return question.named() ? " request-id=" + clean(question.id()) : "";
    }

    private static String sub(String subject) {
        return " sub=" + clean(subject);
    }

    private static String clean(String text) {
        return Printable.of(text);
    }
}
