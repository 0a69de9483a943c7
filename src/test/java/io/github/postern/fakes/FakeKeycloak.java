package io.github.postern.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * An identity provider that answers like Keycloak's realm {@code akko}, without a login form: whoever the header {@code X-Fake-User} or
 * the parameter {@code login_hint} names is signed in at once, else alice. {@link #misbehave} makes it lie.
 */
public final class FakeKeycloak implements AutoCloseable {
    private static final String REALM = "/realms/akko";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(FakeKeycloak::daemon);
    private final Journal journal = new Journal();
    private final FakeRealm realm;
    private volatile Misbehaviour misbehaviour = new Misbehaviour();

    private FakeKeycloak(String client, String secret, int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        realm = new FakeRealm(issuer(), client, secret, journal);
        server.setExecutor(threads);
        for (var endpoint : Endpoint.values()) {
            server.createContext(REALM + endpoint.path(), exchange -> serve(endpoint, exchange));
        }
        add(FakeUser.named("alice").in("/admins", "/data").withRoles(List.of("admin"), client, List.of("editor")));
        add(FakeUser.named("bob"));
        add(FakeUser.named("carol").in("/data/ml").with("email_verified", false));
        journal.noteSecret(secret);
        server.start();
    }

    /** A provider on a free loopback port that knows this client. */
    public static FakeKeycloak start(String client, String secret) {
        return start(client, secret, 0);
    }

    /** A provider on this loopback port; 0 means any. */
    public static FakeKeycloak start(String client, String secret, int port) {
        return new FakeKeycloak(client, secret, port);
    }

    /** Runs until interrupted, to click through by hand. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        try (var keycloak = start("akko-oauth2-proxy", "a client secret for clicking", port)) {
            System.out.println("issuer " + keycloak.issuer() + ", users alice, bob, carol (?login_hint=bob)");
            Thread.currentThread().join();
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + port() + REALM;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Adds an account, or changes the one of this name. */
    public FakeKeycloak add(FakeUser user) {
        realm.add(user);
        return this;
    }

    /** What has been asked so far. */
    public Journal journal() {
        return journal;
    }

    public SigningKeys keys() {
        return realm.keys();
    }

    /** From now on the provider does what the result is told, and only that. */
    public Misbehaviour misbehave() {
        misbehaviour = new Misbehaviour();
        return misbehaviour;
    }

    /** An access token for this account, changed and signed as told; nobody but its receiver may see it. */
    public String accessToken(FakeUser user, Consumer<Map<String, Object>> change, Forgery forgery) {
        String token = realm.accessToken(user, change, forgery);
        journal.noteSecret(token);
        return token;
    }

    /** An access token as it should be. */
    public String accessToken(String user) {
        return accessToken(realm.user(user), claims -> {}, Forgery.none());
    }

    /** An administrator ends all sessions of an account; refresh tokens die. */
    public void endSessionsOf(String user) {
        realm.grants().endSessionsOf(user);
    }

    /** Whether this session of ours has been ended. */
    public boolean hasEnded(String sid) {
        return realm.grants().hasEnded(sid);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(Endpoint endpoint, HttpExchange raw) throws IOException {
        try (var exchange = new ProviderExchange(raw)) {
            journal.note(exchange.call(endpoint));
            exchange.secrets().forEach(journal::noteSecret);
            var canned = misbehaviour.canned(endpoint);
            if (canned.isPresent()) {
                Thread.sleep(canned.get().delay().toMillis());
                if (canned.get().status() > 0) {
                    if (!misbehaviour.retryAfter().isEmpty()) {
                        exchange.say("Retry-After", misbehaviour.retryAfter());
                    }
                    exchange.answer(
                            canned.get().status(),
                            canned.get().type(),
                            canned.get().body());
                    return;
                }
            }
            realm.answer(endpoint, exchange, misbehaviour);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "fake-keycloak");
        thread.setDaemon(true);
        return thread;
    }
}
