package io.github.postern.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.testbed.Browser;
import io.github.postern.testbed.Gateway;
import io.github.postern.testbed.Site;
import io.github.postern.testbed.TestBed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Renewals at the real Keycloak, whose refresh tokens are good for one use. */
final class KeycloakRenewalIT {
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(4);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(45);
    private static final int TABS = 10;
    private static final int CHECKS_PER_TAB = 5;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    @DisplayName(
            "FLT-19 fifty checks from ten tabs are one call, with revokeRefreshToken; a restart of Keycloak ends no session")
    void cookie() throws Exception {
        try (var bed = start()) {
            tenTabs(bed);
            restartInTraffic(bed);
        }
    }

    private static TestBed start() {
        var bed = TestBed.start(
                Site.firstFree(Site.forTests()),
                Gateway.Kind.BUILTIN,
                Path.of("target", "testbed-renewal"),
                text -> System.out.println("renewal: " + text),
                Map.of("OAUTH2_PROXY_COOKIE_REFRESH", RENEWED_AFTER.toSeconds() + "s"));
        var admin = new KeycloakAdmin(bed.keycloak());
        admin.realm(Map.of("revokeRefreshToken", true, "refreshTokenMaxReuse", 0));
        admin.recordEvents();
        return bed;
    }

    /** The browser never gets a new cookie: the old one goes on working, and each renewal is one call. */
    private static void tenTabs(TestBed bed) throws Exception {
        var administrator = new KeycloakAdmin(bed.keycloak());
        var session = signIn(bed, "alice");
        var tabs = Executors.newFixedThreadPool(TABS);
        try {
            for (int renewal = 1; renewal <= 3; renewal++) {
                Thread.sleep(RENEWED_AFTER.plusMillis(1500).toMillis());
                List<Future<Integer>> answers = IntStream.range(0, TABS * CHECKS_PER_TAB)
                        .mapToObj(i -> tabs.submit(() -> check(bed, session)))
                        .toList();
                for (var answer : answers) {
                    assertThat(answer.get()).isEqualTo(200);
                }
                assertThat(administrator.events("REFRESH_TOKEN")).isEqualTo(renewal);
            }
            assertThat(administrator.events("REFRESH_TOKEN_ERROR")).isZero();
        } finally {
            tabs.shutdownNow();
        }
    }

    private static void restartInTraffic(TestBed bed) throws Exception {
        List<String> sessions = new ArrayList<>();
        for (var user : List.of("alice", "bob", "alice", "bob")) {
            sessions.add(signIn(bed, user));
        }
        var traffic = new Traffic(bed, sessions);
        traffic.during(Duration.ofSeconds(8));
        bed.keycloak().stop();
        traffic.during(Duration.ofSeconds(12));
        bed.keycloak().restart();
        traffic.during(Duration.ofSeconds(15));
        bed.keycloak().ready();
        var administrator = new KeycloakAdmin(bed.keycloak());
        int everybody = administrator.events("REFRESH_TOKEN") + sessions.size();
        // by then the longest pause is over
        traffic.until(LONGEST_PAUSE, () -> administrator.events("REFRESH_TOKEN") >= everybody);
        assertThat(traffic.failures).as("of %d checks", traffic.checks).isEmpty();
        assertThat(administrator.events("REFRESH_TOKEN"))
                .as("everybody is renewed again")
                .isGreaterThanOrEqualTo(everybody);
    }

    /** People at work, a check of each every quarter of a second. */
    private static final class Traffic {
        private final TestBed bed;
        private final List<String> sessions;
        private final List<String> failures = new ArrayList<>();
        private int checks;

        Traffic(TestBed bed, List<String> sessions) {
            this.bed = bed;
            this.sessions = sessions;
        }

        void during(Duration time) throws Exception {
            until(time, () -> false);
        }

        /** Until it has happened, or the time is over. */
        void until(Duration time, BooleanSupplier happened) throws Exception {
            var end = Instant.now().plus(time);
            while (Instant.now().isBefore(end) && !happened.getAsBoolean()) {
                for (int i = 0; i < sessions.size(); i++) {
                    checks++;
                    int status = check(bed, sessions.get(i));
                    if (status != 200) {
                        failures.add(Instant.now() + " session " + i + ": " + status);
                    }
                }
                Thread.sleep(250);
            }
        }
    }

    /** The cookies of somebody who has signed in, as apps see them. */
    private static String signIn(TestBed bed, String user) {
        var browser = bed.browser();
        var app = bed.site().at("console", "/");
        var page = browser.submit(browser.open(app), Map.of("username", user, "password", user + "-pw"));
        assertThat(page.status()).isEqualTo(200);
        return cookies(browser, app);
    }

    private static String cookies(Browser browser, URI app) {
        return browser.cookies().header(app);
    }

    /** What a proxy asks for a script's request. */
    private static int check(TestBed bed, String cookies) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(bed.postern("/oauth2/auth"))
                .header("X-Forwarded-Method", "GET")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", bed.site().host("console"))
                .header("X-Forwarded-Uri", "/api/headers")
                .header("Accept", "application/json")
                .header("Cookie", cookies)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
