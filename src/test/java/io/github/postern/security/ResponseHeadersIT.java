package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Header;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps believe our headers: they come once, whole, from the session alone, and only with a yes. */
@ExtendWith(Gateways.class)
final class ResponseHeadersIT {
    @Test
    @DisplayName("HDR-01 a yes carries each identity header exactly once")
    void once(Gateway gateway) {
        var reply = check(gateway, Session.of(gateway, "alice").header());
        Expect.identity(reply, "alice");
        assertThat(reply.body()).isEmpty();
        assertThat(reply.all("X-Auth-Request-Preferred-Username")).containsExactly("alice");
        assertThat(reply.header("X-Auth-Request-Groups").split(","))
                .contains("/admins", "/data", "role:admin", "role:" + Setup.CLIENT + ":editor");
        var bob = check(gateway, Session.of(gateway, "bob").header());
        Expect.identity(bob, "bob");
        assertThat(bob.header("X-Auth-Request-Groups")).doesNotContain("/");
    }

    @Test
    @DisplayName("HDR-02 identity headers of the client are not ours")
    void sentByTheClient(Gateway gateway, @In(Setup.RULES) Gateway rules) {
        Expect.denied(gateway.http().send(pretending(Ask.program("/x"))));
        var bob = gateway.http()
                .send(pretending(Ask.program("/x"))
                        .with("Cookie", Session.of(gateway, "bob").header()));
        Expect.identity(bob, "bob");
        assertThat(bob.whole()).doesNotContain("admin");
        var open = rules.http().send(Rules.control(pretending(Ask.program("/public/x"))));
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.whole()).doesNotContain("admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"preferred_username", "email", "name", "groups", "sub"})
    @DisplayName("HDR-04 line ends in a claim make no header")
    void lineEnds(String claim, Gateway gateway) {
        var evil = "a\r\nSet-Cookie: evil=1\r\nX-Auth-Request-Groups: admins\r\n\r\n<script>";
        gateway.keycloak()
                .add(FakeUser.named("crlf").with(claim, claim.equals("groups") ? List.of("/ok", evil) : evil));
        var attempt = Attempt.of(gateway, "crlf");
        var reply = attempt.finish();
        if (reply.status() == 302) {
            var checked = check(gateway, new Session(gateway, attempt.browser()).header());
            assertThat(checked.status()).isIn(200, 401, 403);
            assertThat(checked.all("X-Auth-Request-Groups").size()).isLessThanOrEqualTo(1);
            assertThat(checked.cookies()).noneMatch(cookie -> cookie.name().equals("evil"));
            assertThat(checked.headers())
                    .noneMatch(header -> header.value().chars().anyMatch(c -> c < 0x20 && c != '\t'));
        } else {
            Expect.refusedPage(reply);
        }
    }

    @Test
    @DisplayName("HDR-05 names are UTF-8 bytes")
    void utf8(Gateway gateway) {
        gateway.keycloak()
                .add(FakeUser.named("jose")
                        .with("preferred_username", "José")
                        .with("email", "josé@akko.local")
                        .in("/équipe data", "/数据"));
        var reply = check(gateway, Session.of(gateway, "jose").header());
        assertThat(reply.header("X-Auth-Request-Preferred-Username")).isEqualTo(bytes("José"));
        assertThat(reply.header("X-Auth-Request-Email")).isEqualTo(bytes("josé@akko.local"));
        assertThat(reply.header("X-Auth-Request-Groups"))
                .contains(bytes("/équipe data"))
                .contains(bytes("/数据"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"  spaced  ", "with, comma", "long", "quote\"back\\slash"})
    @DisplayName("HDR-08 odd names stay one line, and keep what is inside")
    void oddNames(String name, Gateway gateway) {
        var value = name.equals("long") ? "n".repeat(1000) : name;
        gateway.keycloak().add(FakeUser.named("odd").with("preferred_username", value));
        var reply = check(gateway, Session.of(gateway, "odd").header());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.all("X-Auth-Request-Preferred-Username")).hasSize(1);
        var kept = value.strip().replaceAll("\\p{Cc}", "");
        assertThat(reply.header("X-Auth-Request-Preferred-Username").replaceAll("[ ?\\t]", ""))
                .isEqualTo(kept.replaceAll("[ ?]", ""));
    }

    /** Left out, they would make one person's name another's. */
    @ParameterizedTest
    @ValueSource(strings = {"tab\tinside", "del\u007finside", "a\u0085next", "adm\u0001in"})
    @DisplayName("HDR-04 beyond: a name with a control character signs nobody in")
    void controls(String name, Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("control").with("preferred_username", name));
        Expect.refusedPage(Attempt.of(gateway, "control").finish());
    }

