package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets change while people are signed in, and not in all replicas at the same moment. */
@ExtendWith(Gateways.class)
final class SecretsIT {
    private static final String OLD = Setup.COOKIE_SECRET;
    private static final String NEW = "bmV3ISBhbmQgYXMgcmFuZG9tIGFzIGFueSBvdGhlcj8=";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Test
    @DisplayName("the cookie secret is rotated, and nobody is logged out until it leaves the list")
    void cookieSecret(@In(Setup.SECRET_FILES) Gateway gateway) throws ParseException {
        var issuer = gateway.keycloak().issuer();
        var late = new SecondInstance(issuer, OLD, InstantSource.system());
        var early = new SecondInstance(issuer, NEW + "," + OLD, InstantSource.system());
        var alice = Session.of(gateway, "alice");
        var underWay = Attempt.of(gateway, "bob");
        assertThat(keys(gateway)).isEqualTo(3);

        change(gateway, NEW + "\n" + OLD + "\n", "cookie-secret-file lists 2 secret(s) now");
        Expect.identity(check(gateway, alice.header()), "alice");
        Expect.identity(check(gateway, early.session(FakeUser.named("bob"))), "bob");
        Expect.identity(check(gateway, late.session(FakeUser.named("bob"))), "bob");
        assertThat(Expect.sessionCookies(underWay.finish())).isNotEmpty();
        assertThat(late.opens(Session.of(gateway, "bob").header()))
                .as("a replica that has not read the file yet knows whoever signs in here")
                .isTrue();
        assertThat(keys(gateway)).isEqualTo(6);

        change(gateway, "too short", "cannot be used; what it held before stays in force");
        Expect.identity(check(gateway, alice.header()), "alice");

        change(gateway, NEW, "no longer the one that sealed");
        Expect.denied(check(gateway, alice.header()));
        var again = Session.of(gateway, "alice").header();
        Expect.identity(check(gateway, again), "alice");
        assertThat(early.opens(again)).isTrue();
        assertThat(late.opens(again)).isFalse();
        assertThat(gateway.output()).doesNotContain(NEW, OLD);
    }

    @Test
    @DisplayName("the client secret is rotated at the provider and in the file, and people sign in")
    void clientSecret(@In(Setup.SECRET_FILES) Gateway gateway) {
        String changed = "client-secret-of-tomorrow-5Tz";
        gateway.keycloak().changeClientSecret(changed);
        MountedSecret.CLIENT.change(changed + "\n");
        Wait.until(PATIENCE, () -> gateway.output().contains("client-secret-file '"));
        Expect.identity(check(gateway, Session.of(gateway, "alice").header()), "alice");
        assertThat(gateway.output()).doesNotContain(changed);
    }

    private static void change(Gateway gateway, String content, String line) {
        MountedSecret.COOKIE.change(content);
        Wait.until(PATIENCE, () -> gateway.output().contains(line));
    }

    private static int keys(Gateway gateway) throws ParseException {
        var reply = gateway.http().send(Request.get("/oauth2/jwks"));
        return JWKSet.parse(reply.body()).getKeys().size();
    }

    private static Reply check(Gateway gateway, String session) {
        return gateway.http().send(Ask.program("/x").with("Cookie", session));
    }
}
