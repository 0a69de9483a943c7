package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import io.github.postern.Alone;
import io.github.postern.fakes.CookieJar;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import io.github.postern.fakes.SetCookie;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session cookie is whole, ours and fresh, or it is nothing. */
@Alone("a busy machine would fail its bounds of time")
@ExtendWith(Gateways.class)
final class SessionCookieIT {
    private static final String NAME = "_akko_oauth2";

    @Test
    @DisplayName("COO-01 one flipped bit anywhere makes the cookie nothing, and it is taken away")
    void flippedBits(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var value = session.value();
        var kept = new ArrayList<Integer>();
        for (int i = 0; i < 64; i++) {
            int at = i * (value.length() - 1) / 63;
            var flipped = new StringBuilder(value);
            flipped.setCharAt(at, (char) (value.charAt(at) ^ 1));
            var reply = check(gateway, NAME + "=" + flipped);
            Expect.denied(reply);
            if (Expect.expiredSessionCookies(reply).isEmpty()) {
                kept.add(at);
            }
        }
        assertThat(kept).as("positions whose cookie was not taken away").isEmpty();
    }

    @Test
    @DisplayName("COO-01 beyond: a cookie has one spelling only")
    void oneSpelling(Gateway gateway) {
        // base64 of a length that is no multiple of three leaves bits unused at its end; whoever flips one has another
        // cookie
        for (int i = 0; i < 12; i++) {
            gateway.keycloak().add(FakeUser.named("p" + "q".repeat(i)));
            var value = Session.of(gateway, "p" + "q".repeat(i)).value();
            var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            int last = alphabet.indexOf(value.charAt(value.length() - 1));
            var respelt = value.substring(0, value.length() - 1) + alphabet.charAt(last ^ 1);
            Expect.denied(check(gateway, NAME + "=" + respelt));
            Expect.denied(check(gateway, NAME + "=" + value + "="));
            Expect.denied(check(gateway, NAME + "=" + value + "A"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"half", "", "null", "undefined", "\"\"", "====", "AAAA", "deleted"})
    @DisplayName("COO-03 a broken cookie denies, and signing in again works at once")
    void broken(String what, Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var value = what.equals("half")
                ? session.value().substring(0, session.value().length() / 2)
                : what;
        Expect.denied(check(gateway, NAME + "=" + value));
        for (var cookie : session.browser().jar().all()) {
            if (cookie.name().equals(NAME)) {
                session.browser().jar().put(with(cookie, value));
            }
        }
        Expect.seenByApp(
                session.browser().open("https://mlflow.akko.local/again").page(), "alice");
    }

    @Test
    @DisplayName("COO-05 parts in the wrong order are nothing")
    void swapped(Gateway gateway) {
        var parts = crowd(gateway, "crowd2", 160).cookies();
        assertThat(parts).hasSizeGreaterThanOrEqualTo(2);
        var first = parts.get(0);
        var second = parts.get(1);
        var rest = parts.subList(2, parts.size());
        var swapped = new ArrayList<>(List.of(with(first, second.value()), with(second, first.value())));
        swapped.addAll(rest);
        Expect.denied(check(gateway, Session.header(swapped)));
        Collections.reverse(swapped);
        Expect.denied(check(gateway, Session.header(swapped)));
        var reversed = new ArrayList<>(parts);
        Collections.reverse(reversed);
        assertThat(check(gateway, Session.header(reversed)).status())
                .as("the order of the header does not matter, the numbers do")
                .isEqualTo(200);
    }

    @Test
    @DisplayName("COO-06 a missing part makes all nothing; the rest is taken away and the next login has no loop")
    void missingPart(Gateway gateway) {
        var session = crowd(gateway, "crowd3", 300);
        var parts = session.cookies();
        assertThat(parts).hasSizeGreaterThanOrEqualTo(3);
        for (int missing : new int[] {1, 0}) {
            var left = new ArrayList<>(parts);
            left.remove(missing);
            var reply = check(gateway, Session.header(left));
            Expect.denied(reply);
            assertThat(Expect.expiredSessionCookies(reply).stream().map(SetCookie::name))
                    .containsAll(left.stream().map(CookieJar.Cookie::name).toList());
        }
        session.browser().jar().removeIf(cookie -> cookie.name().equals(NAME + "_1"));
        var visit = session.browser().open(Session.APP);
        Expect.seenByApp(visit.page(), "crowd3");
        assertThat(visit.count("/auth")).isLessThanOrEqualTo(2);
    }

    @Test
    @DisplayName("COO-08 stray parts beside a session do no harm")
    void strayParts(Gateway gateway) {
        var session = crowd(gateway, "crowd2", 160);
        var started = Instant.now();
        var reply = check(gateway, session.header() + "; " + NAME + "_2=x; " + NAME + "_7=x; " + NAME + "_x=y");
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofMillis(500));
        if (reply.status() != 200) {
            Expect.denied(reply);
        }
        var small = Session.of(gateway, "alice");
        var beside = check(gateway, small.header() + "; " + NAME + "_0=x; " + NAME + "_7=x");
        if (beside.status() == 200) {
            Expect.identity(beside, "alice");
        } else {
            Expect.denied(beside);
        }
    }

    @Test
    @DisplayName("COO-10 a session that shrinks takes its old parts along")
    void shrinks(Gateway gateway) {
        var session = crowd(gateway, "shrinking", 300);
        assertThat(session.cookies()).hasSizeGreaterThanOrEqualTo(3);
        gateway.keycloak().add(FakeUser.named("shrinking").in("/one"));
        var attempt = Attempt.of(gateway, session.browser());
        assertThat(attempt.finish().status()).isEqualTo(302);
        assertThat(session.cookies()).hasSize(1);
        Expect.seenByApp(session.browser().get(Session.APP), "shrinking");
    }

    @Test
    @DisplayName("COO-10 beyond: a session that grows does not leave the small cookie behind to win")
    void grows(Gateway gateway) {
        gateway.keycloak().add(FakeUser.named("growing").in("/one"));
        var session = Session.of(gateway, "growing");
        gateway.keycloak().add(crowded("growing", 160));
        assertThat(Attempt.of(gateway, session.browser()).finish().status()).isEqualTo(302);
        assertThat(session.browser().get(Session.APP).header("App-Saw-groups")).doesNotContain("/one,");
        assertThat(session.cookies()).noneMatch(cookie -> cookie.name().equals(NAME));
    }

    @Test
    @DisplayName("COO-12 of two cookies of one name garbage does not lock the person out for good")
    void twice(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        for (var header :
                List.of(NAME + "=garbage; " + session.header(), session.header() + "; " + NAME + "=garbage")) {
            var reply = check(gateway, header);
            if (reply.status() == 200) {
                Expect.identity(reply, "alice");
            } else {
                Expect.denied(reply);
            }
        }
        var browser = gateway.browser("alice");
        browser.jar().put(planted(NAME, "garbage", "mlflow.akko.local"));
        browser.jar().put(planted(NAME + "_0", "garbage", "akko.local"));
        Expect.seenByApp(browser.open(Session.APP).page(), "alice");
    }

    @Test
    @DisplayName("COO-13 a cookie of an instance with another cookie name is nothing here")
    void otherName(Gateway gateway, @In(Setup.OTHER_NAME) Gateway other) {
        var theirs = Session.of(other, "alice").value();
        Expect.denied(check(gateway, NAME + "=" + theirs));
        var ours = Session.of(gateway, "alice").value();
        Expect.denied(other.http().send(Ask.program("/x").with("Cookie", "_other_app=" + ours)));
    }

    @Test
    @DisplayName("COO-13 a cookie of the same name and secret for another realm is nothing here")
    void otherRealm(Gateway gateway, @In(Setup.ROTATING) Gateway other) {
        // the other gateway's provider is another issuer
        Expect.denied(check(gateway, Session.of(other, "alice").header()));
    }

    @Test
    @DisplayName("COO-14 a session ends at its time, whatever the browser does")
    void expired(@In(Setup.SHORT) Gateway gateway) throws InterruptedException {
        var session = Session.of(gateway, "alice");
        var header = session.header();
        Expect.identity(check(gateway, header), "alice");
        Thread.sleep(5500);
        var reply = check(gateway, header);
        Expect.denied(reply);
        assertThat(Expect.expiredSessionCookies(reply)).isNotEmpty();
    }

    @Test
    @DisplayName("COO-16 a cookie sealed with another secret is nothing, is taken away, and is not logged")
    void otherSecret(Gateway gateway, @In(Setup.OTHER_SECRET) Gateway other) {
        var theirs = Session.of(other, "alice").value();
        var reply = check(gateway, NAME + "=" + theirs);
        Expect.denied(reply);
        assertThat(Expect.expiredSessionCookies(reply)).isNotEmpty();
        assertThat(gateway.output()).doesNotContain(theirs.substring(0, 24));
    }

    @Test
    @DisplayName("COO-18 12 KB of cookies do not shut anybody out")
    void twelveKilobytes(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        Expect.identity(check(gateway, session.header() + "; " + foreign(20, 12 * 1024)), "alice");
    }

    @Test
    @DisplayName("COO-19 32 KB of headers do not shut anybody out")
    void thirtyTwoKilobytes(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var request = Ask.program("/x").with("Cookie", session.header() + "; " + foreign(60, 28 * 1024));
        for (int i = 0; i < 95; i++) {
            request = request.with("X-Custom-" + i, "v".repeat(20));
        }
        Expect.identity(gateway.http().send(request), "alice");
    }

    @Test
    @DisplayName("COO-21 every cookie of a login is shut, secure, of our domain and not too large")
    void attributes(Gateway gateway) {
        Session.of(gateway, "alice");
        var cookies = gateway.exchanges().stream()
                .flatMap(exchange -> exchange.reply().cookies().stream())
                .toList();
        assertThat(cookies).anyMatch(cookie -> cookie.name().equals(NAME));
        for (var cookie : cookies) {
            assertThat(cookie.attribute("Secure")).as(cookie.name()).isPresent();
            assertThat(cookie.attribute("HttpOnly")).as(cookie.name()).isPresent();
            assertThat(cookie.attribute("SameSite").orElse("")).isEqualToIgnoringCase("lax");
            assertThat(cookie.attribute("Domain")).hasValue("akko.local");
            // tokens are for our own endpoints: no app and no check carries them
            assertThat(cookie.attribute("Path")).hasValue(cookie.name().startsWith(NAME + "_tokens") ? "/oauth2" : "/");
            assertThat(cookie.name().length() + cookie.value().length()).isLessThanOrEqualTo(4096);
            if (Expect.isSession(cookie.name()) && !cookie.deletes()) {
                assertThat(cookie.maxAge().orElseThrow())
                        .isEqualTo(Duration.ofHours(168).toSeconds());
                nowhereElse(gateway, cookie.value());
            }
        }
    }

    @Test
    @DisplayName("COO-22 nothing of a person can be read in the cookies")
    void unreadable(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        for (var cookie : session.browser().jar().all()) {
            assertThat(Readable.in(cookie.value()))
                    .noneMatch(text -> text.contains("alice")
                            || text.contains("akko.local")
                            || text.contains("admins")
                            || text.contains(FakeUser.subject("alice"))
                            || text.contains("eyJ")
                            || text.contains("refresh-"));
        }
    }

    @ParameterizedTest
    @CsvSource({"10,false", "2,true", "-10,true"})
    @DisplayName("COO-15 a session from a clock that runs ahead counts only within a few minutes")
    void clockAhead(int minutes, boolean accepted, Gateway gateway) {
        var clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
        var instance = new SecondInstance(gateway.keycloak().issuer(), Setup.COOKIE_SECRET, clock);
        var reply = check(gateway, instance.session(FakeUser.named("alice")));
        if (accepted) {
            Expect.identity(reply, "alice");
        } else {
            Expect.denied(reply);
        }
    }

    @Test
    @DisplayName("COO-23 a thousand cookies of one person at one moment share neither value nor beginning")
    void neverTheSame(Gateway gateway) {
        var clock = InstantSource.fixed(Instant.now());
        var issuer = gateway.keycloak().issuer();
        var instance = new SecondInstance(issuer, Setup.COOKIE_SECRET, clock);
        var bob = FakeUser.named("bob");
        var cookies =
                IntStream.range(0, 1000).mapToObj(i -> instance.session(bob)).toList();
        Expect.identity(check(gateway, cookies.get(0)), "bob");
        assertThat(new HashSet<>(cookies)).hasSize(1000);
        // version and key id are the same for all; the sixteen bytes after them are not
        int start = NAME.length() + 1 + 4;
        assertThat(cookies.stream()
                        .map(cookie -> cookie.substring(start, start + 22))
                        .distinct())
                .hasSize(1000);
        var other = new SecondInstance(issuer, "b3RoZXJzZWNyZXRvdGhlcnNlY3JldG90aGVyc2VjcmU=", clock);
        assertThat(cookies).allMatch(cookie -> cookie.length() == cookies.get(0).length());
        assertThat(other.session(bob)).hasSameSizeAs(cookies.get(0));
        var values = IntStream.range(0, 10)
                .mapToObj(i -> Session.of(gateway, "bob").value())
                .toList();
        assertThat(new HashSet<>(values)).hasSize(10);
    }

    @Test
    @DisplayName("COO-24 a cookie header full of rubbish is read or refused, quickly")
    void rubbish(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var pairs = new StringBuilder("$Version=1; =nameless; noequals; quoted=\"a;b\"; ; ;; x=\u00e9\u00ff\u0080; ");
        for (int i = 0; i < 500; i++) {
            pairs.append("c").append(i).append("=v; ");
        }
        var started = Instant.now();
        var reply = check(gateway, pairs + session.header());
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofMillis(500));
        if (reply.status() == 200) {
            Expect.identity(reply, "alice");
        } else {
            assertThat(reply.status()).isEqualTo(400);
        }
    }

