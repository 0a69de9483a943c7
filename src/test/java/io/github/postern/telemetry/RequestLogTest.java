package io.github.postern.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.postern.config.LineFormat;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The lines in oauth2-proxy's style: their shape, and what strangers cannot do to them. */
final class RequestLogTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-24T12:00:00.5Z"));
    private static final Question QUESTION = Lines.question("");

    @Test
    void aRequestsLineHasTheDocumentedShape() {
        var line = request(
                "Client - RequestID - Username [Timestamp] Host RequestMethod Upstream RequestURI Protocol UserAgent StatusCode ResponseSize RequestDuration",
                QUESTION,
                ZoneOffset.UTC);
        assertThat(line)
                .matches(
                        "203\\.0\\.113\\.7 - id-1 - alice@akko\\.local \\[2026/11/24 12:00:00] mlflow\\.akko\\.local POST -"
                                + " \"/x/y\" HTTP/1\\.1 \"curl/8\\.5\\.0\" 200 17 0\\.\\d{3}");
    }

    @Test
    void timesAreInTheZoneAskedFor() {
        assertThat(request("Timestamp", QUESTION, ZoneId.of("Asia/Kolkata"))).isEqualTo("2026/11/24 17:30:00");
    }

    @Test
    void whatIsUnknownIsADash() {
        assertThat(request("Client Host RequestMethod Protocol Username RequestID", Question.NONE, ZoneOffset.UTC))
                .isEqualTo("- - - - - -");
    }

    @Test
    void strangersCannotBeginALineNorEndAQuotation() {
        String evil = "a\"b\\c\r\nd\u001b[31m\u2028\u202e" + "x".repeat(5000);
        var question = new Question(evil, evil, evil, evil, evil, evil, evil, "id", true, "");
        String line = request("Client Host RequestURI UserAgent Username", question, ZoneOffset.UTC);
        assertThat(line)
                .as("RES-10")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
                .contains(" \"a\\\"b\\\\c??d?[31m??xxx")
                .hasSizeLessThan(1600);
    }

    @Test
    void aFormatThatLooksLikeJsonStaysJson() {
        var question = new Question("", "", "", "", "", "say \"hi\"", "a\"},{\"b\\", "id", true, "");
        String line = line(
                new LineFormat(List.of("{\"user\":\"", "\",\"agent\":", "}"), List.of("Username", "UserAgent")),
                question,
                ZoneOffset.UTC);
        assertThat(line).isEqualTo("{\"user\":\"a\\\"},{\\\"b\\\\\",\"agent\":\"say \\\"hi\\\"\"}");
    }

    @Test
    void aUsersPathThatIsExcludedIsSilent() {
        var current = new CurrentQuestion();
        var log = new RequestLog(
                current, new TemplateRequestLine(format("RequestURI"), ZoneOffset.UTC), NOON, List.of("/x/y"));
        assertThat(logged(RequestLog.LOGGER, ignored -> {
                    current.begin(() -> QUESTION);
                    log.answered(200, 0);
                    current.begin(() -> new Question("", "", "", "/x/y/z", "", "", "", "", false, ""));
                    log.answered(200, 0);
                }))
                .containsExactly("\"/x/y/z\"");
    }

    @Test
    void aDecisionsLineHasTheDocumentedShape() {
        var current = new CurrentQuestion();
        var line = new TemplateLine(
                format("Client - RequestID - Username [Timestamp] [Status] Message"), ZoneOffset.UTC, NOON);
        var log = new AuthLog(new SecureRandom(), current, line, Listener.NONE, AuthLog.Checks.ALL);
        assertThat(logged(AuthLog.LOGGER, ignored -> {
                    current.begin(() -> QUESTION);
                    log.refused("sub-1", new AuthLog.Because("R1", "", "GROUPS", List.of("/admins")));
                    log.signedIn("sub-2", "bob", "203.0.113.7", "provider");
                    log.fault("", "here", new IllegalStateException());
                    current.end();
                    log.signedOut("sub-3");
                }))
                .map(written -> written.replaceAll("micros=\\d+", "micros=N"))
                .containsExactly(
                        "203.0.113.7 - id-1 - alice@akko.local [2026/11/24 12:00:00] [AuthFailure] refused micros=N"
                                + " reference=R1 sub=sub-1 reason=GROUPS wanted=/admins path=/x/y",
                        "203.0.113.7 - id-1 - bob [2026/11/24 12:00:00] [AuthSuccess] signed-in sub=sub-2 user=bob"
                                + " client=203.0.113.7 by=provider path=/x/y",
                        "203.0.113.7 - id-1 - alice@akko.local [2026/11/24 12:00:00] [AuthError] fault where=here"
                                + " path=/x/y",
                        "- - - - sub-3 [2026/11/24 12:00:00] [AuthSuccess] signed-out sub=sub-3");
    }

    @Test
    void ourOwnLineNamesWhoAskedAndTheRequestWhenOthersKnowItsId() {
        var current = new CurrentQuestion();
        var log = new AuthLog(new SecureRandom(), current, new TextLine(), Listener.NONE, AuthLog.Checks.ALL);
        assertThat(logged(AuthLog.LOGGER, ignored -> {
                    current.begin(() -> QUESTION);
                    log.handedOver("s");
                    log.signedIn("s", "bob", "", "provider");
                    current.begin(() -> new Question("", "", "", "", "", "", "", "made", false, ""));
                    log.handedOver("s");
                }))
                .map(written -> written.replaceAll("micros=\\d+", "micros=N"))
                .containsExactly(
                        "handed-over micros=N sub=s client=203.0.113.7 user=alice@akko.local method=POST"
                                + " host=mlflow.akko.local path=/x/y request-id=id-1",
                        "signed-in sub=s user=bob by=provider client=203.0.113.7 method=POST"
                                + " host=mlflow.akko.local path=/x/y request-id=id-1",
                        "handed-over micros=N sub=s");
    }

    private static String request(String words, Question question, ZoneId zone) {
        return line(format(words), question, zone);
    }

    private static String line(LineFormat format, Question question, ZoneId zone) {
        var current = new CurrentQuestion();
        var log = new RequestLog(current, new TemplateRequestLine(format, zone), NOON, List.of());
        return logged(RequestLog.LOGGER, ignored -> {
                    current.begin(() -> question);
                    log.answered(200, 17);
                })
                .get(0);
    }

    /** Every word that is a field's name is that field. */
    private static LineFormat format(String words) {
        String names = "(?=\\b[A-Z][A-Za-z]+)|(?<=[a-zA-Z])(?![A-Za-z])";
        List<String> parts = Arrays.asList(words.split(names, -1));
        var texts = new java.util.ArrayList<String>();
        var fields = new java.util.ArrayList<String>();
        String text = "";
        for (String part : parts) {
            if (part.matches("[A-Z][A-Za-z]+")) {
                texts.add(text);
                fields.add(part);
                text = "";
            } else {
                text += part;
            }
        }
        texts.add(text);
        return new LineFormat(texts, fields);
    }

    private static List<String> logged(String name, Consumer<Void> work) {
        var logger = (Logger) LoggerFactory.getLogger(name);
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        logger.addAppender(appender);
        try {
            work.accept(null);
            return appender.list.stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        } finally {
            logger.detachAppender(appender);
        }
    }
}
