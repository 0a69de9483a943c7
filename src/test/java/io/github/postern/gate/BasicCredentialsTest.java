package io.github.postern.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.postern.config.LocalUserSettings;
import io.github.postern.config.PasswordFile;
import io.github.postern.config.PasswordHash;
import io.github.postern.fakes.FakeRequest;
import io.github.postern.telemetry.AuthLog;
import io.github.postern.users.Passwords;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What the log holds of name and password. */
final class BasicCredentialsTest {
    private static final PasswordFile BOB =
            new PasswordFile(Map.of("bob", new PasswordHash(false, "KkPcK3XYeA35EhWhKYmaCyAgadY=")));

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "bob:wrong, bob",
        "Bob:wrong, unknown",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc:, unknown",
        "eyJhbGciOiJub25lIn0.e30.:x-oauth-basic, unknown",
        ":sk_live_4eC39HqLyjWDarjtT1zdp7dc, unknown",
    })
    void logsOnlyNamesThatSomebodyHas(String pair, String user) {
        assertThat(logged(pair)).containsExactly("password-refused user=" + user + " client=192.0.2.7 reason=WRONG");
    }

    private static List<String> logged(String pair) {
        var logger = (Logger) LoggerFactory.getLogger("io.github.postern.auth");
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        logger.addAppender(appender);
        try (var passwords = new Passwords(() -> BOB, new SecureRandom())) {
            assertThat(credentials(passwords).read(request(pair))).containsInstanceOf(Proof.Invalid.class);
            return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        } finally {
            logger.detachAppender(appender);
        }
    }

    private static BasicCredentials credentials(Passwords passwords) {
        var settings = new LocalUserSettings(Optional.empty(), Optional.empty(), List.of(), false, false);
        var users = new LocalUsers(settings, InstantSource.system());
        var log = new AuthLog(new SecureRandom());
        return new BasicCredentials(passwords, users, request -> true, request -> Optional.of("192.0.2.7"), log);
    }

    private static HttpServletRequest request(String pair) {
        String credentials = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        return FakeRequest.get("/oauth2/auth").header("Authorization", "Basic " + credentials).toRequest();
    }
}
