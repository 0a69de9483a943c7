package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is signed in is not yet let in, and who is not signed in is let in only where a rule says exactly so. */
@ExtendWith(Gateways.class)
final class AdmissionIT {
    @ParameterizedTest
    @ValueSource(strings = {"Admins", "admins2", "xadmins", "admin", " admins", "/admins", "admins/", "admins,x"})
    @DisplayName("AUZ-01 a group is compared whole")
    void groupExactly(String group, @In(Setup.GROUPS) Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("erin").in(group));
        var reply = signInAndCheck(gateway, "erin");
        Expect.noIdentity(reply);
        assertThat(reply.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/équipe data", "/ops team"})
    @DisplayName("AUZ-02 groups with spaces and accents are groups")
    void spacesAndAccents(String group, @In(Setup.GROUPS) Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("frank").in(group));
        var reply = signInAndCheck(gateway, "frank");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-Auth-Request-Groups"))
                .contains(new String(group.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    static Stream<Arguments> oddGroups() {
        return Stream.of(
                Arguments.of("/single", "/single"),
                Arguments.of(7, ""),
                Arguments.of(Map.of("a", List.of("/admins")), ""),
                Arguments.of(List.of(1, 2), ""),
                Arguments.of(List.of(), ""),
                Arguments.of(List.of(List.of("/admins")), ""),
                Arguments.of("", ""));
    }

    @ParameterizedTest
    @MethodSource("oddGroups")
    @DisplayName("AUZ-05 a groups claim of an odd type is one group or none, never an error")
    void oddGroupsClaim(Object claim, String group, Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("gina").with("groups", claim));
        var reply = signInAndCheck(gateway, "gina");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(withoutRoles(reply)).isEqualTo(group);
    }

    @Test
    @DisplayName("AUZ-06 two thousand groups end in a session or in a page that names the limit")
    void twoThousandGroups(Gateway gateway) {
        gateway.keycloak()
                .add(FakeUser.named("henry")
                        .in(IntStream.range(0, 2000)
                                .mapToObj(i -> "/" + i + "x".repeat(55))
                                .toArray(String[]::new)));
        var attempt = Attempt.of(gateway, "henry");
        var reply = attempt.finish();
        if (reply.status() == 302) {
            var checked = check(gateway, attempt.browser().cookiesFor(Session.APP));
            assertThat(checked.status()).isEqualTo(200);
            assertThat(checked.header("X-Auth-Request-Groups").length()).isLessThan(32 * 1024);
        } else {
            Expect.refusedPage(reply);
            assertThat(reply.text()).contains("groups");
        }
    }

    @Test
    @DisplayName("AUZ-07 realm roles and client roles are groups named role:")
    void roles(@In(Setup.GROUPS) Gateway gateway) {
        var keycloak = gateway.keycloak();
        keycloak.add(FakeUser.named("realm").withRoles(List.of("admin"), "other", List.of()));
        keycloak.add(FakeUser.named("client").withRoles(List.of(), "app", List.of("editor")));
        keycloak.add(FakeUser.named("neither").withRoles(List.of("editor"), "app", List.of("admin")));
        assertThat(signInAndCheck(gateway, "realm").status()).isEqualTo(200);
        assertThat(signInAndCheck(gateway, "client").status()).isEqualTo(200);
        Expect.forbidden(signInAndCheck(gateway, "neither"));
    }

    @ParameterizedTest
    @CsvSource({"/admins,200", "/nobody,403", "'/nobody,/data',200", "'',403"})
    @DisplayName("AUZ-09 the middleware's own groups only restrict")
    void queryConstraint(String groups, int status, Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var request = Ask.program("/x");
        var reply = gateway.http()
                .send(new Request(
                                "GET",
                                "/oauth2/auth?allowed_groups=" + groups.replace(",", "%2C"),
                                request.headers(),
                                "")
                        .with("Cookie", session.header()));
        assertThat(reply.status()).isEqualTo(groups.isEmpty() ? reply.status() : status);
        if (reply.status() != 200) {
            Expect.forbidden(reply);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a@akko.local,true",
        "a@evil.example@akko.local,false",
        "a@akko.local@evil.example,false",
        "akko.local,false"
    })
    @DisplayName("AUZ-11 an address has one at sign, and its domain is compared whole")
    void emailDomain(String email, boolean admitted, @In(Setup.DOMAIN) Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("ivy").with("email", email));
        var reply = signInAndCheck(gateway, "ivy");
        if (admitted) {
            assertThat(reply.status()).isEqualTo(200);
        } else {
            Expect.noIdentity(reply);
            assertThat(reply.status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../secret",
                "/public/%2e%2e/secret",
                "/public/./../secret",
                "/public/..;/secret",
                "/public/..%2fsecret",
                "/public/%2e%2e%2fsecret",
                "/public\\..\\secret",
                "/public/%252e%252e/secret",
                "/secret#/public/",
                "/secret?/public/",
                "/PUBLIC/x"
            })
    @DisplayName("AUZ-13 AUZ-18 a path that does not stay below the rule's is not let pass")
    void dotSegments(String path, @In(Setup.RULES) Gateway gateway) {
        Expect.denied(gateway.http().send(Ask.program(path)));
    }

    @ParameterizedTest
    @CsvSource({"/secret/anywhere, true", "/anywherever, true", "/secret, false", "/any/where, false"})
    @DisplayName("AUZ-17 a rule without an anchor matches in the middle, and the log says so")
    void unanchored(String path, boolean passes, @In(Setup.RULES) Gateway gateway) {
        var reply = gateway.http().send(Rules.control(Ask.program(path)));
        assertThat(reply.isSuccess()).isEqualTo(passes);
        assertThat(gateway.tomcat().output())
                .containsPattern("\"level\":\"warn\".*skip-auth-route rule 4 \\(/anywhere\\) does not begin with \\^");
    }

    @ParameterizedTest
    @CsvSource({
        "/public/x, true",
        "//public/x, true",
        "/%70ublic/x, true",
        "/Public/../public/x, false",
        "/PUBLIC/x, false"
    })
    @DisplayName("AUZ-18 a rule sees one normalised path, letter by letter")
    void spellings(String path, boolean passes, @In(Setup.RULES) Gateway gateway) {
        assertThat(gateway.http().send(Rules.control(Ask.program(path))).isSuccess())
                .isEqualTo(passes);
    }

    @Test
    @DisplayName("AUZ-15 a rule sees the path, not the query")
    void query(@In(Setup.RULES) Gateway gateway) {
        Expect.denied(gateway.http().send(Ask.program("/api/private/sensitive?path=/status")));
        Expect.denied(gateway.http().send(Ask.program("/api/private/sensitive?/status")));
        Expect.denied(gateway.http().send(Ask.program("/api/private/sensitive%3f/status%23")));
        assertThat(gateway.http()
                        .send(Rules.control(Ask.program("/api/foo/status")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("AUZ-18 beyond: a rule for one method is for that method of the user's, not of the auth call")
    void method(@In(Setup.RULES) Gateway gateway) {
        assertThat(gateway.http().send(Rules.control(Ask.program("/readonly"))).status())
                .isEqualTo(200);
        var post = Ask.program("/readonly");
        Expect.denied(gateway.http()
                .send(new Request(
                                "GET",
                                post.target(),
                                post.headers().stream()
                                        .filter(header -> !header.name().equals("X-Forwarded-Method"))
                                        .toList(),
                                "")
                        .with("X-Forwarded-Method", "POST")));
    }

    @Test
    @DisplayName("AUZ-20 a preflight passes only where the operator says so, without an identity")
    void preflight(Gateway off, @In(Setup.RULES) Gateway on) {
        var preflight = Request.get("/oauth2/auth")
                .with("X-Forwarded-Method", "OPTIONS")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "mlflow.akko.local")
                .with("X-Forwarded-Uri", "/api")
                .with("Origin", "https://portal.akko.local")
                .with("Access-Control-Request-Method", "POST");
        Expect.denied(off.http().send(preflight));
        var reply = on.http().send(Rules.control(preflight));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.all("X-Auth-Request-User")).allMatch(String::isEmpty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MLFLOW.AKKO.LOCAL", "MlFlow.Akko.Local", "mlflow.akko.local:443"})
    @DisplayName("AUZ-21 a host's case changes nothing")
    void hostCase(String host, Gateway gateway) {
        var reply = gateway.http().send(Ask.navigation(host, "/x"));
        assertThat(reply.status()).isEqualTo(302);
        Expect.denied(reply);
    }

    @Test
    @DisplayName("AUZ-24 userinfo is for who is signed in, and tells four things")
    void userinfo(Gateway gateway) {
        assertThat(gateway.browser("alice")
                        .get("https://akko.local/oauth2/userinfo")
                        .status())
                .isEqualTo(401);
        var reply = Session.of(gateway, "alice").browser().get("https://akko.local/oauth2/userinfo");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        var names = Arrays.stream(reply.text().split("[{,]\\s*\""))
                .skip(1)
                .filter(part -> part.matches("(?s)[A-Za-z]+\"\\s*:.*"))
                .map(part -> part.substring(0, part.indexOf('"')))
                .toList();
        assertThat(names).containsExactlyInAnyOrder("user", "email", "groups", "preferredUsername");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/META-INF/context.xml",
                "/web-inf/web.xml",
                "/WEB-INF;/web.xml",
                "/%57EB-INF/web.xml",
                "/x/../WEB-INF/web.xml",
                "//WEB-INF/web.xml",
                "/WEB-INF/pages/error.jsp",
                "/WEB-INF/classes/logback.xml",
                "/manager/html",
                "/examples/",
                "/host-manager/html",
                "/index.jsp"
            })
    @DisplayName("AUZ-25 no file of ours or of Tomcat's is served")
    void files(String path, Gateway gateway) {
        for (var cookie : List.of("", Session.of(gateway, "alice").header())) {
            var reply = gateway.http().send(Request.get(path).with("Cookie", cookie));
            assertThat(reply.text())
                    .doesNotContain("<web-app")
                    .doesNotContain("Manifest-Version")
                    .doesNotContain("<configuration");
            assertThat(reply.text())
                    .doesNotContain("<%")
                    .doesNotContain("<Context")
                    .doesNotContain("Manager");
            if (cookie.isEmpty()) {
                assertThat(reply.isSuccess()).isFalse();
            }
        }
    }

    private static Reply signInAndCheck(Gateway gateway, String user) {
        var attempt = Attempt.of(gateway, user);
        var finished = attempt.finish();
        if (finished.status() != 302) {
            Expect.refusedPage(finished);
            return finished;
        }
        return check(gateway, attempt.browser().cookiesFor(Session.APP));
    }

    private static Reply check(Gateway gateway, String cookies) {
        return gateway.http().send(Ask.program("/x").with("Cookie", cookies));
    }

    private static String withoutRoles(Reply reply) {
        return Arrays.stream(reply.header("X-Auth-Request-Groups").split(","))
                .filter(group -> !group.startsWith("role:"))
                .reduce("", (first, second) -> first.isEmpty() ? second : first + "," + second);
    }
}
