package io.github.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenID Connect Front-Channel Logout 1.0: RP Certification Profile, Basic. */
@ExtendWith(RelyingParties.class)
final class FrontChannelLogoutPlanIT {
    @Test
    @DisplayName("oidcc-client-test-rp-frontchannel-rpinitlogout")
    void frame(RelyingParty party) {
        party.module();
        var elsewhere = party.login();
        assertThat(frame(party, elsewhere).status()).isEqualTo(200);
        RelyingParty.isSignedOut(elsewhere);

        var browser = party.login();
        var toProvider = browser.get(RelyingParty.SIGN_OUT).location();
        assertThat(frame(party, browser).status()).isEqualTo(200);
        var back = browser.open(toProvider);
        assertThat(back.page().status()).isEqualTo(200);
        assertThat(back.address()).startsWith("https://akko.local/oauth2/callback?state=");
        RelyingParty.isSignedOut(browser);
    }

    private static Reply frame(RelyingParty party, FakeBrowser browser) {
        String issuer = URLEncoder.encode(party.provider().issuer(), StandardCharsets.UTF_8);
        var reply = browser.get("https://akko.local/oauth2/frontchannel-logout?iss=" + issuer + "&sid="
                + party.provider().lastSessionOf("alice"));
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.all("X-Frame-Options")).isEmpty();
        return reply;
    }
}
