package io.github.postern.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterAttachable;
import ch.qos.logback.core.spi.FilterReply;
import io.github.postern.config.LineFormat;
import io.github.postern.config.LoggingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logback does as the settings ask. */
final class LogOutputTest {
    private static final Optional<LineFormat> ONE = Optional.of(new LineFormat(List.of("> ", ""), List.of("Message")));
    private static final Optional<LineFormat> JSON = Optional.of(
            new LineFormat(List.of("{\"file\":\"", "\",\"message\":\"", "\"}"), List.of("File", "Message")));

    @Test
    void textLooksAsBeforeTheSettingsWereRead() throws JoranException {
        assertThat(standard(Lines.usual(), "hello", Optional.empty()))
                .isEqualTo("2026-11-24T12:00:00.000Z INFO  Gate hello " + System.lineSeparator());
    }

    @Test
    void byDefaultALineIsAJsonObject() throws JoranException {
        assertThat(standard(Lines.json(), "say \"hi\"\n\u202e", Optional.empty()))
                .isEqualTo("{\"time\":\"2026-11-24T12:00:00.000Z\",\"level\":\"info\",\"logger\":\"Gate\","
                        + "\"message\":\"say \\\"hi\\\"??\"}\n");
        assertThat(standard(Lines.json(), "failed", Optional.of(new IllegalStateException("a\r\nb"))))
                .contains("\"message\":\"failed\",\"trace\":\"java.lang.IllegalStateException: a | b | at io.github")
                .matches("\\{[^\\r\\n]*}\n");
    }

