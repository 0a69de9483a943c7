package io.github.postern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.Endpoint;
import io.github.postern.fakes.Forgery;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenID Connect Core: Basic Certification Profile Relying Party Tests. */
@ExtendWith(RelyingParties.class)
final class BasicPlanIT {
    @Test
    @DisplayName("oidcc-client-test")
    void codeFlow(RelyingParty party) {
        party.module();
        long before = party.calls(Endpoint.USERINFO);
        party.login();
        assertThat(party.calls(Endpoint.USERINFO) - before).isEqualTo(1);
        assertThat(party.provider().journal().last(Endpoint.USERINFO).query().names())
                .as("no token in an address")
                .isEmpty();
    }

    @Test
    @DisplayName("oidcc-client-test-invalid-iss")
    void otherIssuer(RelyingParty party) {
        party.module(claims -> claims.put("iss", claims.get("iss") + "1"));
        refusesBeforeUserinfo(party);
    }

    @Test
    @DisplayName("oidcc-client-test-missing-sub")
    void noSubject(RelyingParty party) {
        party.module(claims -> claims.remove("sub"));
        refusesBeforeUserinfo(party);
    }

    @Test
    @DisplayName("oidcc-client-test-invalid-aud")
    void otherAudience(RelyingParty party) {
        party.module(claims -> claims.put("aud", claims.get("aud") + "1"));
        refusesBeforeUserinfo(party);
    }

    @Test
    @DisplayName("oidcc-client-test-missing-iat")
    void undated(RelyingParty party) {
        party.module(claims -> claims.remove("iat"));
        refusesBeforeUserinfo(party);
    }

    @Test
    @DisplayName("oidcc-client-test-kid-absent-single-jwks")
    void namelessKey(RelyingParty party) {
        party.newKeys();
        party.module().sign(Forgery.withoutKid());
        party.login();
    }

    @Test
    @DisplayName("oidcc-client-test-kid-absent-multiple-jwks")
    void namelessKeyAmongMany(RelyingParty party) {
        party.newKeys();
        party.provider().keys().add();
        party.module().sign(Forgery.withoutKid());
        party.login();
    }

    @Test
    @DisplayName("oidcc-client-test-idtoken-sig-rs256")
    void signed(RelyingParty party) {
        party.module();
        party.login();
    }

    @Test
    @DisplayName("oidcc-client-test-idtoken-sig-none")
    void unsigned(RelyingParty party) {
        party.module().sign(Forgery.unsigned("none"));
        refusesBeforeUserinfo(party);
    }

    @Test
    @DisplayName("oidcc-client-test-invalid-sig-rs256")
    void brokenSignature(RelyingParty party) {
        party.module().sign(Forgery.brokenSignature());
        refusesBeforeUserinfo(party);
    }

    @Test
    @DisplayName("oidcc-client-test-userinfo-invalid-sub")
    void userinfoOfAnother(RelyingParty party) {
        party.module().userinfo(claims -> claims.put("sub", claims.get("sub") + "1"));
        long before = party.calls(Endpoint.USERINFO);
        party.refusesLogin();
        assertThat(party.calls(Endpoint.USERINFO) - before).isEqualTo(1);
    }

    @Test
    @DisplayName("oidcc-client-test-nonce-invalid")
    void nonceOfAnother(RelyingParty party) {
        party.module(claims -> claims.put("nonce", claims.get("nonce") + "1"));
        refusesBeforeUserinfo(party);
    }

    @Test
    @DisplayName("oidcc-client-test-scope-userinfo-claims")
    void scopes(RelyingParty party) {
        party.module();
        long before = party.calls(Endpoint.USERINFO);
        var app = party.login().get(RelyingParty.APP);
        assertThat(party.provider().journal().last(Endpoint.AUTHORIZE).query().get("scope"))
                .isEqualTo("openid profile email phone address");
        assertThat(party.calls(Endpoint.USERINFO) - before).isEqualTo(1);
        assertThat(app.all("App-Saw-email")).containsExactly("alice@akko.local");
    }

    @Test
    @DisplayName("oidcc-client-test-client-secret-basic")
    void basicAuthentication(RelyingParty party) {
        party.module();
        party.login();
        var call = party.provider().journal().last(Endpoint.TOKEN);
        assertThat(call.authorization()).startsWith("Basic ");
        assertThat(call.form().names()).doesNotContainAnyElementsOf(List.of("client_secret", "client_id"));
    }

    private static void refusesBeforeUserinfo(RelyingParty party) {
        long tokens = party.calls(Endpoint.TOKEN);
        long before = party.calls(Endpoint.USERINFO);
        party.refusesLogin();
        assertThat(party.calls(Endpoint.TOKEN) - tokens).isEqualTo(1);
        assertThat(party.calls(Endpoint.USERINFO)).isEqualTo(before);
    }
}
