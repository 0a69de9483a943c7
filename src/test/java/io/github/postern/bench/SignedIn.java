package io.github.postern.bench;

import io.github.postern.fakes.FakeBrowser;
import io.github.postern.fakes.FakeKeycloak;
import io.github.postern.fakes.RawHttp;
import io.github.postern.fakes.Request;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/** The provider of {@code ./bench}, and a user who signs in there: prints the session cookie, then serves until the input ends. */
public final class SignedIn {
    private static final String APP = "https://mlflow.akko.local/x?y=1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SignedIn() {}

    /**
     * Signs alice in.
     *
     * @param arguments client id, client secret, the provider's port, Postern's port
     */
    public static void main(String[] arguments) throws Exception {
        int provider = Integer.parseInt(arguments[2]);
        var postern = new RawHttp(Integer.parseInt(arguments[3]), "127.0.0.1", (request, reply) -> {});
        try (var keycloak = FakeKeycloak.start(arguments[0], arguments[1], provider)) {
            await(postern);
            var browser = new FakeBrowser(postern, new RawHttp(keycloak.port(), "127.0.0.1", (q, a) -> {}), "alice");
            var visit = browser.open(APP);
            if (visit.page().status() != 200) {
                throw new IllegalStateException("alice could not sign in: " + visit);
            }
            System.out.println(browser.cookiesFor(APP));
            System.in.transferTo(System.err);
        }
    }

    private static void await(RawHttp postern) throws InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (!isReady(postern)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Postern is not ready after " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(100);
        }
    }

    private static boolean isReady(RawHttp postern) {
        try {
            return postern.send(Request.get("/ready")).status() == 200;
        } catch (UncheckedIOException e) {
            return false; // not listening yet
        }
    }
}
