package io.github.postern.session;

import io.github.postern.config.CookieSettings;
import io.github.postern.config.SealingSecret;
import io.github.postern.fakes.FakeRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.pac4j.core.context.WebContext;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.oidc.profile.OidcProfile;

/** A store and a browser that keeps the cookies it is told to, at a time of the test's choice. */
final class StoreBrowser {
    static final String STATE_KEY = "oidc$state";
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final BrowserSessionStore store;
    private final List<String> planted = new ArrayList<>();
    private Instant now;
    private String state = "";

    /** Makes the store under test, as the composition root would. */
    @FunctionalInterface
    interface Maker {
        BrowserSessionStore make(CookieSettings settings, Seal seal, CookieSessionStore.Uses uses, InstantSource clock);
    }

    /** With sessions in cookies. */
    StoreBrowser(Instant now) {
        this(now, Duration.ZERO);
    }

    /** @param idle how long sessions live without being used; zero for any time */
    StoreBrowser(Instant now, Duration idle) {
        this(
                now,
                idle,
                (settings, seal, uses, clock) -> CookieSessionStore.of(
                        settings, seal, new Revocations(settings.lifetime(), (key, at) -> {}, clock), uses, clock));
    }

    StoreBrowser(Instant now, Maker maker) {
        this(now, Duration.ZERO, maker);
    }

    StoreBrowser(Instant now, Duration idle, Maker maker) {
        this.now = now;
        var secret = SealingSecret.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        var settings = new CookieSettings(
                "_akko_oauth2",
                List.of(secret),
                List.of("akko.local"),
                "/",
                true,
                true,
                "Lax",
                Duration.ofHours(1),
                Duration.ZERO,
                Duration.ofMinutes(15),
                8,
                "Lax",
                idle);
        var seal = new Seal(List.of(secret), "test", new SecureRandom());
        var uses = new CookieSessionStore.Uses(request -> "app.akko.local", "/oauth2", STATE_KEY, false);
        this.store = maker.make(settings, seal, uses, () -> this.now);
    }

    BrowserSessionStore store() {
        return store;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    /** A sibling host's cookie of the session cookie's name, which the browser sends first. */
    void plant(String value) {
        planted.add(value);
    }

    void at(Instant instant) {
        now = instant;
    }

    /** The {@code state} parameter of the requests to come. */
    void state(String value) {
        state = value;
    }

    void send(Consumer<WebContext> work) {
        ask(context -> {
            work.accept(context);
            return "";
        });
    }

    <T> T ask(Function<WebContext, T> work) {
        var request = FakeRequest.get("/oauth2/callback?state=" + state);
        planted.forEach(value -> request.cookie("_akko_oauth2", value));
        cookies.forEach(request::cookie);
        List<String> setCookies = new ArrayList<>();
        HttpServletRequest asked = request.toRequest();
        T answer = work.apply(new JEEContext(asked, response(setCookies)));
        setCookies.forEach(this::keep);
        return answer;
    }

    Optional<OidcProfile> profile() {
        return ask(context -> store.get(context, Pac4jConstants.USER_PROFILES)).map(profiles ->
                (OidcProfile) ((Map<?, ?>) profiles).values().iterator().next());
    }

    private void keep(String header) {
        int equals = header.indexOf('=');
        String name = header.substring(0, equals);
        if (header.contains("; Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, header.substring(equals + 1, header.indexOf(';')));
        }
    }

    static HttpServletResponse response(List<String> setCookies) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                StoreBrowser.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeaders" -> (Collection<String>) List.copyOf(setCookies);
                    case "addHeader" -> setCookies.add((String) arguments[1]) ? null : null;
                    case "setHeader" -> {
                        setCookies.clear();
                        setCookies.add((String) arguments[1]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
