package io.github.postern.security;

import java.util.Map;

/** Two replicas that keep sessions in the cookie and tell each other by Tomcat's cluster which have ended. */
final class CookieClusterIT extends TwoReplicas {
    @Override
    Fleet replicas() {
        return Fleet.start(Map.of());
    }
}
