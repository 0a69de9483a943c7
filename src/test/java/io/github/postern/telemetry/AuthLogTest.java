package io.github.postern.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        everyCheck(log);
        log.signInFailed("R", new AuthLog.Why("AUDIENCE", false), "d", "c");
        log.fault("", "here", new IllegalStateException());
        assertThat(heard)
                .containsExactly(
                        "allowed reports",
                        "skipped skip-auth-route",
                        "handed-over ",
                        "challenged  because no-session",
                        "undecided  because sessions-away",
                        "step-up reports",
                        "refused GROUPS because GROUPS",
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

    @Test
    void everyEventIsAJsonObjectThatNamesNothingTwice() throws Exception {
        var strict = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        var current = new CurrentQuestion();
        current.begin(() -> Lines.question("4bf92f3577b34da6a3ce929d0e0e4736"));
        var json = new JsonLine(ZoneOffset.UTC, InstantSource.system());
        var told = new ArrayList<String>();
        for (Method method : AuthLog.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == void.class) {
                told.addAll(lines(Level.DEBUG, ignored -> {
                    var log = new AuthLog(new SecureRandom(), current, json, Listener.NONE, AuthLog.Checks.ALL);
                    assertThatCode(() -> method.invoke(log, arguments(method))).doesNotThrowAnyException();
                }));
            }
        }
        assertThat(told).hasSizeGreaterThan(20);
        for (String line : told) {
            assertThat(strict.readTree(line).path("event").asText()).as(line).isNotEmpty();
        }
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> switch (type.getSimpleName()) {
                    case "String" -> "text";
                    case "int" -> 1;
                    case "boolean" -> true;
                    case "Throwable" -> new IllegalStateException();
                    case "Because" -> new AuthLog.Because("R", "rule", "GROUPS", List.of("/a", "/b"));
                    case "Why" -> new AuthLog.Why("AUDIENCE", true);
                    default -> throw new IllegalArgumentException("a parameter of a kind unknown here: " + type);
                })
                .toArray();
    }

    @Test
    void aFaultSaysWhichRequestItIsAbout() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger("io.github.postern.faults");
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        logger.addAppender(appender);
        try {
            var current = new CurrentQuestion();
            current.begin(() -> Lines.question("4bf92f3577b34da6a3ce929d0e0e4736"));
            new AuthLog(
                            new SecureRandom(),
                            current,
                            new JsonLine(ZoneOffset.UTC, InstantSource.system()),
                            Listener.NONE,
                            AuthLog.Checks.ALL)
                    .fault("0A1B", "/oauth2/auth", new IllegalStateException("broken"));
        } finally {
            logger.detachAppender(appender);
        }
        var layout = new JsonLayout(ZoneOffset.UTC);
        var line = new ObjectMapper().readTree(layout.doLayout(appender.list.get(0)));
        assertThat(line.properties().stream().map(Map.Entry::getKey))
                .containsExactly(
                        "time",
                        "level",
                        "event",
                        "outcome",
                        "reference",
                        "where",
                        "request_id",
                        "trace_id",
                        "client",
                        "user",
                        "method",
                        "host",
                        "path",
                        "logger",
                        "message",
                        "trace");
        assertThat(line.get("reference").asText()).isEqualTo("0A1B");
        assertThat(line.get("path").asText()).isEqualTo("/x/y");
    }

    private static Listener hearing(List<String> heard) {
        return new Listener() {
            @Override
            public void checked(Outcome outcome, String rule, String reason, long nanos) {
                heard.add(outcome.word() + " " + rule + (reason.isEmpty() ? "" : " because " + reason));
            }

            @Override
            public void happened(Event event) {
                heard.add(event.name() + " " + event.fact("reason"));
            }
        };
    }

    @Test
    void onlyLinesAboutChecksThatRefuseNobodyMayWait() {
        assertThat(events(Level.INFO, log -> {
                    everyCheck(log);
                    log.signedOut("s");
                    log.signInFailed("R", new AuthLog.Why("AUDIENCE", false), "d", "c");
                }))
                .filteredOn(event ->
                        event.getMarkerList() != null && event.getMarkerList().contains(LineAppender.MAY_WAIT))
                .map(event -> event.getFormattedMessage().split(" ")[0])
                .containsExactly("allowed", "skipped", "handed-over", "challenged");
    }

    /** A check of each outcome. */
    private static void everyCheck(AuthLog log) {
        log.allowed("s", "reports");
        log.skipped("skip-auth-route");
        log.handedOver("s");
        log.challenged("REDIRECT", "no-session");
        log.undecided("sessions-away");
        log.stepUp("s", "reports", "acr_values=gold");
        log.refused("s", new AuthLog.Because("R", "", "GROUPS", List.of()));
    }

    private static String logged(Consumer<AuthLog> work) {
        return lines(work).get(0);
    }

    private static List<String> lines(Consumer<AuthLog> work) {
        return lines(Level.INFO, work);
    }

    private static List<String> lines(Level level, Consumer<AuthLog> work) {
        return events(level, work).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static List<ILoggingEvent> events(Level level, Consumer<AuthLog> work) {
        var logger = (Logger) LoggerFactory.getLogger("io.github.postern.auth");
        Level before = logger.getLevel();
        logger.setLevel(level);
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
