package io.github.postern.forwarded;

import io.github.postern.config.AdmissionSettings.SkipRoute;
import java.util.Optional;

/** One {@code skip-auth-route} at work. */
record RouteRule(SkipRoute route) {
    /**
     * Whether the rule lets a request pass.
     *
     * @param method the user's method; a rule for one method does not match an untold one
     * @param path the decoded path
     */
    boolean grants(Optional<String> method, String path) {
        boolean spoken = route.method().isEmpty() || route.method().equals(method);
        return spoken && route.path().matcher(path).find() != route.negated();
    }
}
