package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pac4j.oidc.profile.OidcProfile;

/** Renewed tokens belong to the sign-in (OpenID Connect Core 12.2), or the session ends. */
final class TokenFactsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // nonce then, nonce now, auth_time then and now, provider's session then and now
                "a, -, 100, -,   s, s",
                "a, a, 100, 100, s, s",
                "-, a, -,   100, s, s",
                "a, -, 100, 101, s, s",
            })
    void areTheSame(String nonce, String freshNonce, Long time, Long freshTime, String sid, String freshSid) {
        var fresh = session(freshNonce, freshTime, freshSid);
        TokenFacts.hold(session(nonce, time, sid), fresh);
        assertThat(fresh.getAttribute(TokenFacts.NONCE_DIGEST)).isEqualTo(nonce == null ? freshNonce : nonce);
        assertThat(fresh.getAttribute(TokenFacts.AUTH_TIME)).isEqualTo(freshTime == null ? time : freshTime);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "a, b, 100, 100, s, s",
                "a, -, 100, 99,  s, s",
                "a, -, 100, 101, s, t",
                "a, -, 100, 101, -, -",
            })
    void areAnothers(String nonce, String freshNonce, Long time, Long freshTime, String sid, String freshSid) {
        var old = session(nonce, time, sid);
        var fresh = session(freshNonce, freshTime, freshSid);
        assertThatThrownBy(() -> TokenFacts.hold(old, fresh))
                .isInstanceOfSatisfying(
                        LoginFailed.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOKEN_INVALID));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // access token lasts, ID token ends, apps are handed which; when renewal must have happened
                "300, 600, true,  false, 300",
                "300, 600, false, true,  600",
                "300, 200, true,  true,  200",
                "-,   200, true,  false, -",
                "300, 600, false, false, -",
            })
    void rememberWhenTheFirstTokenThatAppsAreHandedEnds(
            Long access, Long idToken, boolean handsAccess, boolean handsIdToken, Long end) {
        var profile = session("a", 100L, "s");
        put(profile, "access_lifetime", access);
        put(profile, "id_token_end", NOW.getEpochSecond() + idToken);
        var terms = new SessionTerms(Duration.ofHours(1), Duration.ofMinutes(5), handsAccess, handsIdToken, false);
        TokenFacts.settle(profile, terms, NOW);
        assertThat(profile.getAttribute(TokenFacts.TOKENS_END))
                .isEqualTo(end == null ? null : NOW.getEpochSecond() + end);
        assertThat(profile.getAttributes()).doesNotContainKeys("access_lifetime", "id_token_end");
    }

    @Test
    void areOfNoUseWhereNothingIsRenewed() {
        var profile = session("a", 100L, "s");
        TokenFacts.settle(profile, new SessionTerms(Duration.ofHours(1), Duration.ZERO, true, true, false), NOW);
        assertThat(new TreeMap<>(profile.getAttributes())).isEqualTo(Map.of("sid", "s"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "30 | 30",
                "0 | 0",
                "-  | 0",
                "'' | 0",
                "soon | 0",
                "-5 | 0",
                "99999999999999999999 | 0",
                "'Thu, 1 Jan 2026 00:02:00 GMT' | 120",
                "'Wed, 31 Dec 2025 00:02:00 GMT' | 0",
            },
            delimiter = '|')
    void readRetryAfterInBothForms(String header, long seconds) {
        assertThat(RetryAfter.of(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static OidcProfile session(String nonce, Long authTime, String sid) {
        var profile = new OidcProfile();
        profile.setId("alice");
        put(profile, TokenFacts.NONCE_DIGEST, nonce);
        put(profile, TokenFacts.AUTH_TIME, authTime);
        put(profile, "sid", sid);
        return profile;
    }

    private static void put(OidcProfile profile, String name, Object value) {
        if (value != null) {
            profile.addAttribute(name, value);
        }
    }
}
