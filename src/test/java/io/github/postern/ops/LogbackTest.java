package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** What the log looks like, and what never gets into it. */
final class LogbackTest {
    private static final Exception NONE = null;

    @Test
    void writesOneLineInUtc() throws JoranException {
        assertThat(line("user allowed", NONE))
                .isEqualTo("2026-11-24T12:00:00.000Z INFO  Gate user allowed " + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\n2026-11-24T12:00:00.000Z INFO  Gate user allowed",
                "a\u001b[31mred",
                "a\u2028b\u2029c\u0085d",
                "a\u202Eb\u200Fc",
                "a\u0000b\u0007c\tb\u009bc"
            })
    void keepsWhatAStrangerWroteOnItsLine(String forged) throws JoranException {
        assertThat(line(forged, new IllegalStateException(forged)).strip())
                .as("RES-10")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
                .contains("a?")
                .contains("IllegalStateException");
    }

    @Test
    void cutsALongMessage() throws JoranException {
        assertThat(line("x".repeat(100_000), NONE)).as("RES-10").hasSizeLessThan(4200);
    }

    @ParameterizedTest(name = "POSTERN_LOG_LEVEL={0}: {1} logs at {2}")
    @CsvSource({
        "'', io.github.postern.gate, INFO",
        "DEBUG, io.github.postern.gate, DEBUG",
        "WARN, io.github.postern.gate, WARN",
        "TRACE, org.pac4j.oidc.credentials.authenticator.OidcAuthenticator, WARN",
        "TRACE, com.nimbusds.jose, WARN",
        "TRACE, org.springframework.core, WARN",
        "TRACE, org.jboss.weld.Bootstrap, WARN",
        "TRACE, anything.else, WARN"
    })
    void opensOnlyOurOwnLogger(String asked, String logger, String level) throws JoranException {
        assertThat(context(asked).getLogger(logger).getEffectiveLevel())
                .as("LEK-01: pac4j prints tokens at DEBUG")
                .isEqualTo(Level.valueOf(level));
    }

    private static String line(String message, Exception cause) throws JoranException {
        var context = context("");
        var logger = context.getLogger("io.github.postern.Gate");
        var event = new LoggingEvent("", logger, Level.INFO, message, cause, new Object[0]);
        event.setInstant(Instant.parse("2026-11-24T12:00:00Z"));
        var console = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
        return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private static LoggerContext context(String level) throws JoranException {
        var context = new LoggerContext();
        if (!level.isEmpty()) {
            context.putProperty("POSTERN_LOG_LEVEL", level);
        }
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new File("src/main/resources/logback.xml"));
        return context;
    }
}
