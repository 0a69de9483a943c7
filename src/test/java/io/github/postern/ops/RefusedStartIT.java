package io.github.postern.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong setting ends {@code bin/postern} with exit code 1 and one line that names it, before Tomcat, and without the value of a secret. */
@Timeout(10)
final class RefusedStartIT {
    @TempDir
    private Path home;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '!', textBlock = """
            CFG-01 ! COOKIE_SECRET=hunter2hunter2x9qvkwzjrtnmlpdbc    ! cookie-secret: has 31 bytes, not 16, 24 or 32
            CFG-01 ! COOKIE_SECRET=hunter2x9qvkwzj                    ! cookie-secret: has 15 bytes, not 16, 24 or 32
            CFG-01 ! COOKIE_SECRET=                                   ! cookie-secret: is missing
            CFG-05 ! COOKIE_EXPIRE=1h COOKIE_REFRESH=1h               ! cookie-refresh:
            CFG-06 ! COOKIE_SAMESITE=foo                              ! cookie-samesite: 'foo' is not one of
            CFG-10 ! SKIP_AUTH_ROUTES=^/ok$,^/(                       ! skip-auth-route: rule 2
            CFG-10 ! SKIP_AUTH_ROUTES==^/x                            ! skip-auth-route: rule 1
            CFG-10 ! SKIP_AUTH_ROUTES=GET=                            ! skip-auth-route: rule 1
            CFG-11 ! TRUSTED_PROXY_IPS=10.0.0.0/33                    ! trusted-proxy-ip: '10.0.0.0/33' is no IP address or network
            CFG-11 ! TRUSTED_PROXY_IPS=akko.local                     ! trusted-proxy-ip: 'akko.local' is no IP address or network
            CFG-13 ! EMAIL_DOMAINS=                                   ! email-domain: is missing
            """)
    @DisplayName("CFG-01 CFG-05 CFG-06 CFG-10 CFG-11 CFG-13 one line for a wrong variable")
    void aWrongVariable(String id, String changes, String line) throws Exception {
        var environment = new HashMap<String, String>();
        for (String change : changes.split(" ")) {
            environment.put("OAUTH2_PROXY_" + change.split("=", 2)[0], change.split("=", 2)[1]);
        }
        assertRefused(line, environment);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "--fooo, --fooo: is no flag of Postern",
        "--fooo=hunter2, --fooo: is no flag of Postern",
        "--cookie-secrett=hunter2, --cookie-secrett: is no flag of Postern; did you mean --cookie-secret?"
    })
    @DisplayName("CFG-04 one line for an unknown flag")
    void anUnknownFlag(String flag, String line) throws Exception {
        assertRefused(line, Map.of(), flag);
    }

    @Test
    @DisplayName("CFG-04 a variable that resembles no setting is told and ignored")
    void anUnknownVariable() throws Exception {
        var end = EntryPoint.run(home, Map.of("OAUTH2_PROXY_FOO", "hunter2"), "--config-test");
        assertThat(end.code()).isZero();
        assertThat(end.output().lines().filter(line -> line.contains("OAUTH2_PROXY_FOO")))
                .containsExactly("# WARNING: OAUTH2_PROXY_FOO is not a setting of Postern; ignored.");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '!', textBlock = """
            CFG-04 ! prompt = 'login';cookie_secrett = 'hunter2'   ! cookie_secrett (line 2): is not a setting of Postern; did you mean cookie_secret?
            CFG-20 ! prompt = 'login';;prompt = 'hunter2'          ! config: line 3: this key was set before
            CFG-20 ! # words;;cookie_secret = "hunter2             ! config: line 3: not valid TOML
            """)
    @DisplayName("CFG-04 CFG-20 one line for a wrong file, with the number of the line")
    void aWrongFile(String id, String content, String line) throws Exception {
        var file = Files.writeString(home.resolve("postern.cfg"), content.replace(';', '\n'));
        assertRefused(line, Map.of(), "--config=" + file);
    }

    @Test
    @DisplayName("CFG-20 five megabytes are no settings file")
    void aLargeFile() throws Exception {
        var file = Files.writeString(home.resolve("postern.cfg"), "# hunter2\n".repeat(512 * 1024));
        assertRefused("config: ", Map.of(), "--config=" + file);
    }

    @Test
    @DisplayName("CFG-08 all that is missing is told in one start")
    void allAtOnce() throws Exception {
        var end = EntryPoint.run(
                home,
                Map.of(
                        "OAUTH2_PROXY_CLIENT_ID", "",
                        "OAUTH2_PROXY_CLIENT_SECRET", "",
                        "OAUTH2_PROXY_OIDC_ISSUER_URL", ""));
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.output().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("Wrong setting: client-id: is missing"))
                .anyMatch(line -> line.startsWith("Wrong setting: client-secret: is missing"))
                .anyMatch(line -> line.startsWith("Wrong setting: oidc-issuer-url: is missing"));
    }

    private void assertRefused(String line, Map<String, String> environment, String... flags)
            throws IOException, InterruptedException {
        var end = EntryPoint.run(home, environment, flags);
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.output().lines())
                .singleElement()
                .asString()
                .startsWith("Wrong setting: " + line)
                .doesNotContain("hunter2");
    }
}