    @Test
    @DisplayName("HDR-08 beyond: a group with a comma does not become two groups")
    void groupWithComma(Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("comma").in("/ok,/admins", "/fine"));
        var attempt = Attempt.of(gateway, "comma");
        if (attempt.finish().status() == 302) {
            var reply = check(gateway, new Session(gateway, attempt.browser()).header());
            assertThat(List.of(
                            String.join("", reply.all("X-Auth-Request-Groups")).split(",")))
                    .doesNotContain("/admins");
        }
    }

    @Test
    @DisplayName("HDR-09 no token is in any header, unless the operator asks for it")
    void noTokens(Gateway gateway) {
        // the invariants look for every token in every answer
        var session = Session.of(gateway, "alice");
        var reply = check(gateway, session.header());
        assertThat(reply.all("X-Auth-Request-Access-Token")).isEmpty();
        assertThat(reply.all("Authorization")).isEmpty();
        session.browser().get("https://akko.local/oauth2/userinfo");
        session.browser().get("https://akko.local/oauth2/sign_in");
    }

    @Test
    @DisplayName("HDR-09 the options' token headers come with a yes and with nothing else")
    void tokensOnRequest(@In(Setup.GENEROUS) Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var reply = check(gateway, session.header());
        Expect.identity(reply, "alice");
        assertThat(reply.header("X-Auth-Request-Access-Token")).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        assertThat(reply.header("Authorization")).matches("Bearer [\\w-]+\\.[\\w-]+\\.[\\w-]+");
        var denied = check(gateway, "_akko_oauth2=x");
        Expect.denied(denied);
        Expect.noIdentity(denied);
    }

    @Test
    @DisplayName("HDR-10 a no carries no identity")
    void nothingOnNo(@In(Setup.SHORT) Gateway gateway, @In(Setup.GROUPS) Gateway groups, Gateway plain)
            throws InterruptedException {
        var session = Session.of(gateway, "alice");
        var bob = Attempt.of(groups, "bob");
        bob.finish();
        var refused = groups.http()
                .send(Ask.program("/x").with("Cookie", bob.browser().cookiesFor(Session.APP)));
        Expect.noIdentity(refused);
        assertThat(refused.status()).isIn(401, 403);
        Expect.noIdentity(check(plain, ""));
        Thread.sleep(4500);
        Expect.denied(check(gateway, session.header()));
    }

    @Test
    @DisplayName("HDR-11 every page is shut: content policy, no sniffing, no framing, no cache")
    void pages(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var anonymous = gateway.browser("bob");
        var pages = Stream.of(
                anonymous.get("https://akko.local/oauth2/sign_in"),
                session.browser().get("https://akko.local/oauth2/sign_in"),
                anonymous.get("https://akko.local/oauth2/callback"),
                anonymous.get("https://akko.local/oauth2/callback?error=access_denied"),
                anonymous.get("https://akko.local/oauth2/no-such-page"),
                session.browser().open("https://akko.local/oauth2/sign_out").page());
        assertThat(pages.filter(page -> page.header("Content-Type").startsWith("text/html"))
                        .toList())
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(Pages::areSafe);
    }

    @Test
    @DisplayName("HDR-13 a redirect of the auth call is absolute, and never to the inside")
    void absolute(Gateway gateway) {
        var reply = gateway.http().send(Ask.navigation("/x"));
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.location()).startsWith(gateway.keycloak().issuer() + Endpoint.AUTHORIZE.path() + "?");
        assertThat(reply.location()).doesNotContain(":" + gateway.tomcat().port());
    }

    @ParameterizedTest
    @CsvSource({
        "Accept,application/json",
        "X-Requested-With,XMLHttpRequest",
        "Sec-Fetch-Mode,cors",
        "Accept,text/event-stream",
        "Upgrade,websocket",
        "Sec-Fetch-Dest,image",
        "Sec-Purpose,prefetch"
    })
    @DisplayName("HDR-14 a program gets 401 and no login is begun")
    void programs(String name, String value, Gateway gateway) {
        var request = Request.get("/oauth2/auth")
                .with("X-Forwarded-Method", "GET")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "mlflow.akko.local")
                .with("X-Forwarded-Uri", "/api")
                .with(name, value);
        var reply = gateway.http().send(request);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.all("Set-Cookie")).isEmpty();
        assertThat(reply.location()).isEmpty();
        assertThat(reply.body().length()).isLessThan(4096);
    }

    @Test
    @DisplayName("HDR-15 a renewal sets each cookie once and says each header once")
    void renewal(@In(Setup.REFRESHING) Gateway gateway) throws InterruptedException {
        var session = Session.of(gateway, "alice");
        Thread.sleep(1200);
        for (int i = 0; i < 3; i++) {
            var reply = check(gateway, session.browser().cookiesFor(Session.APP));
            assertThat(reply.status()).isIn(200, 302, 401);
            if (reply.status() == 200) {
                Expect.identity(reply, "alice");
            }
            var names = reply.cookies().stream().map(cookie -> cookie.name()).toList();
            assertThat(new HashSet<>(names)).hasSameSizeAs(names);
        }
        Expect.seenByApp(session.browser().open(Session.APP).page(), "alice");
    }

    private static Reply check(Gateway gateway, String cookies) {
        var request = Ask.program("/x");
        return gateway.http().send(cookies.isEmpty() ? request : request.with("Cookie", cookies));
    }

    private static Request pretending(Request request) {
        var headers = Map.of(
                "X-Auth-Request-User", "admin",
                "X-Auth-Request-Email", "admin@akko.local",
                "X-Auth-Request-Groups", "admins",
                "x-auth-request-preferred-username", "admin",
                "X_Auth_Request_User", "admin",
                "X-Forwarded-User", "admin",
                "Remote-User", "admin");
        return request.with(headers.entrySet().stream()
                .map(entry -> new Header(entry.getKey(), entry.getValue()))
                .toList());
    }

    /** As the bytes stand on the wire. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
