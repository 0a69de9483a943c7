package io.github.postern.testbed;

import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Walks through the demo as alice would, and says of each step how it went. */
final class Smoke {
    /** One step; fails by an exception whose message says why. */
    private interface Step {
        void run();
    }

    private final PrintStream out;
    private int steps;
    private int failed;

    Smoke(PrintStream out) {
        this.out = out;
    }

    /** The last line when there was nothing to walk through, and the exit code. */
    static int notStarted(PrintStream out) {
        out.println("smoke: 1 steps, 1 failed");
        return 1;
    }

    /** Starts the parts, walks, stops the parts; returns the exit code. */
    int run(Supplier<TestBed> starter) {
        TestBed[] started = new TestBed[1];
        step("Start all parts", () -> started[0] = starter.get());
        if (started[0] != null) {
            try (var bed = started[0]) {
                walk(bed.site(), bed.browser(), bed.browser());
            }
        }
        out.println();
        out.println("smoke: " + steps + " steps, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    private void walk(Site site, Browser browser, Browser stranger) {
        var portal = site.at("portal", "/welcome?from=smoke");
        step("A page without a session leads to Keycloak's login", () -> {
            var page = shown(browser.open(portal));
            expect(page.address().getHost().equals(site.host(Site.IDENTITY)), "it ended at " + page.address());
            expect(page.form().isPresent(), "there is no login form");
        });
        step("A program without a session gets a 401 and no redirect", () -> {
            var answer = shown(stranger.fetch(site.at("console", "/api/headers")));
            expect(answer.status() == 401, "it was " + answer.status());
            expect(answer.fields().first("Location").isEmpty(), "it names a Location");
        });
        step("alice signs in and is back at the very page", () -> {
            var login = browser.open(portal);
            var page = shown(browser.submit(login, Map.of("username", "alice", "password", "alice-pw")));
            expect(page.status() == 200, "the status was " + page.status());
            expect(page.address().equals(portal), "it ended at " + page.address());
        });
        step("The portal is told who she is", () -> {
            var told = identity(browser, site.at("portal", "/api/headers"));
            expect(told.contains("\"alice\""), "no word of alice");
            expect(told.contains("\"alice@akko.example\""), "no e-mail");
            expect(told.contains("/data"), "no groups");
        });
        step("A second app needs no other login", () -> {
            var page = shown(browser.open(site.at("console", "/")));
            expect(page.status() == 200, "the status was " + page.status());
            expect(page.hops().size() == 1, "there were redirects");
        });
        step("A WebSocket opens with the session", () -> {
            var answer = shown(upgrade(browser, site.at("live", "/socket")));
            expect(answer.status() == 101, "the status was " + answer.status());
        });
        step("What she claims of herself does not reach the app", () -> {
            var claims = Fields.of("X-Auth-Request-User", "root", "X-Auth-Request-Groups", "claimed");
            var told = shown(browser.get(site.at("console", "/api/headers"), claims))
                    .text();
            expect(!told.contains("\"root\"") && !told.contains("claimed"), "the claim arrived");
        });
        step("She signs out at the gateway and at Keycloak", () -> {
            var page = shown(browser.follow(site.at("portal", "/"), site.at("portal", "/oauth2/sign_out")));
            expect(page.status() == 200, "the status was " + page.status());
            expect(passed(page, site.host(Site.IDENTITY)), "Keycloak was not on the way");
        });
        step("The session is over at the gateway", () -> {
            var answer = shown(browser.fetch(site.at("portal", "/api/headers")));
            expect(answer.status() == 401, "the status was " + answer.status());
        });
        step("The session is over at Keycloak: the password is asked for again", () -> {
            var page = shown(browser.open(portal));
            expect(page.address().getHost().equals(site.host(Site.IDENTITY)), "it ended at " + page.address());
            expect(page.form().isPresent(), "there is no login form");
        });
    }

    private void step(String title, Step step) {
        steps++;
        out.println();
        out.println(steps + ". " + title);
        try {
            step.run();
            out.println("   ok");
        } catch (RuntimeException e) {
            failed++;
            out.println("   FAILED: " + e.getMessage());
        }
    }

    private Page shown(Page page) {
        for (var hop : page.hops()) {
            out.println("   " + hop.status() + " " + hop.method() + " " + brief(hop.address()));
        }
        return page;
    }

    private Message shown(Message answer) {
        out.println("   " + answer.status());
        return answer;
    }

    private String identity(Browser browser, URI address) {
        var lines = List.of(browser.fetch(address).text().split("\n"));
        var told = lines.stream()
                .filter(line -> line.toLowerCase().contains("x-auth-request-"))
                .collect(Collectors.joining("\n"));
        out.println(told);
        return told;
    }

    private static Message upgrade(Browser browser, URI address) {
        var fields = Fields.of(
                "Connection",
                "Upgrade",
                "Upgrade",
                "websocket",
                "Sec-WebSocket-Version",
                "13",
                "Sec-WebSocket-Key",
                "dGhlIHNhbXBsZSBub25jZQ==");
        return browser.get(address, fields);
    }

    private static boolean passed(Page page, String host) {
        return page.hops().stream().anyMatch(hop -> host.equals(hop.address().getHost()));
    }

    /** An address without the long values of a login. */
    private static String brief(URI address) {
        var text = address.toString();
        return text.length() <= 100 ? text : text.substring(0, 97) + "...";
    }

    private static void expect(boolean held, String otherwise) {
        if (!held) {
            throw new IllegalStateException(otherwise);
        }
    }
}
