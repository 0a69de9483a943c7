package io.github.postern.security;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two replicas that keep sessions in Tomcat's memory and share them by Tomcat's cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterIT {
    private Fleet fleet;

    @BeforeAll
    void start() {
        fleet = Fleet.start(Map.of("OAUTH2_PROXY_SESSION_STORE_TYPE", "tomcat"));
    }

    @AfterAll
    void stop() {
        fleet.close();
    }

    @Test
    @DisplayName("who signed in at one replica is signed in at the other; who signed out at one is out at both")
    void shared() {
        var browser = fleet.signedIn(0, "alice");
        var cookies = browser.cookiesFor(Session.APP);
        Expect.identity(fleet.check(0, cookies), "alice");
        Expect.identity(fleet.check(1, cookies), "alice");
    }
}
