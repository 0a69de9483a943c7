package io.github.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.postern.config.AppHeaders;
import io.github.postern.config.HeaderSettings.SignedIdentity;
import io.github.postern.config.SealingSecret;
import io.github.postern.config.SettingsReader;
import io.github.postern.fakes.FakeRequest;
import io.github.postern.forwarded.ForwardedRequests;
import io.github.postern.gate.Caller;
import io.github.postern.login.AllowedTargets;
import io.github.postern.signing.SigningKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IdentityTokensTest {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private List<SealingSecret> secrets = List.of(SealingSecret.of(new byte[32]));
    private Instant now = START;
    private Optional<String> host = Optional.of("mlflow.akko.local");

    @Test
    void saysWhoIsAskingWhichAppAndForHowLong() throws ParseException {
        var token = SignedJWT.parse(of(tokens(Map.of()), People.alice()));
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(token.getHeader().getType().getType()).isEqualTo("JWT");
        assertThat(token.getJWTClaimsSet().toJSONObject())
                .containsOnly(
                        Map.entry("iss", "https://akko.local/oauth2"),
                        Map.entry("aud", "mlflow.akko.local"),
                        Map.entry("sub", "f81d4fae"),
                        Map.entry("email", "alice@akko.local"),
                        Map.entry("preferred_username", "alice"),
                        Map.entry("groups", List.of("/data", "role:admin")),
                        Map.entry("iat", START.getEpochSecond()),
                        Map.entry("nbf", START.getEpochSecond()),
                        Map.entry("exp", START.getEpochSecond() + 60));
    }

    @Test
    void saysWhatClaimHeadersSay() throws ParseException {
        var caller = People.caller(
                "s",
                "",
                "",
                List.of(),
                Map.of("department", List.of("R,D"), "acr", List.of("2"), "other", List.of("x")));
        var tokens = tokens(Map.of("X-Department", "department", "X-Mail", "email"));
        var app = new AppHeaders("", Map.of("X-Level", "acr", "X-None", "none"));
        var claims = claims(tokens.of(caller, app, request()));
        assertThat(claims.getClaim("claims"))
                .isEqualTo(Map.of("department", List.of("R,D"), "acr", List.of("2"), "none", List.of()));
        assertThat(claims.getClaims()).doesNotContainKeys("email", "preferred_username");
        assertThat(claims.getStringListClaim("groups")).isEmpty();
    }

    @Test
    void isEmptyWhereTheAppIsNotCertain() {
        host = Optional.empty();
        assertThat(of(tokens(Map.of()), People.alice())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "29, true", "30, false", "59, false"})
    void isUsedAgainForHalfItsLife(int seconds, boolean same) {
        var tokens = tokens(Map.of());
        String first = of(tokens, People.alice());
        now = START.plusSeconds(seconds);
        assertThat(of(tokens, People.alice()).equals(first)).isEqualTo(same);
    }

    /** Apps may find no key to check the old one with. */
    @Test
    void isNotUsedAgainAfterTheSecretsChanged() {
        var tokens = tokens(Map.of());
        String first = of(tokens, People.alice());
        secrets = List.of(SealingSecret.of(new byte[16]));
        String second = of(tokens, People.alice());
        assertThat(second).isNotEqualTo(first);
        assertThat(of(tokens, People.alice())).isEqualTo(second);
    }

    @Test
    void isNotUsedAgainForAnotherAppOrAnotherIdentity() throws ParseException {
        var tokens = tokens(Map.of());
        of(tokens, People.alice());
        var promoted = People.caller("f81d4fae", "alice@akko.local", "alice", List.of("/admins"), Map.of());
        assertThat(claims(of(tokens, promoted)).getStringListClaim("groups")).containsExactly("/admins");
        var bob = People.caller("bob", "alice@akko.local", "alice", List.of("/data", "role:admin"), Map.of());
        assertThat(claims(of(tokens, bob)).getSubject()).isEqualTo("bob");
        host = Optional.of("grafana.akko.local");
        assertThat(claims(of(tokens, People.alice())).getAudience()).containsExactly("grafana.akko.local");
    }

    @Test
    void endsWithTheSession() throws ParseException {
        now = Instant.ofEpochSecond(People.UNTIL - 10);
        assertThat(claims(of(tokens(Map.of()), People.alice())).getExpirationTime())
                .isEqualTo(Date.from(Instant.ofEpochSecond(People.UNTIL)));
    }

    @Test
    void leavesAllGroupsOutWhereThereAreTooMany() throws ParseException {
        var groups =
                IntStream.range(0, 200).mapToObj(i -> "/group-" + i + "-long").toList();
        var caller = People.caller("s", "a@b", "a", groups, Map.of("department", List.of("R")));
        String token = of(tokens(Map.of("X-Department", "department")), caller);
        assertThat(token.length()).isBetween(1, 3072);
        assertThat(claims(token).getClaims())
                .containsEntry("groups_omitted", true)
                .containsEntry("claims", Map.of("department", List.of("R")))
                .doesNotContainKeys("groups", "claims_omitted");
    }

    @Test
    void leavesLongClaimsOutToo() throws ParseException {
        var caller = People.caller("s", "a@b", "a", List.of("/g"), Map.of("department", List.of("x".repeat(5000))));
        assertThat(claims(of(tokens(Map.of("X-Department", "department")), caller))
                        .getClaims())
                .containsEntry("groups_omitted", true)
                .containsEntry("claims_omitted", true)
                .doesNotContainKeys("groups", "claims");
    }

    @Test
    void isEmptyWhereNamesAloneAreTooLong() {
        assertThat(of(tokens(Map.of()), People.caller("s".repeat(3000), "", "", List.of(), Map.of())))
                .isEmpty();
    }

    /** Each asks with as many groups as a session holds; the token is signed, or empty where the names alone are too long. */
    @ParameterizedTest
    @CsvSource({"1, 2000", "2900, 3000"})
    void keepsNoMoreThanItsBoundHoweverManyAreAsked(int length, int entries) {
        var tokens = tokens(Map.of());
        var groups = IntStream.range(0, 220).mapToObj(i -> "g".repeat(100)).toList();
        for (int i = 0; i < entries; i++) {
            host = Optional.of("app-" + i + ".akko.local");
            of(tokens, People.caller("s".repeat(length), "a@b", "a", groups, Map.of()));
        }
        assertThat(tokens.weight())
                .isBetween(IdentityTokens.MOST_KEPT_CHARACTERS / 2, IdentityTokens.MOST_KEPT_CHARACTERS);
    }

    @Test
    void countsWhatTokensAreKeptUnder() {
        var tokens = tokens(Map.of());
        var claims = Map.of("department", List.of("x".repeat(50)));
        of(tokens, People.caller("s".repeat(3000), "a@b", "a", List.of("g".repeat(500)), claims));
        assertThat(tokens.weight()).isBetween(3550L + 256, 5000L);
    }

    @ParameterizedTest
    @CsvSource({
        "mlflow.akko.local, mlflow.akko.local",
        "MLflow.akko.local:443, mlflow.akko.local",
        "mlflow.akko.local:8443, mlflow.akko.local",
        "mlflow.akko.local:65535, mlflow.akko.local",
        "[::1]:8443, [::1]"
    })
    void isForTheAppAtAnyPort(String told, String app) {
        var environment = Map.of(
                "OAUTH2_PROXY_PROVIDER", "oidc",
                "OAUTH2_PROXY_CLIENT_ID", "app",
                "OAUTH2_PROXY_CLIENT_SECRET", "secret",
                "OAUTH2_PROXY_COOKIE_SECRET", "0123456789abcdef0123456789abcdef",
                "OAUTH2_PROXY_OIDC_ISSUER_URL", "https://id.akko.local",
                "OAUTH2_PROXY_EMAIL_DOMAINS", "*");
        var settings = SettingsReader.read(List.of("--reverse-proxy"), environment);
        var places = new Places(
                settings,
                new ForwardedRequests(settings.forwarded(), "/oauth2"),
                new AllowedTargets(List.of(), "/oauth2"));
        var check = FakeRequest.get("/oauth2/auth")
                .headers("X-Forwarded-Proto: https", "X-Forwarded-Host: " + told, "X-Forwarded-Uri: /x");
        assertThat(places.appHost(check.toRequest())).contains(app);
    }

    private IdentityTokens tokens(Map<String, String> usual) {
        var keys = new SigningKeys(() -> secrets, "context", () -> now);
        var settings = new SignedIdentity("X-Jwt", Duration.ofSeconds(60), "https://akko.local/oauth2");
        return new IdentityTokens(keys, settings, new AppHeaders("sub", usual), request -> host, () -> now);
    }

    private static String of(IdentityTokens tokens, Caller caller) {
        return tokens.of(caller, AppHeaders.NONE, request());
    }

    private static HttpServletRequest request() {
        return FakeRequest.get("/oauth2/auth").toRequest();
    }

    private static JWTClaimsSet claims(String token) throws ParseException {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }
}
