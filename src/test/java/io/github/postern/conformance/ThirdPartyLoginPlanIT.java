package io.github.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenID Connect Core Client Login Tests: 3rd party initiated login; the address to enter is {@code /oauth2/start}. */
@ExtendWith(RelyingParties.class)
final class ThirdPartyLoginPlanIT {
    @Test
    @DisplayName("oidcc-client-test-3rd-party-init-login")
    void startsAtOurAddress(RelyingParty party) {
        party.module();
        var browser = party.browser();
        String issuer = URLEncoder.encode(party.provider().issuer(), StandardCharsets.UTF_8);
        var visit = browser.open("https://akko.local/oauth2/start?iss=" + issuer);
        assertThat(visit.at(Endpoint.AUTHORIZE.path()).url().query()).contains("client_id=" + RelyingParty.CLIENT);
        RelyingParty.isSignedIn(browser);
    }
}
