package io.github.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.Reply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenID Connect RP-Initiated Logout 1.0: RP Certification Profile, Basic. */
@ExtendWith(RelyingParties.class)
final class RpInitiatedLogoutPlanIT {
    @Test
    @DisplayName("oidcc-client-test-rp-init-logout")
    void comesBack(RelyingParty party) {
        party.module();
        var page = signOut(party);
        assertThat(page.status()).isEqualTo(200);
        var asked = party.provider().journal().last(Endpoint.LOGOUT).query();
        assertThat(asked.get("id_token_hint")).isNotEmpty();
        assertThat(asked.get("state")).isNotEmpty();
        assertThat(asked.get("post_logout_redirect_uri")).isEqualTo("https://akko.local/oauth2/callback");
    }

    @Test
    @DisplayName("oidcc-client-test-rp-init-logout-other-state")
    void comesBackWithAnotherState(RelyingParty party) {
        party.module().returnState(state -> state + "1");
        assertThat(signOut(party).status()).as("a page that says no").isIn(400, 403);
    }

    @Test
    @DisplayName("oidcc-client-test-rp-init-logout-no-state")
    void comesBackWithoutState(RelyingParty party) {
        party.module().returnState(state -> "");
        assertThat(signOut(party).status()).as("a page that says no").isIn(400, 403);
        assertThat(party.provider().journal().last(Endpoint.LOGOUT).query().get("state"))
                .isNotEmpty();
    }

    private static Reply signOut(RelyingParty party) {
        var browser = party.login();
        var page = browser.open(RelyingParty.SIGN_OUT).page();
        RelyingParty.isSignedOut(browser);
        return page;
    }
}
