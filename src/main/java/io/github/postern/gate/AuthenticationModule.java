package io.github.postern.gate;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.MessagePolicy;
import jakarta.security.auth.message.module.ServerAuthModule;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import org.glassfish.soteria.mechanisms.HttpMessageContextImpl;
import org.jspecify.annotations.Nullable;

/**
 * Calls the mechanism on behalf of the container (Jakarta Authentication 3.1, Servlet Container Profile). Soteria's own
 * bridge looks the mechanism up by JNDI and CDI at every request, which triples a check's cost; this one holds it.
 */
public final class AuthenticationModule implements ServerAuthModule {
    private final HttpAuthenticationMechanism mechanism;
    private @Nullable CallbackHandler handler;

    /** @param mechanism what decides who is asking */
    public AuthenticationModule(HttpAuthenticationMechanism mechanism) {
        this.mechanism = mechanism;
    }

    @Override
    public void initialize(
            MessagePolicy requestPolicy,
            MessagePolicy responsePolicy,
            CallbackHandler callbackHandler,
            Map<String, Object> options) {
        handler = callbackHandler;
    }

    @Override
    public Class<?>[] getSupportedMessageTypes() {
        return new Class<?>[] {HttpServletRequest.class, HttpServletResponse.class};
    }

    @Override
    public AuthStatus validateRequest(MessageInfo message, Subject client, Subject service) throws AuthException {
        var context = context(message, client);
        CurrentRequest.begin(context.getRequest());
        try {
            return asAuthStatus(mechanism.validateRequest(context.getRequest(), context.getResponse(), context));
        } catch (AuthenticationException e) {
            throw (AuthException) new AuthException("the mechanism failed").initCause(e);
        }
    }

    private HttpMessageContextImpl context(MessageInfo message, Subject client) {
        return new HttpMessageContextImpl(Objects.requireNonNull(handler, "not initialised"), message, client);
    }

    private static AuthStatus asAuthStatus(AuthenticationStatus status) {
        return switch (status) {
            case SUCCESS, NOT_DONE -> AuthStatus.SUCCESS;
            case SEND_CONTINUE -> AuthStatus.SEND_CONTINUE;
            case SEND_FAILURE -> AuthStatus.SEND_FAILURE;
        };
    }

    @Override
    public AuthStatus secureResponse(MessageInfo message, Subject service) {
        CurrentRequest.end();
        return AuthStatus.SEND_SUCCESS;
    }

    @Override
    public void cleanSubject(MessageInfo message, Subject subject) {
        var context = context(message, subject);
        mechanism.cleanSubject(context.getRequest(), context.getResponse(), context);
    }
}
