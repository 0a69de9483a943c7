package io.github.postern.telemetry;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each decision. What strangers send is cut and stripped of controls here, and of every URL the query is left
 * out, because apps put secrets there; tokens, codes and cookies never come this far. Allowed, skipped and challenged requests
 * are written at DEBUG, because they are most of the traffic.
 */
public final class AuthLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.postern.auth");
    private static final int REFERENCE_BYTES = 5;
    private static final int LONGEST = 300;
    private final SecureRandom random;

    /** @param random where references come from */
    public AuthLog(SecureRandom random) {
        this.random = random;
    }

    /** A short text that stands on a page and in the log, so that one can be found by the other. */
    public String reference() {
        byte[] bytes = new byte[REFERENCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** Somebody signed in. */
    public void signedIn(String subject, String name, String client) {
        LOG.info("signed-in sub={} user={} client={}", clean(subject), clean(name), clean(client));
    }

    /** The provider sent nothing for a claim that the configuration speaks of. */
    public void claimMissing(String subject, String claim, String cure) {
        LOG.warn("claim-missing sub={} claim={} cure={}", clean(subject), claim, cure);
    }

    /** A sign-in failed; {@code detail} is for the operator. */
    public void signInFailed(String reference, String reason, String detail, String cure) {
        LOG.warn("sign-in-failed reference={} reason={} detail={} cure={}", reference, reason, clean(detail), cure);
    }

    /** A renewed session could not be handed to the browser. */
    public void notKept(String subject, String detail) {
        LOG.warn("session-not-kept sub={} detail={}", clean(subject), clean(detail));
    }

    /** Somebody signed out. */
    public void signedOut(String subject) {
        LOG.info("signed-out sub={}", clean(subject));
    }

    /** Somebody who is signed in was refused by a rule. */
    public void refused(String reference, String subject, String rule, String url) {
        LOG.info("refused reference={} sub={} rule={} url={}", reference, clean(subject), rule, place(url));
    }

    /** Somebody who is signed in must sign in again, because a rule asks for a level. */
    public void stepUp(String subject, String rule, String level) {
        LOG.info("step-up sub={} rule={} level={}", clean(subject), clean(rule), clean(level));
    }

    /** A request without a session was answered with a challenge. */
    public void challenged(String challenge, String url, String peer, String client) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("challenged challenge={} url={} peer={} client={}", challenge, place(url), peer, clean(client));
        }
    }

    /** A rule let a request pass without a session. */
    public void skipped(String url) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("skipped url={}", place(url));
        }
    }

    /** Whether allowed requests are written, so that callers need not find out what to write. */
    public boolean tellsAll() {
        return LOG.isDebugEnabled();
    }

    /** A request passed. */
    public void allowed(String subject, String url) {
        LOG.debug("allowed sub={} url={}", clean(subject), place(url));
    }

    /** Something failed that should not; the request was refused. */
    public void fault(String where, Throwable cause) {
        LOG.error("fault where={}", where, cause);
    }

    private static String place(String url) {
        int query = url.indexOf('?');
        return clean(query < 0 ? url : url.substring(0, query));
    }

    private static String clean(String text) {
        var cleaned = new StringBuilder(Math.min(text.length(), LONGEST));
        text.codePoints().limit(LONGEST).forEach(point -> cleaned.appendCodePoint(isPlain(point) ? point : '?'));
        return cleaned.toString();
    }

    private static boolean isPlain(int point) {
        int type = Character.getType(point);
        return !Character.isISOControl(point)
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.FORMAT
                && type != Character.SURROGATE;
    }
}
