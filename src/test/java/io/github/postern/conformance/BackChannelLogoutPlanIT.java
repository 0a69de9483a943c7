package io.github.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeUser;
import io.github.postern.fakes.Forgery;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenID Connect Back-Channel Logout 1.0: RP Certification Profile, Basic. A second session shows what the token alone does. */
@ExtendWith(RelyingParties.class)
final class BackChannelLogoutPlanIT {
    @Test
    @DisplayName("oidcc-client-test-rp-backchannel-rpinitlogout")
    void good(RelyingParty party) {
        party.module();
        signsOut(party, 200, claims -> claims.put("ignored_claim", "must be ignored"), Forgery.none());
        signsOut(party, 200, claims -> {}, Forgery.logout());
    }

    @Test
    @DisplayName("oidcc-client-test-rp-backchannel-rpinitlogout-alg-none")
    void unsigned(RelyingParty party) {
        party.module();
        signsOut(party, 400, claims -> {}, Forgery.unsigned("none"));
    }

    @Test
    @DisplayName("oidcc-client-test-rp-backchannel-rpinitlogout-no-event")
    void noEvent(RelyingParty party) {
        party.module();
        signsOut(party, 400, claims -> claims.remove("events"), Forgery.none());
    }

    @Test
    @DisplayName("oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce")
    void nonce(RelyingParty party) {
        party.module();
        signsOut(party, 400, claims -> claims.put("nonce", "any"), Forgery.none());
    }

    @Test
    @DisplayName("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg")
    void otherAlgorithm(RelyingParty party) {
        party.provider().keys().addElliptic();
        party.module();
        signsOut(party, 400, claims -> {}, Forgery.es256());
        assertThat(party.output()).contains("it is signed with ES256, accepted are RS256");
    }

    @Test
    @DisplayName("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud")
    void otherAudience(RelyingParty party) {
        party.module();
        signsOut(party, 400, claims -> claims.put("aud", claims.get("aud") + "1"), Forgery.none());
    }

    @Test
    @DisplayName("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event")
    void otherEvent(RelyingParty party) {
        party.module();
        var other = Map.of("http://schemas.openid.net/event/backchannel-logout-INVALID", Map.of());
        signsOut(party, 400, claims -> claims.put("events", other), Forgery.none());
    }

    @Test
    @DisplayName("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss")
    void otherIssuer(RelyingParty party) {
        party.module();
        signsOut(party, 400, claims -> claims.put("iss", claims.get("iss") + "1"), Forgery.none());
    }

    /** The user signs out, and the suite's server tells us so; a session that nobody else ended shows whether we believed it. */
    private static void signsOut(RelyingParty party, int expected, Consumer<Map<String, Object>> change, Forgery how) {
        var browser = party.login();
        String sid = party.provider().lastSessionOf("alice");
        Consumer<Map<String, Object>> named = claims -> {
            claims.put("sub", FakeUser.subject("alice"));
            claims.put("sid", sid);
        };
        var reply = party.backChannel(party.provider().logoutToken(named.andThen(change), how));
        assertThat(reply.status()).as(reply.whole()).isEqualTo(expected);
        assertThat(reply.header("Cache-Control")).contains("no-store");
        if (expected == 200) {
            RelyingParty.isSignedOut(browser);
        } else {
            RelyingParty.isSignedIn(browser);
        }
        assertThat(browser.open(RelyingParty.SIGN_OUT).page().status()).isEqualTo(200);
        RelyingParty.isSignedOut(browser);
        var afterwards = party.backChannel(party.provider().logoutToken(named.andThen(change), how));
        assertThat(afterwards.status()).isEqualTo(expected);
    }
}
