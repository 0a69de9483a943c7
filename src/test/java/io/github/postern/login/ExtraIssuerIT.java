package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.AudienceSettings;
import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Forgery;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** An issuer besides the provider, over the wire. */
final class ExtraIssuerIT {
    @Test
    void itsKeysAreWhereItsDocumentSays() throws IOException {
        try (var issuer = FakeKeycloak.start("api", "s3cret-of-nobody");
                var http = http()) {
            var keys = new IssuerKeys(issuer.issuer(), http, InstantSource.system());
            assertThat(keys.signing().algorithms()).extracting("name").contains("RS256", "ES256");
            keys.signing();
            assertThat(issuer.journal().count(Endpoint.DISCOVERY)).isEqualTo(1);
            assertAcceptsItsTokens(issuer, keys);
        }
    }

    @Test
    void withoutADocumentTheyAreAtTheUsualPlace() throws IOException {
        try (var issuer = FakeKeycloak.start("api", "s3cret-of-nobody");
                var http = http()) {
            issuer.misbehave().discovery(document -> document.put("issuer", "https://somebody.else"));
            var keys = new IssuerKeys(issuer.issuer(), http, InstantSource.system());
            assertThat(keys.signing().algorithms()).isEqualTo(TokenKeys.ASYMMETRIC);
            issuer.misbehave();
            assertAcceptsItsTokens(issuer, keys);
        }
    }

    private static void assertAcceptsItsTokens(FakeKeycloak issuer, IssuerKeys keys) {
        var background = TokenIssuers.background(1);
        var accepted = new TokenIssuer(
                issuer.issuer(),
                new Audiences("api", new AudienceSettings(List.of("aud"), List.of())),
                new TokenKeys(issuer.issuer(), keys::signing, background, InstantSource.system()),
                new Profiles(Profiles.Names.STANDARD, Set::of),
                false);
        var terms = new SessionTerms(Duration.ofHours(1), Duration.ZERO, false, false, true);
        try (var tokens =
                new BearerTokens(new TokenIssuers(List.of(accepted), background), terms, InstantSource.system())) {
            assertThat(tokens.check(issuer.accessToken("alice"))).isInstanceOf(TokenVerdict.Accepted.class);
            var unverified = FakeUser.named("alice").with("email_verified", false);
            assertThat(tokens.check(issuer.accessToken(unverified, claims -> {}, Forgery.none())))
                    .isEqualTo(new TokenVerdict.Refused("the e-mail address in the token is not verified"));
            assertThat(tokens.check(issuer.accessToken(
                            FakeUser.named("alice"), claims -> claims.putAll(Map.of("aud", "them")), Forgery.none())))
                    .isEqualTo(new TokenVerdict.Refused("the token is meant for another audience"));
        }
    }

    private static ProviderHttp http() {
        try {
            return new ProviderHttp(SSLContext.getDefault(), Duration.ofSeconds(5));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
