package io.github.postern;

import io.github.postern.gate.AuthenticationModule;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.servlet.ServletContext;

/**
 * Puts the mechanism before every request. Several ways to misconfigure a container leave an application without
 * authentication and say nothing, so it is asked whether the mechanism is in place, and the start fails if not.
 */
final class Door {
    private static final String LAYER = "HttpServlet";

    private Door() {}

    static void close(ServletContext context, HttpAuthenticationMechanism mechanism) {
        AuthConfigFactory factory = AuthConfigFactory.getFactory();
        factory.registerServerAuthModule(new AuthenticationModule(mechanism), context);
        String application = context.getVirtualServerName() + " " + context.getContextPath();
        if (factory.getConfigProvider(LAYER, application, null) == null) {
            throw new IllegalStateException("the container did not take the authentication mechanism");
        }
    }

    static void remove(ServletContext context) {
        AuthConfigFactory.getFactory().removeServerAuthModule(context);
    }
}
