package io.github.postern.session;

import io.github.postern.config.CookieSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.util.encoders.Hex;
import org.pac4j.core.exception.TechnicalException;

/**
 * One cookie for each trip to the provider, named by its {@code state}, so that many tabs can be on their way at once
 * (RFC 9700, 4.7). Bounded in age, number and bytes, because browsers send them with every request.
 */
final class LoginCookies {
    private static final int MOST_CHARACTERS = 6000;
    private static final String SUFFIX = "_csrf";
    private final Seal seal;
    private final SealedCookie cookie;
    private final CookieSettings settings;
    private final InstantSource clock;
    private final Pattern family;

    LoginCookies(Seal seal, SealedCookie cookie, CookieSettings settings, InstantSource clock) {
        this.seal = seal;
        this.cookie = cookie;
        this.settings = settings;
        this.clock = clock;
        this.family = Pattern.compile(Pattern.quote(settings.name()) + "_[0-9a-f]{12}" + SUFFIX);
    }

    /** What was kept for this {@code state}; empty when unknown, forged or too old. */
    Map<String, String> read(HttpServletRequest request, String state) {
        String name = name(state);
        return SealedCookie.values(request, name).stream()
                .flatMap(value -> open(name, value).stream())
                .filter(trip -> trip.age(clock) <= settings.loginLifetime().toSeconds())
                .map(Trip::values)
                .findFirst()
                .orElse(Map.of());
    }

    void write(HttpServletRequest request, HttpServletResponse response, String state, Map<String, String> values) {
        String name = name(state);
        var fields = new FieldWriter();
        fields.number(clock.instant().getEpochSecond());
        fields.number(values.size());
        values.forEach((key, value) -> {
            fields.text(key);
            fields.text(value);
        });
        String sealed = seal.seal(fields.bytes(), purpose(name));
        makeRoom(request, response, sealed.length());
        cookie.write(request, response, new SealedCookie.Named(name, sealed), settings.loginLifetime());
    }

    void delete(HttpServletRequest request, HttpServletResponse response, String state) {
        cookie.delete(request, response, name(state));
    }

    /** Takes away every login cookie the browser sent. */
    void deleteAll(HttpServletRequest request, HttpServletResponse response) {
        cookie.deleteAll(request, response, this::owns);
    }

    private void makeRoom(HttpServletRequest request, HttpServletResponse response, int needed) {
        List<Kept> newestFirst = SealedCookie.names(request)
                .filter(this::owns)
                .limit(SealedCookie.MOST_DELETED)
                .map(name -> kept(request, name))
                .sorted(Comparator.comparingLong(Kept::began).reversed())
                .toList();
        int characters = needed;
        int count = 1;
        for (Kept kept : newestFirst) {
            characters += kept.characters();
            count++;
            if (kept.began() == 0 || count > settings.loginLimit() || characters > MOST_CHARACTERS) {
                cookie.delete(request, response, kept.name());
            }
        }
    }

    /** A cookie that does not open began at zero: it goes first. */
    private Kept kept(HttpServletRequest request, String name) {
        String value = SealedCookie.values(request, name).stream().findFirst().orElse("");
        long began = open(name, value)
                .filter(trip -> trip.age(clock) <= settings.loginLifetime().toSeconds())
                .map(Trip::began)
                .orElse(0L);
        return new Kept(name, value.length(), began);
    }

    private Optional<Trip> open(String name, String sealed) {
        try {
            return seal.open(sealed, purpose(name)).map(LoginCookies::decode);
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Trip decode(byte[] bytes) {
        var in = new FieldReader(bytes);
        long began = in.number();
        long count = in.number();
        Map<String, String> values = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            values.put(in.text(), in.text());
        }
        return new Trip(began, values);
    }

    private boolean owns(String cookieName) {
        return cookieName.startsWith(settings.name())
                && family.matcher(cookieName).matches();
    }

    private String name(String state) {
        return settings.name() + "_" + digest(state) + SUFFIX;
    }

    private static String digest(String state) {
        try {
            byte[] hash =
                    java.security.MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8));
            return Hex.toHexString(hash, 0, 6);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new TechnicalException("this Java has no SHA-256", e);
        }
    }

    private static String purpose(String name) {
        return "login " + name;
    }

    private record Trip(long began, Map<String, String> values) {
        long age(InstantSource clock) {
            return Math.abs(clock.instant().getEpochSecond() - began);
        }
    }

    private record Kept(String name, int characters, long began) {}
}