    @Test
    void theLevelAskedForIsThatOfOurOwnLoggers() throws JoranException {
        var usual = Lines.json();
        var settings = new LoggingSettings(
                true,
                LoggingSettings.LogLevel.WARN,
                usual.decisions(),
                true,
                usual.requests(),
                usual.standard(),
                false,
                List.of(),
                true,
                false,
                Optional.empty());
        var context = new Lines(settings).context();
        assertThat(context.getLogger("io.github.postern.Gate").getEffectiveLevel())
                .isEqualTo(Level.WARN);
        assertThat(context.getLogger(AuthLog.LOGGER).getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(context.getLogger("org.pac4j.Any").getEffectiveLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void aFormatOfOnesOwnEscapesWhatStandsBetweenQuotationMarks() throws JoranException {
        var settings = Lines.settings(true, Optional.empty(), Optional.empty(), true, JSON);
        assertThat(standard(settings, "say \"hi\"\n\\ \u001b[31m", Optional.empty()))
                .isEqualTo("{\"file\":\"Gate\",\"message\":\"say \\\"hi\\\"?\\\\ ?[31m\"}" + System.lineSeparator());
    }

    @Test
    void aFormatOfOnesOwnKeepsATraceOnItsLine() throws JoranException {
        var settings = Lines.settings(true, Optional.empty(), Optional.empty(), true, ONE);
        String line = standard(settings, "failed", Optional.of(new IllegalStateException("a\r\nb")));
        assertThat(line.lines()).hasSize(1);
        assertThat(line).startsWith("> failed | java.lang.IllegalStateException: a | b | at io.github.postern");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, INFO, INFO, INFO",
        "false, true, OFF, INFO, INFO",
        "true, false, INFO, ERROR, ERROR",
    })
    void eachKindOfLineHasItsSwitch(boolean decisions, boolean standard, String auth, String ours, String faults)
            throws JoranException {
        var context = new Lines(
                        Lines.settings(decisions, Optional.empty(), Optional.empty(), standard, Optional.empty()))
                .context();
        assertThat(context.getLogger(AuthLog.LOGGER).getEffectiveLevel()).isEqualTo(Level.valueOf(auth));
        assertThat(context.getLogger("io.github.postern.Postern").getEffectiveLevel())
                .isEqualTo(Level.valueOf(ours));
        assertThat(context.getLogger("io.github.postern.faults").getEffectiveLevel())
                .isEqualTo(Level.valueOf(faults));
        assertThat(context.getLogger(RequestLog.LOGGER).getEffectiveLevel()).isEqualTo(Level.OFF);
    }

    @Test
    void linesOfDecisionsAndRequestsThatHaveAFormatStandAlone() throws JoranException {
        var lines = new Lines(Lines.settings(true, ONE, ONE, true, Optional.empty()));
        lines.context().getLogger(AuthLog.LOGGER).info("one");
        lines.context().getLogger(RequestLog.LOGGER).info("two");
        lines.context().getLogger("io.github.postern.Gate").error("not here");
        assertThat(lines.written()).isEqualTo("one\ntwo\n");
    }

    @Test
    void allKindsOfLinesReachTheOutputInTheOrderTheyWereTold() throws JoranException {
        var lines = new Lines(Lines.settings(true, ONE, ONE, true, ONE));
        lines.context().getLogger(AuthLog.LOGGER).info(LineAppender.MAY_WAIT, "one");
        lines.context().getLogger(RequestLog.LOGGER).info(LineAppender.MAY_WAIT, "two");
        lines.context().getLogger("io.github.postern.Gate").warn("three");
        assertThat(lines.written()).isEqualTo("one\ntwo\n> three\n");
    }

    @Test
    void errorsAreWrittenToTheErrorOutputBeforeTheCallerGoesOn() throws JoranException {
        var lines = new Lines(Lines.settings(true, ONE, ONE, true, ONE));
        lines.context().getLogger("io.github.postern.Gate").error("one");
        assertThat(lines.errors()).isEqualTo("> one\n");
        assertThat(lines.written()).isEmpty();
    }

    @Test
    @Timeout(20)
    void anErrorOutputThatTakesNothingHoldsUpNobodyForLong() throws JoranException {
        var context = new Lines(Lines.json()).context();
        new LogOutput(context, Lines.json(), OutputStream.nullOutputStream(), new StuckOutput()).take();
        for (int number = 0; number < 20; number++) { // the first waits two seconds
            context.getLogger("io.github.postern.Gate").error("nobody reads this");
        }
    }

    @Test
    @Timeout(20)
    void whatTheOutputHasNoRoomForIsCounted() throws JoranException {
        var context = new Lines(Lines.json()).context();
        var output = new LogOutput(context, Lines.json(), new StuckOutput(), OutputStream.nullOutputStream());
        output.take();
        try (var metrics = new Metrics("1")) {
            metrics.linesLost(output);
            for (int number = 0; number < 20; number++) { // 1.25 MiB
                context.getLogger(AuthLog.LOGGER).info(LineAppender.MAY_WAIT, "x".repeat(1 << 16));
            }
            System.gc(); // what is counted by must not be garbage
            assertThat(output.lost()).isPositive();
            assertThat(metrics.text()).contains("\npostern_log_lines_lost_total " + (double) output.lost());
        }
    }

    @Test
    void whatWasLeftOutIsToldInTheFormatOfTheLog() throws JoranException {
        OutputStream nowhere = OutputStream.nullOutputStream();
        var output = new LogOutput(new Lines(Lines.json()).context(), Lines.json(), nowhere, nowhere);
        assertThat(new String(output.lost(12), StandardCharsets.UTF_8))
                .matches("\\{\"time\":\"[^\"]+\",\"level\":\"warn\",\"event\":\"lines-lost\",\"count\":\"12\","
                        + "\"logger\":\"LineWriter\",\"message\":\"lines-lost count=12\"}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "false, System.out, DENY, NEUTRAL",
        "false, System.err, NEUTRAL, DENY",
        "true, System.out, NEUTRAL, NEUTRAL"
    })
    void errorsGoToTheErrorOutputUnlessToldOtherwise(
            boolean errorsToOutput, String target, FilterReply errors, FilterReply warnings) throws JoranException {
        var usual = Lines.usual();
        var settings = new LoggingSettings(
                false,
                usual.level(),
                usual.decisions(),
                true,
                usual.requests(),
                usual.standard(),
                errorsToOutput,
                List.of(),
                true,
                false,
                Optional.empty());
        var context = new Lines(settings).context();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var appender = (FilterAttachable<ILoggingEvent>) root.getAppender(target);
        assertThat(appender.getFilterChainDecision(event(root, Level.ERROR))).isEqualTo(errors);
        assertThat(appender.getFilterChainDecision(event(root, Level.WARN))).isEqualTo(warnings);
        assertThat(root.getAppender("System.err") == null).isEqualTo(errorsToOutput);
    }

    /** As a pipe that is full and whose reader hangs. */
    private static final class StuckOutput extends OutputStream {
        @Override
        public void write(int each) throws IOException {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static LoggingEvent event(Logger logger, Level level) {
        return new LoggingEvent("", logger, level, "x", null, new Object[0]);
    }

    private static String standard(LoggingSettings settings, String message, Optional<Exception> cause)
            throws JoranException {
        var context = new Lines(settings).context();
        var event = new LoggingEvent(
                "",
                context.getLogger("io.github.postern.Gate"),
                Level.INFO,
                message,
                cause.orElse(null),
                new Object[0]);
        event.setInstant(Instant.parse("2026-11-24T12:00:00Z"));
        var output = (LineAppender) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("System.out");
        return new String(output.encoder().encode(event), StandardCharsets.UTF_8);
    }
}
