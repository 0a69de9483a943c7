package io.github.postern.security;

import io.github.postern.config.CookieSettings;
import io.github.postern.config.SealingSecret;
import io.github.postern.fakes.FakeRequest;
import io.github.postern.fakes.FakeUser;
import io.github.postern.session.CookieSessionStore;
import io.github.postern.session.Revocations;
import io.github.postern.session.Seal;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.oidc.profile.OidcProfile;

/** Another replica of a gateway, with the same settings and a clock of its own: it seals sessions in this process. */
final class SecondInstance {
    private static final Duration LIFETIME = Duration.ofHours(168);
    private final CookieSessionStore store;
    private final InstantSource clock;

    /** @param secrets the cookie secrets, base64, separated by commas; the first seals */
    SecondInstance(String issuer, String secrets, InstantSource clock) {
        var settings = new CookieSettings(
                "_akko_oauth2",
                Stream.of(secrets.split(","))
                        .map(secret -> SealingSecret.of(Base64.getDecoder().decode(secret)))
                        .toList(),
                List.of("akko.local"),
                "/",
                true,
                true,
                "Lax",
                LIFETIME,
                Duration.ZERO,
                Duration.ofMinutes(15),
                10,
                "Lax",
                Duration.ZERO);
        this.clock = clock;
        this.store = CookieSessionStore.of(
                settings,
                new Seal(settings.secrets(), issuer + " " + Setup.CLIENT, new SecureRandom()),
                new Revocations(LIFETIME, (key, at) -> {}, clock),
                new CookieSessionStore.Uses(request -> "mlflow.akko.local", "/oauth2", "state", false),
                clock);
    }

    /** The session cookie of this person, issued now by this instance's clock, as {@code name=value}. */
    String session(FakeUser user) {
        var profile = new OidcProfile();
        profile.setId(user.subject());
        profile.addAttribute("email", user.claims().get("email"));
        profile.addAttribute(JwtClaims.JWT_ID, "session-of-" + user.name());
        profile.addAttribute(JwtClaims.ISSUED_AT, seconds(clock.instant()));
        profile.addAttribute(JwtClaims.EXPIRATION_TIME, seconds(clock.instant().plus(LIFETIME)));
        var lines = new ArrayList<String>();
        var context = new JEEContext(
                FakeRequest.get("/oauth2/callback").header("Host", "akko.local").toRequest(), response(lines));
        store.set(context, Pac4jConstants.USER_PROFILES, Map.of("oidc", profile));
        return lines.stream()
                .filter(line -> line.startsWith("_akko_oauth2="))
                .map(line -> line.substring(0, line.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no session cookie in " + lines));
    }

    /** Whether somebody is signed in here who comes with this {@code Cookie} header. */
    boolean opens(String cookies) {
        var request = FakeRequest.get("/oauth2/auth");
        for (String cookie : cookies.split("; ")) {
            request.cookie(cookie.substring(0, cookie.indexOf('=')), cookie.substring(cookie.indexOf('=') + 1));
        }
        return store.get(new JEEContext(request.toRequest(), response(new ArrayList<>())), Pac4jConstants.USER_PROFILES)
                .isPresent();
    }

    private static long seconds(Instant instant) {
        return instant.getEpochSecond();
    }

    /** A response that only keeps its {@code Set-Cookie} lines. */
    private static HttpServletResponse response(List<String> lines) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                SecondInstance.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeaders" -> List.copyOf(lines);
                    case "addHeader" -> lines.add((String) arguments[1]) ? null : null;
                    case "setHeader" -> {
                        lines.clear();
                        lines.add((String) arguments[1]);
                        yield null;
                    }
                    case "getCharacterEncoding" -> StandardCharsets.UTF_8.name();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
