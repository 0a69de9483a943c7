package io.github.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** OpenID Connect Core Client Refresh Token Profile Tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefreshTokenPlanIT {
    private static final Duration UNTIL_DUE = Duration.ofMillis(2200);
    private final RelyingParty party = RelyingParty.ready(Map.of("COOKIE_REFRESH", "1s", "COOKIE_EXPIRE", "1h"));

    @AfterAll
    void stop() {
        party.close();
    }

    @Test
    @DisplayName("oidcc-client-test-refresh-token")
    void refreshes() {
        party.module();
        var browser = party.login();
        RelyingParty.pause(UNTIL_DUE);
        long before = party.calls(Endpoint.USERINFO);
        RelyingParty.isSignedIn(browser);
        var call = party.provider().journal().last(Endpoint.TOKEN);
        assertThat(call.form().get("grant_type")).isEqualTo("refresh_token");
        assertThat(call.authorization()).startsWith("Basic ");
        assertThat(party.calls(Endpoint.USERINFO) - before).isEqualTo(1);
    }

    @Test
    @DisplayName("oidcc-client-test-refresh-token-invalid-issuer")
    void otherIssuer() {
        party.module().refreshedClaims(claims -> claims.put("iss", claims.get("iss") + "1"));
        endsAtTheRefresh();
    }

    @Test
    @DisplayName("oidcc-client-test-refresh-token-invalid-sub")
    void otherSubject() {
        party.module().refreshedClaims(claims -> claims.put("sub", claims.get("sub") + "1"));
        endsAtTheRefresh();
    }

    private void endsAtTheRefresh() {
        var browser = party.login();
        RelyingParty.pause(UNTIL_DUE);
        RelyingParty.isSignedOut(browser);
        assertThat(party.provider().journal().last(Endpoint.TOKEN).form().get("grant_type"))
                .isEqualTo("refresh_token");
    }
}
