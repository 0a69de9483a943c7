package io.github.postern.fakes;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An identity provider that answers like Keycloak's realm {@code akko}, without a login form: whoever the header {@code X-Fake-User} or
 * the parameter {@code login_hint} names is signed in at once, else alice. {@link #misbehave} makes it lie.
 */
public final class FakeKeycloak implements AutoCloseable {
    private static final String REALM = "/realms/akko";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(FakeKeycloak::daemon);
    private final String client;
    private final String secret;
    private final SigningKeys keys = new SigningKeys();
    private final Grants grants = new Grants();
    private final Journal journal = new Journal();
    private final Map<String, FakeUser> users = new ConcurrentHashMap<>();
    private volatile Misbehaviour misbehaviour = new Misbehaviour();

    private FakeKeycloak(String client, String secret, int port) {
        this.client = client;
        this.secret = secret;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        users.put(user.name(), user);
        return this;
    }

    /** What has been asked so far. */
    public Journal journal() {
        return journal;
    }

    public SigningKeys keys() {
        return keys;
    }

    /** From now on the provider does what the result is told, and only that. */
    public Misbehaviour misbehave() {
        misbehaviour = new Misbehaviour();
        return misbehaviour;
    }

    /** An administrator ends all sessions of an account; refresh tokens die. */
    public void endSessionsOf(String user) {
        grants.endSessionsOf(user);
    }

    /** Whether this session of ours has been ended. */
    public boolean hasEnded(String sid) {
        return grants.hasEnded(sid);
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
                    exchange.answer(
                            canned.get().status(),
                            canned.get().type(),
                            canned.get().body());
                    return;
                }
            }
            switch (endpoint) {
                case DISCOVERY -> exchange.json(200, discovery());
                case KEYS -> exchange.answer(200, "application/json", keys.json());
                case AUTHORIZE -> authorize(exchange);
                case TOKEN -> token(exchange);
                case USERINFO -> userinfo(exchange);
                case LOGOUT -> logout(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> discovery() {
        var document = new LinkedHashMap<String, Object>();
        document.put("issuer", issuer());
        document.put("authorization_endpoint", issuer() + Endpoint.AUTHORIZE.path());
        document.put("token_endpoint", issuer() + Endpoint.TOKEN.path());
        document.put("userinfo_endpoint", issuer() + Endpoint.USERINFO.path());
        document.put("end_session_endpoint", issuer() + Endpoint.LOGOUT.path());
        document.put("jwks_uri", issuer() + Endpoint.KEYS.path());
        document.put("response_types_supported", List.of("code", "id_token", "code id_token"));
        document.put("response_modes_supported", List.of("query", "fragment", "form_post"));
        document.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        document.put("subject_types_supported", List.of("public", "pairwise"));
        document.put("id_token_signing_alg_values_supported", List.of("PS256", "ES256", "RS256", "HS256"));
        document.put("code_challenge_methods_supported", List.of("plain", "S256"));
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("backchannel_logout_supported", true);
        misbehaviour.changeDiscovery(document);
        return document;
    }

    private void authorize(ProviderExchange exchange) throws IOException {
        var query = exchange.query();
        var grant = new Grant(
                signingIn(exchange),
                query.get("nonce"),
                query.get("code_challenge"),
                query.get("redirect_uri"),
                randomSid(),
                Instant.now());
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("state", query.get("state"));
        parameters.put("session_state", grant.sid());
        parameters.put("iss", issuer());
        parameters.put("code", grants.code(grant));
        journal.noteSecret(parameters.get("code"));
        misbehaviour.changeCallback(parameters);
        exchange.redirect(grant.redirectUri() + "?" + Parameters.encode(parameters));
    }

    private FakeUser signingIn(ProviderExchange exchange) {
        return Optional.of(exchange.header("X-Fake-User"))
                .filter(name -> !name.isEmpty())
                .or(() -> Optional.of(exchange.query().get("login_hint")).filter(name -> !name.isEmpty()))
                .map(users::get)
                .orElse(users.get("alice"));
    }

    private void token(ProviderExchange exchange) throws IOException {
        var form = exchange.form();
        if (!exchange.authenticates(client, secret)) {
            exchange.json(401, error("unauthorized_client", "Invalid client or Invalid client credentials"));
            return;
        }
        var refreshed = form.get("grant_type").equals("refresh_token");
        var grant =
                refreshed ? grants.refresh(form.get("refresh_token"), misbehaviour) : grants.redeem(form, misbehaviour);
        if (grant.isEmpty()) {
            exchange.json(400, error("invalid_grant", refreshed ? "Session not active" : "Code not valid"));
            return;
        }
        var tokens = new Tokens(issuer(), client, keys);
        var current = withPresentClaims(grant.get());
        var answer = tokens.answer(current, refreshed, misbehaviour);
        grants.remember(answer, current);
        for (var name : List.of("access_token", "refresh_token", "id_token")) {
            journal.noteSecret(answer.get(name));
        }
        exchange.json(200, answer);
    }

    /** The account may have changed since it signed in. */
    private Grant withPresentClaims(Grant grant) {
        return new Grant(
                users.getOrDefault(grant.user().name(), grant.user()),
                grant.nonce(),
                grant.challenge(),
                grant.redirectUri(),
                grant.sid(),
                grant.authenticated());
    }

    private void userinfo(ProviderExchange exchange) throws IOException {
        var grant = grants.access(exchange.bearer());
        if (grant.isEmpty()) {
            exchange.json(401, error("invalid_token", "Token verification failed"));
            return;
        }
        var claims = new LinkedHashMap<>(grant.get().user().claims());
        misbehaviour.changeUserinfo(claims);
        exchange.json(200, claims);
    }

    private void logout(ProviderExchange exchange) throws IOException {
        var parts = exchange.query().get("id_token_hint").split("\\.");
        if (parts.length == 3) {
            try {
                var claims = JSONObjectUtils.parse(new Base64URL(parts[1]).decodeToString());
                grants.endSession(String.valueOf(claims.get("sid")));
            } catch (ParseException e) {
                exchange.answer(400, "text/html", "Invalid parameter: id_token_hint");
                return;
            }
        }
        var back = exchange.query().get("post_logout_redirect_uri");
        if (back.isEmpty()) {
            exchange.answer(200, "text/html", "You are logged out");
            return;
        }
        var state = exchange.query().get("state");
        exchange.redirect(state.isEmpty() ? back : back + (back.contains("?") ? "&" : "?") + "state=" + state);
    }

    private static Map<String, Object> error(String code, String description) {
        return Map.of("error", code, "error_description", description);
    }

    private static String randomSid() {
        var bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64URL.encode(bytes).toString();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "fake-keycloak");
        thread.setDaemon(true);
        return thread;
    }
}