    @Test
    @DisplayName("COO-25 oauth2-proxy's own cookie is nothing, is taken away, and is followed by one login")
    void predecessor(Gateway gateway) throws Exception {
        var value = predecessorCookie();
        var reply = check(gateway, NAME + "=" + value);
        Expect.denied(reply);
        assertThat(Expect.expiredSessionCookies(reply)).isNotEmpty();
        var browser = gateway.browser("alice");
        browser.jar().put(planted(NAME, value, "akko.local"));
        browser.jar().put(planted(NAME + "_csrf", value, "akko.local"));
        var visit = browser.open(Session.APP);
        Expect.seenByApp(visit.page(), "alice");
        assertThat(visit.count("/callback")).isEqualTo(1);
    }

    private static Reply check(Gateway gateway, String cookies) {
        return gateway.http().send(Ask.program("/x").with("Cookie", cookies));
    }

    /** A person in so many groups that the session does not fit one cookie; the names do not compress. */
    private static Session crowd(Gateway gateway, String name, int groups) {
        gateway.keycloak().add(crowded(name, groups));
        return Session.of(gateway, name);
    }

    private static FakeUser crowded(String name, int groups) {
        var random = new Random(name.hashCode());
        return FakeUser.named(name)
                .in(IntStream.range(0, groups)
                        .mapToObj(i -> "/" + new UUID(random.nextLong(), random.nextLong()))
                        .toArray(String[]::new));
    }

