package io.github.postern.telemetry;

import static io.github.postern.telemetry.Status.ERROR;
import static io.github.postern.telemetry.Status.FAILURE;
import static io.github.postern.telemetry.Status.SUCCESS;

import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Where everything that happens to sessions and requests is told: one line for each, and one word to who listens. What strangers send
 * is cut and stripped of controls here, and of every URL the query is left out, because apps put secrets there; tokens, codes
 * and cookies never come this far.
 */
public final class AuthLog {
    static final String LOGGER = "io.github.postern.auth";
    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final Logger FAULTS = LoggerFactory.getLogger("io.github.postern.faults");
    private static final int REFERENCE_BYTES = 5;
    /** Whoever is signed in and kept out has a line, whatever was asked for. */
    private static final Set<Outcome> ALWAYS_TOLD = EnumSet.of(Outcome.STEP_UP, Outcome.REFUSED, Outcome.UNDECIDED);
    /** The checks of most of the traffic: their lines may be written a moment later, many at once. */
    private static final Set<Outcome> MANY =
            EnumSet.of(Outcome.ALLOWED, Outcome.SKIPPED, Outcome.HANDED_OVER, Outcome.CHALLENGED);

    private final SecureRandom random;
    private final CurrentQuestion current;
    private final EventLine line;
    private final Listener listener;
    private final Level usual;
    private final Set<String> silent;

    /** @param random where references come from */
    public AuthLog(SecureRandom random) {
        this(random, new CurrentQuestion(), new TextLine(), Listener.NONE, Checks.ALL);
    }

    /**
     * @param random where references come from
     * @param current which request a line is about
     * @param line what it looks like
     * @param listener who hears of it besides
     * @param checks which checks are written
     */
    public AuthLog(SecureRandom random, CurrentQuestion current, EventLine line, Listener listener, Checks checks) {
        this.random = random;
        this.current = current;
        this.line = line;
        this.listener = listener;
        this.usual = checks.written() ? Level.INFO : Level.DEBUG;
        this.silent = Set.copyOf(checks.silent());
    }

    /**
     * Which checks are written.
     *
     * @param written whether those are that refuse nobody, which are most of the traffic; else they are at DEBUG
     * @param silent paths of users' requests whose checks get no line
     */
    public record Checks(boolean written, List<String> silent) {
        static final Checks ALL = new Checks(true, List.of());

        public Checks {
            silent = List.copyOf(silent);
        }
    }

