package io.github.postern.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * An identity provider that answers like Keycloak's realm {@code akko}, without a login form: whoever the header {@code X-Fake-User} or
 * the parameter {@code login_hint} names is signed in at once, else alice. {@link #misbehave} makes it lie.
 */
public final class FakeKeycloak implements AutoCloseable {
    private static final String REALM = "/realms/akko";

    private final HttpServer server;
    private final Optional<HttpServer> plain;
    private final ExecutorService threads = Executors.newCachedThreadPool(FakeKeycloak::daemon);
    private final Journal journal = new Journal();
    private final FakeRealm realm;
    private volatile Misbehaviour misbehaviour = new Misbehaviour();

    private FakeKeycloak(String client, String secret, int port, Optional<SSLContext> tls) {
        server = tls.isPresent() ? secure(tls.get()) : plain(port);
        plain = tls.map(secured -> plain(0));
        realm = new FakeRealm(issuer(), client, secret, journal);
        open(server);
        plain.ifPresent(this::open);
        add(FakeUser.named("alice").in("/admins", "/data").withRoles(List.of("admin"), client, List.of("editor")));
        add(FakeUser.named("bob"));
        add(FakeUser.named("carol").in("/data/ml").with("email_verified", false));
        journal.noteSecret(secret);
        server.start();
        plain.ifPresent(HttpServer::start);
    }

    private void open(HttpServer opened) {
        opened.setExecutor(threads);
        for (var endpoint : Endpoint.values()) {
            opened.createContext(REALM + endpoint.path(), exchange -> serve(endpoint, exchange));
        }
    }

    private static HttpServer plain(int port) {
        try {
            return HttpServer.create(address(port), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer secure(SSLContext tls) {
        try {
            var secure = HttpsServer.create(address(0), 200);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            return secure;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress address(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    }

    /** A provider on a free loopback port that knows this client. */
    public static FakeKeycloak start(String client, String secret) {
        return start(client, secret, 0);
    }

    /** A provider on this loopback port; 0 means any. */
    public static FakeKeycloak start(String client, String secret, int port) {
        return new FakeKeycloak(client, secret, port, Optional.empty());
    }

    /** A provider at https://localhost whose issuer ends with a slash, as the certification suite's does. */
    public static FakeKeycloak startSecure(String client, String secret, SSLContext tls) {
        return new FakeKeycloak(client, secret, 0, Optional.of(tls));
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
        return plain.isPresent() ? "https://localhost:" + port() + REALM + "/" : "http://127.0.0.1:" + port() + REALM;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Where the same provider answers without TLS. */
    public int plainPort() {
        return plain.orElse(server).getAddress().getPort();
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

    /** A logout token, changed and signed as told; {@code change} must say who is meant. */
    public String logoutToken(Consumer<Map<String, Object>> change, Forgery forgery) {
        String token = realm.logoutToken(change, forgery);
        journal.noteSecret(token);
        return token;
    }

    /** A logout token for one session, as it should be. */
    public String logoutToken(String user, String sid) {
        return logoutToken(
                claims -> {
                    claims.put("sub", realm.user(user).subject());
                    claims.put("sid", sid);
                },
                Forgery.logout());
    }

    /** The session of this account that began last. */
    public String lastSessionOf(String user) {
        return realm.grants().lastSessionOf(user);
    }

    /** An administrator gives the client another secret; the old one is refused. */
    public void changeClientSecret(String secret) {
        journal.noteSecret(secret);
        realm.secret(secret);
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
        plain.ifPresent(other -> other.stop(0));
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