    private static String foreign(int count, int bytes) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : "; ").append("app").append(i).append('=').append("x".repeat(bytes / count - 8));
        }
        return text.toString();
    }

    private static void nowhereElse(Gateway gateway, String value) {
        for (var exchange : gateway.exchanges()) {
            assertThat(exchange.reply().body()).doesNotContain(value);
            assertThat(exchange.reply().headers())
                    .noneMatch(header -> !header.name().equals("Set-Cookie")
                            && header.value().contains(value));
        }
    }

    private static CookieJar.Cookie with(CookieJar.Cookie cookie, String value) {
        return new CookieJar.Cookie(
                cookie.name(),
                value,
                cookie.domain(),
                cookie.hostOnly(),
                cookie.path(),
                cookie.secure(),
                cookie.expires());
    }

    private static CookieJar.Cookie planted(String name, String value, String domain) {
        return new CookieJar.Cookie(name, value, domain, false, "/", true, Instant.MAX);
    }

    /** Value, time and HMAC-SHA256 over name, value and time, keyed with the same secret: right in every outer respect. */
    private static String predecessorCookie() throws Exception {
        var sealed = new byte[400];
        new Random(7).nextBytes(sealed);
        var value = Base64URL.encode(sealed).toString();
        var time = Long.toString(Instant.now().getEpochSecond());
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Setup.COOKIE_SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        var signature = mac.doFinal((NAME + value + time).getBytes(StandardCharsets.US_ASCII));
        return value + "|" + time + "|" + Base64URL.encode(signature);
    }

    @Test
    @DisplayName("COO-01 beyond: the tokens' cookie is no session, and no other cookie of ours is")
    void otherCookiesOfOurs(Gateway gateway) {
        var session = Session.of(gateway, "alice");
        var login = Attempt.of(gateway, "alice").loginCookie().value();
        Expect.denied(check(gateway, NAME + "=" + login));
        session.browser().jar().all().stream()
                .filter(cookie -> cookie.name().contains("_tokens"))
                .forEach(cookie -> Expect.denied(check(gateway, NAME + "=" + cookie.value())));
        Expect.denied(gateway.http().send(Request.get("/oauth2/auth").with("Cookie", NAME + "=" + login)));
    }
}
