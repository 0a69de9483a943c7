package io.github.postern.fakes;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What is wrong with the provider at the moment; nothing, until a test says so. */
public final class Misbehaviour {
    private final Map<Endpoint, Canned> canned = new ConcurrentHashMap<>(new EnumMap<>(Endpoint.class));
    private volatile Forgery forgery = Forgery.none();
    private volatile Consumer<Map<String, Object>> claims = any -> {};
    private volatile Consumer<Map<String, Object>> refreshedClaims = any -> {};
    private volatile Consumer<Map<String, Object>> tokenAnswer = any -> {};
    private volatile Consumer<Map<String, Object>> userinfo = any -> {};
    private volatile Consumer<Map<String, Object>> discovery = any -> {};
    private volatile Consumer<Map<String, String>> callback = any -> {};
    private volatile UnaryOperator<String> returnedState = state -> state;
    private volatile boolean codesForEver;
    private volatile boolean rotation;
    private volatile boolean losesRefreshes;
    private volatile String retryAfter = "";
    private final Map<String, Duration> slowFor = new ConcurrentHashMap<>();

    /** An answer that has nothing to do with the question. */
    public record Canned(int status, String type, String body, Duration delay) {}

    /** This endpoint answers so until further notice. */
    public Misbehaviour answer(Endpoint endpoint, int status, String type, String body) {
        canned.put(endpoint, new Canned(status, type, body, Duration.ZERO));
        return this;
    }

    /** This endpoint answers correctly, but only after this time. */
    public Misbehaviour delay(Endpoint endpoint, Duration delay) {
        canned.put(endpoint, new Canned(0, "", "", delay));
        return this;
    }

    /** This endpoint is well again. */
    public Misbehaviour heal(Endpoint endpoint) {
        canned.remove(endpoint);
        return this;
    }

    /** ID tokens are signed so. */
    public Misbehaviour sign(Forgery how) {
        forgery = how;
        return this;
    }

    /** The claims of ID tokens are changed before they are signed. */
    public Misbehaviour claims(Consumer<Map<String, Object>> change) {
        claims = change;
        return this;
    }

    /** The same, only for ID tokens that come with a refresh. */
    public Misbehaviour refreshedClaims(Consumer<Map<String, Object>> change) {
        refreshedClaims = change;
        return this;
    }

    /** The token endpoint's JSON is changed before it is sent. */
    public Misbehaviour tokenAnswer(Consumer<Map<String, Object>> change) {
        tokenAnswer = change;
        return this;
    }

    public Misbehaviour userinfo(Consumer<Map<String, Object>> change) {
        userinfo = change;
        return this;
    }

    public Misbehaviour discovery(Consumer<Map<String, Object>> change) {
        discovery = change;
        return this;
    }

    /** The parameters of the redirect back to us are changed. */
    public Misbehaviour callback(Consumer<Map<String, String>> change) {
        callback = change;
        return this;
    }

    /** A sign-out comes back with this state in place of the one that was sent. */
    public Misbehaviour returnState(UnaryOperator<String> change) {
        returnedState = change;
        return this;
    }

    /** Codes work again and again, whoever asks with whatever verifier: only the relying party is left to notice. */
    public Misbehaviour codesForEver() {
        codesForEver = true;
        return this;
    }

    /** Refresh tokens are spent, and the connection ends before anybody hears of the new ones. */
    public Misbehaviour losesRefreshes() {
        losesRefreshes = true;
        return this;
    }

    /** Canned answers say when to come back. */
    public Misbehaviour retryAfter(String value) {
        retryAfter = value;
        return this;
    }

    /** The tokens of this account alone take so long to renew. */
    public Misbehaviour slowFor(String user, Duration delay) {
        slowFor.put(user, delay);
        return this;
    }

    /** A refresh token works once (Keycloak's revokeRefreshToken). */
    public Misbehaviour rotation() {
        rotation = true;
        return this;
    }

    Optional<Canned> canned(Endpoint endpoint) {
        return Optional.ofNullable(canned.get(endpoint));
    }

    Forgery forgery() {
        return forgery;
    }

    void changeClaims(Map<String, Object> idToken, boolean refreshed) {
        claims.accept(idToken);
        if (refreshed) {
            refreshedClaims.accept(idToken);
        }
    }

    void changeTokenAnswer(Map<String, Object> answer) {
        tokenAnswer.accept(answer);
    }

    void changeUserinfo(Map<String, Object> answer) {
        userinfo.accept(answer);
    }

    void changeDiscovery(Map<String, Object> document) {
        discovery.accept(document);
    }

    void changeCallback(Map<String, String> parameters) {
        callback.accept(parameters);
    }

    String returnedState(String sent) {
        return returnedState.apply(sent);
    }

    boolean acceptsUsedCodes() {
        return codesForEver;
    }

    boolean losesAnswers(boolean refreshed) {
        return refreshed && losesRefreshes;
    }

    String retryAfter() {
        return retryAfter;
    }

    void delayRefreshOf(String user) {
        try {
            Thread.sleep(slowFor.getOrDefault(user, Duration.ZERO).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean rotates() {
        return rotation;
    }
}
