package io.github.postern.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Reply;
import io.github.postern.fakes.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an app asks to be told: any claim in any header, and an identity that it can check itself. */
@ExtendWith(Gateways.class)
final class AppHeadersIT {
    private static final String ISSUER = "https://akko.local/oauth2";
    private static final String JWT = "X-Auth-Request-Jwt";

    @Test
    void claimsComeInTheHeadersTheOperatorNamed(@In(Setup.APP_HEADERS) Gateway gateway) {
        var reply = check(gateway, signedIn(gateway));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.all("X-Auth-Request-User")).containsExactly(FakeUser.subject("dora"));
        assertThat(reply.all("GAP-Auth")).containsExactly("dora@akko.local");
        assertThat(reply.all("X-Department")).containsExactly("R&D,Ops");
        assertThat(reply.all("X-City"))
                .containsExactly(new String("Zürich".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        assertThat(reply.all("Remote-Groups")).isEqualTo(reply.all("X-Auth-Request-Groups"));
        assertThat(reply.all("X-None")).containsExactly("");
        assertThat(reply.all("Authorization"))
                .containsExactly("Basic "
                        + Base64.getEncoder()
                                .encodeToString("dora@akko.local:app-password-8Kd2".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aRequestWithoutASessionCarriesThemEmpty(@In(Setup.APP_HEADERS) Gateway gateway) {
        var reply = gateway.http()
                .send(Rules.control(
                        Ask.program("/public/x").with("X-Department", "admins").with(JWT, "forged")));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(List.of("X-Department", "X-City", "Remote-Groups", "X-None", "X-Auth-Request-User", JWT, "GAP-Auth"))
                .allSatisfy(name -> assertThat(reply.all(name)).containsExactly(""));
        assertThat(reply.all("Authorization")).isEmpty();
    }

    @Test
    void aRefusalCarriesNone(@In(Setup.APP_HEADERS) Gateway gateway) {
        var reply = check(gateway, "_akko_oauth2=x");
        Expect.denied(reply);
        assertThat(reply.headers())
                .noneMatch(header -> header.name().matches("(?i)X-Department|X-City|Remote-Groups|X-None"));
    }

    @Test
    void anAppVerifiesTheSignedIdentityByThePublishedKeys(@In(Setup.APP_HEADERS) Gateway gateway) throws Exception {
        var session = signedIn(gateway);
        String token = check(gateway, session).header(JWT);
        var claims = verify(gateway, token, "mlflow.akko.local");
        assertThat(claims.getSubject()).isEqualTo(FakeUser.subject("dora"));
        assertThat(claims.getStringClaim("email")).isEqualTo("dora@akko.local");
        assertThat(claims.getStringListClaim("groups")).contains("/data");
        assertThat(claims.getClaim("claims"))
                .isEqualTo(Map.of(
                        "department", List.of("R&D", "Ops", "a,b"),
                        "address.city", List.of("Zürich"),
                        "none", List.of()));
        assertThatThrownBy(() -> verify(gateway, token, "grafana.akko.local")).isInstanceOf(BadJOSEException.class);
    }

    @Test
    void aReplicaVerifiesWhatAnotherSigned(@In(Setup.APP_HEADERS) Gateway gateway) throws Exception {
        String token = check(gateway, signedIn(gateway)).header(JWT);
        gateway.restart();
        gateway.awaitReady();
        assertThat(verify(gateway, token, "mlflow.akko.local").getSubject()).isEqualTo(FakeUser.subject("dora"));
    }

    @Test
    void theKeysAreForEverybodyAndMayBeKept(@In(Setup.APP_HEADERS) Gateway gateway, Gateway without) {
        var reply = gateway.http().send(Request.get("/oauth2/jwks"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Cache-Control")).isEqualTo("public, max-age=3600");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.text()).doesNotContain("\"d\"");
        assertThat(reply.cookies()).isEmpty();
        assertThat(without.http().send(Request.get("/oauth2/jwks")).status()).isEqualTo(404);
    }

    @Test
    void noTokenIsForAHostThatNoProxyTold(@In(Setup.APP_HEADERS) Gateway gateway) {
        var session = signedIn(gateway);
        var direct = gateway.httpFrom("127.0.0.7").send(Ask.program("/x").with("Cookie", session));
        assertThat(direct.status()).isEqualTo(200);
        assertThat(direct.all(JWT)).containsExactly("");
        var twice = gateway.http()
                .send(Ask.program("/x")
                        .with("X-Forwarded-Host", "grafana.akko.local")
                        .with("Cookie", session));
        assertThat(twice.all(JWT)).containsExactly("");
    }

    /** The browser itself would read it there, for an app of its choice. */
    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/auth", "/oauth2/userinfo?x", "/%6fauth2/auth", "//oauth2/auth"})
    void noTokenIsForOurOwnEndpoints(String uri, @In(Setup.APP_HEADERS) Gateway gateway) {
        var reply = check(gateway, signedIn(gateway), uri, "mlflow.akko.local");
        assertThat(reply.all(JWT)).containsExactly("");
    }

    /** A browser that asks us itself must not read the password that all apps share. */
    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/auth", "/oauth2/auth?x", "/%6fauth2/auth", "//oauth2/auth"})
    void noPasswordIsForABrowser(String uri, @In(Setup.APP_HEADERS) Gateway gateway) {
        var reply = check(gateway, signedIn(gateway), uri, "mlflow.akko.local");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.all("Authorization")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MLflow.Akko.Local, mlflow.akko.local",
        "mlflow.akko.local:443, mlflow.akko.local",
        "mlflow.akko.local:8443, mlflow.akko.local"
    })
    void theAudienceIsTheHostWithoutItsPort(String host, String audience, @In(Setup.APP_HEADERS) Gateway gateway)
            throws Exception {
        var reply = check(gateway, signedIn(gateway), "/x", host);
        assertThat(verify(gateway, reply.header(JWT), audience).getAudience()).containsExactly(audience);
    }

    @Test
    void manyGroupsLeaveTheAnswerWithinItsBounds(@In(Setup.APP_HEADERS) Gateway gateway) throws Exception {
        var groups = new String[300];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = "/department-" + i + "/a-group-with-a-long-name-" + i;
        }
        gateway.keycloak().add(FakeUser.named("many").in(groups));
        var reply = check(gateway, Session.of(gateway, "many").header());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-Auth-Request-Groups").split(",")).hasSizeGreaterThanOrEqualTo(300);
        assertThat(reply.all("Remote-Groups")).containsExactly("");
        assertThat(verify(gateway, reply.header(JWT), "mlflow.akko.local").getBooleanClaim("groups_omitted"))
                .isTrue();
        int bytes = reply.headers().stream()
                .mapToInt(header -> header.name().length() + header.value().length() + 4)
                .sum();
        assertThat(bytes).isLessThan(32_768);
    }

    @Test
    void userInfoIsNotForThoseWhoMayNotPass(@In(Setup.GROUPS) Gateway gateway) {
        var bob = Attempt.of(gateway, "bob");
        bob.finish();
        var reply = bob.browser().get("https://akko.local/oauth2/userinfo");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.text()).isEqualTo("Forbidden\n");
    }

    private static String signedIn(Gateway gateway) {
        gateway.keycloak()
                .add(FakeUser.named("dora")
                        .in("/data")
                        .with("department", List.of("R&D", "Ops", "a,b"))
                        .with("address", Map.of("city", "Zürich")));
        return Session.of(gateway, "dora").header();
    }

    private static Reply check(Gateway gateway, String cookies) {
        return check(gateway, cookies, "/x", "mlflow.akko.local");
    }

    private static Reply check(Gateway gateway, String cookies, String uri, String host) {
        return gateway.http()
                .send(Request.get("/oauth2/auth")
                        .with("X-Forwarded-Method", "GET")
                        .with("X-Forwarded-Proto", "https")
                        .with("X-Forwarded-Host", host)
                        .with("X-Forwarded-Uri", uri)
                        .with("Cookie", cookies));
    }

    /** As docs/signed-identity.md tells apps to do it. */
    private static JWTClaimsSet verify(Gateway gateway, String token, String audience) throws Exception {
        var keys = JWKSet.parse(gateway.http().send(Request.get("/oauth2/jwks")).text());
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(keys)));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                audience, new JWTClaimsSet.Builder().issuer(ISSUER).build(), Set.of("sub", "exp", "iat")));
        return processor.process(token, null);
    }
}
