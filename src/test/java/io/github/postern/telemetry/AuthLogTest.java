package io.github.postern.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class AuthLogTest {
    @Test
    void oneDecisionIsOneLineWhateverStrangersSend() {
        String line =
                logged(log -> log.signedIn("a\r\nsigned-in sub=admin", "\u001b[31mred\u2028\u202e", "x".repeat(5000)));
        assertThat(line).startsWith("signed-in sub=a??signed-in sub=admin user=?[31mred?? client=xxx");
        assertThat(line.length()).isLessThan(1000);
    }

    @Test
    void referencesDiffer() {
        var log = new AuthLog(new SecureRandom());
        assertThat(log.reference()).hasSize(10).isNotEqualTo(log.reference());
    }

    private static String logged(java.util.function.Consumer<AuthLog> work) {
        var logger = (Logger) LoggerFactory.getLogger("io.github.postern.auth");
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        logger.addAppender(appender);
        try {
            work.accept(new AuthLog(new SecureRandom()));
            return appender.list.get(0).getFormattedMessage();
        } finally {
            logger.detachAppender(appender);
        }
    }
}
