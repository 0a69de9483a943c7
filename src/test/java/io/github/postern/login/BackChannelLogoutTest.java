package io.github.postern.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.fakes.FakeRequest;
import io.github.postern.fakes.FakeSessions;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.pac4j.core.context.CallContext;
import org.pac4j.jee.context.JEEContext;

/** What the provider's word ends. */
final class BackChannelLogoutTest {
    /** Nobody writes cookies into the answer to the provider's server. */
    private static final HttpServletResponse UNTOUCHED = (HttpServletResponse) Proxy.newProxyInstance(
            BackChannelLogoutTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final FakeSessions sessions = new FakeSessions();
    private final BackChannelLogout logout = new BackChannelLogout(
            LogoutTokensTest.tokens(),
            sessions,
            (request, response) -> new CallContext(new JEEContext(request, UNTOUCHED), null));

    @Test
    void endsOneSession() {
        assertThat(end(LogoutTokensTest.token(claims -> claims))).isEqualTo(new LogoutVerdict.Done("alice", false));
        assertThat(sessions.ended()).containsExactly("sid:provider's session");
    }

    @Test
    void endsAllOfAUsers() {
        assertThat(end(LogoutTokensTest.token(claims -> claims.claim("sid", null))))
                .isEqualTo(new LogoutVerdict.Done("alice", true));
        assertThat(sessions.ended()).containsExactly("sub:alice");
    }

    @Test
    void endsNothingTwice() {
        String token = LogoutTokensTest.token(claims -> claims);
        end(token);
        assertThat(end(token)).isEqualTo(new LogoutVerdict.Refused("it was used before"));
        assertThat(sessions.ended()).hasSize(1);
    }

    @Test
    void endsNothingByABadToken() {
        assertThat(end(LogoutTokensTest.token(claims -> claims.claim("nonce", "n"))))
                .isEqualTo(new LogoutVerdict.Refused("it has a nonce"));
        assertThat(sessions.ended()).isEmpty();
    }

    @Test
    void saysSoWhereTheStoreIsAwayAndTakesTheTokenAgain() {
        String token = LogoutTokensTest.token(claims -> claims);
        sessions.goAway();
        assertThat(end(token)).isEqualTo(new LogoutVerdict.Undecided("the sessions cannot be reached: away"));
        sessions.comeBack();
        assertThat(end(token)).isInstanceOf(LogoutVerdict.Done.class);
    }

    private LogoutVerdict end(String token) {
        var request = FakeRequest.of("POST", "/oauth2/backchannel-logout").toRequest();
        return logout.end(request, UNTOUCHED, token);
    }
}
