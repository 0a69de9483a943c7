package io.github.postern.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.glassfish.soteria.authorization.spi.CallerDetailsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@code SecurityContext} who is asking on this thread, as the container knows it. Soteria finds it through its
 * service interface; its default needs Jakarta Authorization, which Tomcat has not.
 */
public final class CurrentRequest implements CallerDetailsResolver {
    // The service interface makes objects of its own, so the thread's request can only be handed over statically.
    private static final ThreadLocal<HttpServletRequest> REQUEST = new ThreadLocal<>();

    static void begin(HttpServletRequest request) {
        REQUEST.set(request);
    }

    static void end() {
        REQUEST.remove();
    }

    private static Optional<HttpServletRequest> request() {
        return Optional.ofNullable(REQUEST.get());
    }

    @Override
    public @Nullable Principal getCallerPrincipal() {
        return request().map(HttpServletRequest::getUserPrincipal).orElse(null);
    }

    @Override
    public boolean isCallerInRole(String role) {
        return request().filter(request -> request.isUserInRole(role)).isPresent();
    }

    @Override
    public <T extends Principal> Set<T> getPrincipalsByType(Class<T> type) {
        Principal caller = getCallerPrincipal();
        return type.isInstance(caller) ? Set.of(type.cast(caller)) : Set.of();
    }

    @Override
    public Set<String> getAllDeclaredCallerRoles() {
        return isCallerInRole(SessionMechanism.ADMITTED) ? Set.of(SessionMechanism.ADMITTED) : Set.of();
    }
}
