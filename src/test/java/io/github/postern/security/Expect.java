package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.SetCookie;
import java.util.List;
import java.util.Locale;

/** The outcomes the security cases speak of, each in one place. */
final class Expect {
    private Expect() {}

    /** 401, or in redirect mode 302 to the provider; no identity. */
    static void denied(Reply reply) {
        assertThat(reply.status()).as(reply.whole()).isIn(401, 302);
        if (reply.status() == 302) {
            assertThat(reply.location()).contains("/protocol/openid-connect/auth?");
        }
        noIdentity(reply);
    }

    /** 403 and no identity. */
    static void forbidden(Reply reply) {
        assertThat(reply.status()).as(reply.whole()).isEqualTo(403);
        noIdentity(reply);
    }

    static void noIdentity(Reply reply) {
        assertThat(reply.headers()).as(reply.whole()).noneMatch(header -> isIdentity(header.name()));
    }

    /** 2xx with exactly this person's own headers, each once. */
    static void identity(Reply reply, FakeUser user) {
        assertThat(reply.status()).as(reply.whole()).isEqualTo(200);
        assertThat(reply.all("X-Auth-Request-User")).containsExactly(user.subject());
        assertThat(reply.all("X-Auth-Request-Email"))
                .containsExactly(String.valueOf(user.claims().getOrDefault("email", "")));
        assertThat(reply.all("X-Auth-Request-Groups")).hasSize(1);
    }

    static void identity(Reply reply, String user) {
        identity(reply, FakeUser.named(user));
    }

    /** The app behind the proxy was told exactly this person. */
    static void seenByApp(Reply app, String user) {
        assertThat(app.status()).as(app.whole()).isEqualTo(200);
        assertThat(app.all("App-Saw-user")).as(app.whole()).containsExactly(FakeUser.subject(user));
        assertThat(app.all("App-Saw-email")).containsExactly(user + "@akko.local");
    }

    /** A page that says no: 400 or 403, no session, no redirect. */
    static void refusedPage(Reply reply) {
        assertThat(reply.status()).as(reply.whole()).isIn(400, 403);
        assertThat(reply.header("Content-Type").toLowerCase(Locale.ROOT)).startsWith("text/html");
        noSession(reply);
    }

    /** Neither a session nor a redirect. */
    static void noSession(Reply reply) {
        assertThat(reply.location()).isEmpty();
        assertThat(sessionCookies(reply)).as(reply.whole()).isEmpty();
    }

    /** Back at the start page of our own host. */
    static void home(String location) {
        assertThat(location).isIn("/", "https://akko.local/");
    }

    /** The session cookies a reply sets, without those it deletes. */
    static List<SetCookie> sessionCookies(Reply reply) {
        return reply.cookies().stream()
                .filter(cookie -> isSession(cookie.name()) && !cookie.deletes())
                .toList();
    }

    /** The session cookies a reply deletes. */
    static List<SetCookie> expiredSessionCookies(Reply reply) {
        return reply.cookies().stream()
                .filter(cookie -> isSession(cookie.name()) && cookie.deletes())
                .toList();
    }

    static boolean isSession(String cookie) {
        return cookie.matches("_akko_oauth2(_tokens)?(_[0-9]+)?");
    }

    static boolean isLogin(String cookie) {
        return cookie.matches("_akko_oauth2_.+_csrf");
    }

    private static boolean isIdentity(String header) {
        var name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("x-auth-request-") || name.startsWith("gap-auth") || name.equals("authorization");
    }
}
