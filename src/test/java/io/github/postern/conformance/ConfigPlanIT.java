package io.github.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.Journal;
import io.github.postern.fakes.Request;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * OpenID Connect Core: Config Certification Profile Relying Party Tests; {@code oidcc-client-test-idtoken-sig-none} is the one of the
 * Basic profile.
 */
@ExtendWith(RelyingParties.class)
final class ConfigPlanIT {
    private static final Duration QUIET = Duration.ofSeconds(3);

    @Test
    @DisplayName("oidcc-client-test-discovery-openid-config")
    void discoveryAndNothingElse() {
        try (var party = RelyingParty.ready(Map.of())) {
            RelyingParty.pause(QUIET);
            party.http().send(Request.get("/oauth2/sign_in"));
            assertThat(party.provider().journal().calls())
                    .extracting(Journal.Call::endpoint, Journal.Call::method)
                    .containsExactly(tuple(Endpoint.DISCOVERY, "GET"));
        }
    }

    @Test
    @DisplayName("oidcc-client-test-discovery-jwks-uri-keys")
    void discoveryAndKeys() {
        try (var party = RelyingParty.ready(Map.of("SKIP_CLAIMS_FROM_PROFILE_URL", "true"))) {
            party.module();
            party.login();
            assertThat(party.provider().journal().calls())
                    .extracting(Journal.Call::endpoint)
                    .containsExactly(Endpoint.DISCOVERY, Endpoint.AUTHORIZE, Endpoint.TOKEN, Endpoint.KEYS);
        }
    }

    @Test
    @DisplayName("oidcc-client-test-discovery-issuer-mismatch")
    void otherIssuer() {
        RelyingParty.Lies lies =
                provider -> provider.discovery(document -> document.put("issuer", document.get("issuer") + "INVALID"));
        try (var party = RelyingParty.start(Map.of(), lies)) {
            RelyingParty.await(() -> party.calls(Endpoint.DISCOVERY) > 0);
            RelyingParty.pause(QUIET);
            party.refusesLogin();
            assertThat(party.provider().journal().calls())
                    .extracting(Journal.Call::endpoint)
                    .containsOnly(Endpoint.DISCOVERY);
            assertThat(party.output()).contains(party.provider().issuer() + "INVALID");
        }
    }

    @Test
    @DisplayName("oidcc-client-test-signing-key-rotation-just-before-signing")
    void keysChangeBeforeTheToken(RelyingParty party) {
        party.module();
        party.login();
        party.newKeys();
        party.login();
    }

    @Test
    @DisplayName("oidcc-client-test-signing-key-rotation")
    void keysChangeBetweenLogins(RelyingParty party) {
        party.module();
        var first = party.login();
        party.newKeys();
        party.login();
        RelyingParty.isSignedIn(first);
    }
}
