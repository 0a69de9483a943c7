package io.github.postern.fakes;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the fake provider's realm knows, and how each of its endpoints answers. */
final class FakeRealm {
    private final String issuer;
    private final String client;
    private volatile String secret;
    private final Journal journal;
    private final SigningKeys keys = new SigningKeys();
    private final Grants grants = new Grants();
    private final Map<String, FakeUser> users = new ConcurrentHashMap<>();

    FakeRealm(String issuer, String client, String secret, Journal journal) {
        this.issuer = issuer;
        this.client = client;
        this.secret = secret;
        this.journal = journal;
    }

    void add(FakeUser user) {
        users.put(user.name(), user);
    }

    FakeUser user(String name) {
        return users.get(name);
    }

    String accessToken(FakeUser user, Consumer<Map<String, Object>> change, Forgery forgery) {
        var grant = new Grant(user, "", "", "", randomSid(), Instant.now());
        var claims = new Tokens(issuer, client, keys).accessToken(grant);
        change.accept(claims);
        return forgery.sign(keys, claims);
    }

    String logoutToken(Consumer<Map<String, Object>> change, Forgery forgery) {
        var claims = new Tokens(issuer, client, keys).logoutToken();
        change.accept(claims);
        return forgery.sign(keys, claims);
    }

    void secret(String changed) {
        secret = changed;
    }

    SigningKeys keys() {
        return keys;
    }

    Grants grants() {
        return grants;
    }

    /** Answers as Keycloak does, but for what is wrong at the moment. */
    void answer(Endpoint endpoint, ProviderExchange exchange, Misbehaviour misbehaviour) throws IOException {
        switch (endpoint) {
            case DISCOVERY -> exchange.json(200, discovery(misbehaviour));
            case KEYS -> exchange.answer(200, "application/json", keys.json());
            case AUTHORIZE -> authorize(exchange, misbehaviour);
            case TOKEN -> token(exchange, misbehaviour);
            case USERINFO -> userinfo(exchange, misbehaviour);
            case LOGOUT -> logout(exchange, misbehaviour);
            case ELSEWHERE -> exchange.answer(404, "text/plain", "");
        }
    }

    private Map<String, Object> discovery(Misbehaviour misbehaviour) {
        var document = new LinkedHashMap<String, Object>();
        document.put("issuer", issuer);
        document.put("authorization_endpoint", at(Endpoint.AUTHORIZE));
        document.put("token_endpoint", at(Endpoint.TOKEN));
        document.put("userinfo_endpoint", at(Endpoint.USERINFO));
        document.put("end_session_endpoint", at(Endpoint.LOGOUT));
        document.put("jwks_uri", at(Endpoint.KEYS));
        document.put("response_types_supported", List.of("code", "id_token", "code id_token"));
        document.put("response_modes_supported", List.of("query", "fragment", "form_post"));
        document.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        document.put("subject_types_supported", List.of("public", "pairwise"));
        document.put("id_token_signing_alg_values_supported", List.of("PS256", "ES256", "RS256", "HS256"));
        document.put("code_challenge_methods_supported", List.of("plain", "S256"));
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("backchannel_logout_supported", true);
        document.put("backchannel_logout_session_supported", true);
        document.put("frontchannel_logout_supported", true);
        document.put("frontchannel_logout_session_supported", true);
        misbehaviour.changeDiscovery(document);
        return document;
    }

    private String at(Endpoint endpoint) {
        return issuer.replaceFirst("/$", "") + endpoint.path();
    }

    private void authorize(ProviderExchange exchange, Misbehaviour misbehaviour) throws IOException {
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
        parameters.put("iss", issuer);
        parameters.put("code", grants.code(grant));
        journal.noteSecret(parameters.get("code"));
        misbehaviour.changeCallback(parameters);
        if (query.get("response_mode").equals("form_post")) {
            exchange.answer(200, "text/html", form(grant.redirectUri(), parameters));
        } else {
            exchange.redirect(grant.redirectUri() + "?" + Parameters.encode(parameters));
        }
    }

    /** A page whose script posts it at once, as OAuth 2.0 Form Post Response Mode has it. */
    private static String form(String address, Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry ->
                        "<input type=\"hidden\" name=\"" + entry.getKey() + "\" value=\"" + entry.getValue() + "\">")
                .collect(Collectors.joining("\n", "<form method=\"post\" action=\"" + address + "\">\n", "\n</form>"));
    }

    private FakeUser signingIn(ProviderExchange exchange) {
        return Optional.of(exchange.header("X-Fake-User"))
                .filter(name -> !name.isEmpty())
                .or(() -> Optional.of(exchange.query().get("login_hint")).filter(name -> !name.isEmpty()))
                .map(users::get)
                .orElse(users.get("alice"));
    }

    private void token(ProviderExchange exchange, Misbehaviour misbehaviour) throws IOException {
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
        var tokens = new Tokens(issuer, client, keys);
        var current = withPresentClaims(grant.get());
        var answer = tokens.answer(current, refreshed, misbehaviour);
        grants.remember(answer, current);
        for (var name : List.of("access_token", "refresh_token", "id_token")) {
            journal.noteSecret(answer.get(name));
        }
        if (refreshed) {
            misbehaviour.delayRefreshOf(current.user().name());
        }
        if (misbehaviour.losesAnswers(refreshed)) {
            return; // closing the exchange without an answer ends the connection
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

    private void userinfo(ProviderExchange exchange, Misbehaviour misbehaviour) throws IOException {
        var grant = grants.access(exchange.bearer());
        if (grant.isEmpty()) {
            exchange.json(401, error("invalid_token", "Token verification failed"));
            return;
        }
        var claims = new LinkedHashMap<>(grant.get().user().claims());
        misbehaviour.changeUserinfo(claims);
        exchange.json(200, claims);
    }

    private void logout(ProviderExchange exchange, Misbehaviour misbehaviour) throws IOException {
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
        var state = misbehaviour.returnedState(exchange.query().get("state"));
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
}
