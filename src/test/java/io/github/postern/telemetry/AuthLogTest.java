package io.github.postern.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class AuthLogTest {
    @Test
    void oneDecisionIsOneLineWhateverStrangersSend() {
        String line = logged(log ->
                log.signedIn("a\r\nsigned-in sub=admin", "\u001b[31mred\u2028\u202e", "x".repeat(5000), "provider"));
        assertThat(line).startsWith("signed-in sub=\"a??signed-in sub=admin\" user=?[31mred?? client=xxx");
        assertThat(line.length()).isLessThan(1000);
    }

    @Test
    void referencesDiffer() {
        var log = new AuthLog(new SecureRandom());
        assertThat(log.reference()).hasSize(10).isNotEqualTo(log.reference());
    }

    @Test
    void whoListensHearsEachCheckAndEachEvent() {
        var heard = new ArrayList<String>();
        var log = new AuthLog(
                new SecureRandom(), new CurrentQuestion(), new TextLine(), hearing(heard), AuthLog.Checks.ALL);
        log.allowed("s", "reports");
        log.skipped("skip-auth-route");
        log.handedOver("s");
        log.challenged("REDIRECT", "no-session");
        log.undecided("sessions-away");
        log.stepUp("s", "reports", "acr_values=gold");
        log.refused("s", new AuthLog.Because("R", "", "GROUPS", List.of()));
        log.signInFailed("R", "AUDIENCE", "d", "c");
        log.fault("here", new IllegalStateException());
        assertThat(heard)
                .containsExactly(
                        "allowed reports",
                        "skipped skip-auth-route",
                        "handed-over ",
                        "challenged ",
                        "undecided ",
                        "step-up reports",
                        "refused GROUPS",
                        "sign-in-failed AUDIENCE",
                        "fault ");
    }

    @Test
    void checksOfPathsThatAreExcludedAreHeardButNotWritten() {
        var heard = new ArrayList<String>();
        var current = new CurrentQuestion();
        var silent = new Question("", "", "", "/health", "", "", "", "", false, "");
        current.begin(() -> silent);
        assertThat(lines(ignored -> {
                    var checks = new AuthLog.Checks(true, List.of("/health"));
                    var log = new AuthLog(new SecureRandom(), current, new TextLine(), hearing(heard), checks);
                    log.allowed("s", "");
                    log.signedOut("s");
                }))
                .singleElement()
                .asString()
                .startsWith("signed-out sub=s");
        assertThat(heard).containsExactly("allowed ", "signed-out ");
    }

    @Test
    void checksThatRefuseNobodyCanBeLeftOut() {
        assertThat(lines(ignored -> {
                    var checks = new AuthLog.Checks(false, List.of());
                    var log = new AuthLog(
                            new SecureRandom(), new CurrentQuestion(), new TextLine(), Listener.NONE, checks);
                    log.allowed("s", "");
                    log.challenged("REDIRECT", "no-session");
                    log.refused("s", new AuthLog.Because("R", "", "GROUPS", List.of()));
                }))
                .singleElement()
                .asString()
                .startsWith("refused");
    }

    private static Listener hearing(List<String> heard) {
        return new Listener() {
            @Override
            public void checked(Outcome outcome, String rule, long nanos) {
                heard.add(outcome.word() + " " + rule);
            }

            @Override
            public void happened(Event event) {
                heard.add(event.name() + " " + event.fact("reason"));
            }
        };
    }

    @Test
    void onlyLinesAboutChecksThatRefuseNobodyMayWait() {
        assertThat(events(log -> {
                    log.allowed("s", "reports");
                    log.skipped("skip-auth-route");
                    log.handedOver("s");
                    log.challenged("REDIRECT", "no-session");
                    log.undecided("sessions-away");
                    log.stepUp("s", "reports", "acr_values=gold");
                    log.refused("s", new AuthLog.Because("R", "", "GROUPS", List.of()));
                    log.signedOut("s");
                    log.signInFailed("R", "AUDIENCE", "d", "c");
                }))
                .filteredOn(event ->
                        event.getMarkerList() != null && event.getMarkerList().contains(LineAppender.MAY_WAIT))
                .map(event -> event.getFormattedMessage().split(" ")[0])
                .containsExactly("allowed", "skipped", "handed-over", "challenged");
    }

    private static String logged(Consumer<AuthLog> work) {
        return lines(work).get(0);
    }

    private static List<String> lines(Consumer<AuthLog> work) {
        return events(work).stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static List<ILoggingEvent> events(Consumer<AuthLog> work) {
        var logger = (Logger) LoggerFactory.getLogger("io.github.postern.auth");
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        logger.addAppender(appender);
        try {
            work.accept(new AuthLog(new SecureRandom()));
            return List.copyOf(appender.list);
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(before);
        }
    }
}