    /** A short text that stands on a page and in the log, so that one can be found by the other. */
    public String reference() {
        byte[] bytes = new byte[REFERENCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    // ---- checks

    /** Somebody who is signed in may pass. */
    public void allowed(String subject, String rule) {
        checked(
                Outcome.ALLOWED,
                usual,
                rule,
                "",
                event -> event.with("rule", rule).with("sub", subject));
    }

    /** The request passes without a session. */
    public void skipped(String rule) {
        checked(Outcome.SKIPPED, usual, rule, "", event -> event.with("rule", rule));
    }

    /** The request is redirected to itself with a renewed cookie. */
    public void handedOver(String subject) {
        checked(Outcome.HANDED_OVER, usual, "", "", event -> event.with("sub", subject));
    }

    /**
     * A request without a session was answered with a challenge.
     *
     * @param reason why it has none
     */
    public void challenged(String challenge, String reason) {
        checked(
                Outcome.CHALLENGED,
                usual,
                "",
                reason,
                event -> event.with("challenge", challenge).with("reason", reason));
    }

    /** It is not known whether somebody is signed in. */
    public void undecided(String reason) {
        checked(Outcome.UNDECIDED, Level.WARN, "", reason, event -> event.with("reason", reason));
    }

    /** Somebody who is signed in must sign in again, because a rule asks for a level: {@code wanted}. */
    public void stepUp(String subject, String rule, String wanted) {
        checked(
                Outcome.STEP_UP,
                Level.INFO,
                rule,
                "",
                event -> event.with("rule", rule).with("sub", subject).with("wanted", wanted));
    }

    /** Somebody was refused by a rule. */
    public void refused(String subject, Because because) {
        String decider = because.rule().isEmpty() ? because.reason() : because.rule();
        checked(
                Outcome.REFUSED,
                Level.INFO,
                decider,
                because.reason(),
                event -> event.with("rule", because.rule())
                        .with("reference", because.reference())
                        .with("sub", subject)
                        .with("reason", because.reason())
                        .with("wanted", String.join(", ", because.wanted())));
    }

    /**
     * Why somebody was refused.
     *
     * @param reference what stands on the page too
     * @param rule the access rule's name; empty for an option
     * @param reason the kind of rule
     * @param wanted who would be admitted
     */
    public record Because(String reference, String rule, String reason, List<String> wanted) {
        public Because {
            wanted = List.copyOf(wanted);
        }
    }

    /**
     * Nothing is made of a check that no line is written about.
     *
     * @param decider the rule or the option that decided, for those who listen
     * @param reason why, for them too
     * @param facts what the line says besides
     */
    private void checked(Outcome outcome, Level level, String decider, String reason, UnaryOperator<Event> facts) {
        long nanos = current.nanosSinceBegin();
        listener.checked(outcome, decider, reason, nanos);
        if (LOG.isEnabledForLevel(level)) {
            Question question = current.question();
            if (ALWAYS_TOLD.contains(outcome) || !silent.contains(question.path())) {
                Event event = Event.of(outcome.word(), level, outcome.status());
                Event whole = facts.apply(event.with("micros", TimeUnit.NANOSECONDS.toMicros(nanos)));
                if (MANY.contains(outcome)) {
                    writeSoon(question, whole);
                } else {
                    write(question, whole);
                }
            }
        }
    }

    // ---- signing in and out

    /** Somebody is sent to the provider to sign in. */
    public void signInStarted() {
        tell(Event.of("sign-in-started", Level.DEBUG, SUCCESS));
    }

    /**
     * Somebody signed in.
     *
     * @param by {@code provider} or {@code password}
     */
    public void signedIn(String subject, String name, String client, String by) {
        tell(Event.of("signed-in", Level.INFO, SUCCESS)
                .about(name)
                .with("sub", subject)
                .with("user", name)
                .with("client", client)
                .with("by", by));
    }

    /** The provider sent nothing for a claim that the configuration speaks of. */
    public void claimMissing(String subject, String claim, String cure) {
        tell(Event.of("claim-missing", Level.WARN, ERROR)
                .about(subject)
                .with("sub", subject)
                .with("claim", claim)
                .with("cure", cure));
    }

    /**
     * A sign-in failed.
     *
     * @param reference what stands on the page too
     * @param detail for the operator
     */
    public void signInFailed(String reference, Why why, String detail, String cure) {
        tell(Event.of("sign-in-failed", Level.WARN, FAILURE)
                .with("reference", reference)
                .with("reason", why.reason())
                .with("by", why.brought() ? "browser" : "postern")
                .with("detail", detail)
                .with("cure", cure));
    }

    /**
     * Why a sign-in failed.
     *
     * @param reason what kind of failure it is
     * @param brought whether it is what the browser brought to the callback, which anybody can make up; else Postern found it out itself
     */
    public record Why(String reason, boolean brought) {}

    /** A name and a password were refused; {@code why} is not for the one who sent them. */
    public void passwordRefused(String name, String client, String why) {
        tell(Event.of("password-refused", Level.WARN, FAILURE)
                .about(name)
                .with("user", name)
                .with("client", client)
                .with("reason", why));
    }

    /** Credentials in place of a session were not good; {@code detail} holds nothing of them. */
    public void credentialsRefused(String detail, String client) {
        tell(Event.of("credentials-refused", Level.INFO, FAILURE)
                .with("detail", detail)
                .with("client", client));
    }

    /** Somebody signed out. */
    public void signedOut(String subject) {
        tell(Event.of("signed-out", Level.INFO, SUCCESS).about(subject).with("sub", subject));
    }

    // ---- sessions

    /** A session's tokens were renewed. */
    public void renewed(String subject) {
        tell(Event.of("renewed", Level.DEBUG, SUCCESS).about(subject).with("sub", subject));
    }

    /**
     * A session's tokens could not be renewed.
     *
     * @param reason what kind of failure it is
     * @param ends whether the session ends with it
     */
    public void renewalFailed(String subject, String reason, String detail, boolean ends) {
        tell(Event.of("renewal-failed", Level.WARN, ERROR)
                .about(subject)
                .with("sub", subject)
                .with("reason", reason)
                .with("session", ends ? "ends" : "goes-on")
                .with("detail", detail));
    }

    /** A renewed session could not be handed to the browser. */
    public void notKept(String subject, String detail) {
        tell(Event.of("session-not-kept", Level.WARN, ERROR)
                .about(subject)
                .with("sub", subject)
                .with("detail", detail));
    }

    /** Somebody ended sessions: their own, or as an administrator those of somebody else. */
    public void sessionsEnded(String by, String subject, int count) {
        tell(Event.of("sessions-ended", Level.INFO, SUCCESS)
                .about(by)
                .with("sub", subject)
                .with("by", by)
                .with("count", count));
    }

    /** Somebody who is no member of {@code admin-group} asked for other people's sessions. */
    public void sessionsRefused(String reference, String subject) {
        tell(Event.of("sessions-refused", Level.INFO, FAILURE)
                .about(subject)
                .with("reference", reference)
                .with("sub", subject)
                .with("reason", "admin-group"));
    }

    /** The provider ended a session, or all of a user's; {@code by} says how it told us. */
    public void signedOutByProvider(String subject, String by, boolean all) {
        tell(Event.of("signed-out-by-provider", Level.INFO, SUCCESS)
                .about(subject)
                .with("sub", subject)
                .with("by", by)
                .with("sessions", all ? "all" : "one"));
    }

    /** A sign-out that was told in the provider's name was not done; {@code leftOut} such lines before were not written. */
    public void signOutRefused(String by, String why, String client, int leftOut) {
        var event = Event.of("sign-out-refused", Level.WARN, FAILURE)
                .with("by", by)
                .with("reason", why)
                .with("client", client);
        tell(leftOut == 0 ? event : event.with("left-out", leftOut));
    }

    /**
     * Something failed that should not; the request was refused.
     *
     * @param reference what stands on the page too; empty where there is none
     */
    public void fault(String reference, String where, Throwable cause) {
        Question question = current.question();
        var event = Event.of("fault", Level.ERROR, ERROR)
                .with("reference", reference)
                .with("where", where);
        var entry = FAULTS.atError().setCause(cause);
        entry = entry.addKeyValue("event", event.name())
                .addKeyValue("outcome", event.status().word());
        for (List<Event.Fact> facts : List.of(event.facts(), question.facts())) {
            for (Event.Fact fact : facts) {
                entry = entry.addKeyValue(fact.name(), fact.text());
            }
        }
        entry.log(question.named() ? event.text() + " request-id=" + Printable.of(question.id()) : event.text());
        if (line instanceof TemplateLine) { // whoever reads those lines expects this one among them
            write(question, event);
        }
        listener.happened(event);
    }

    private void tell(Event event) {
        if (LOG.isEnabledForLevel(event.level())) {
            write(current.question(), event);
        }
        listener.happened(event);
    }

    private void writeSoon(Question question, Event event) {
        if (event.level() == Level.DEBUG) {
            LOG.debug(LineAppender.MAY_WAIT, line.of(question, event));
        } else {
            LOG.info(LineAppender.MAY_WAIT, line.of(question, event));
        }
    }

    private void write(Question question, Event event) {
        LOG.atLevel(event.level()).log(line.of(question, event));
    }
}
