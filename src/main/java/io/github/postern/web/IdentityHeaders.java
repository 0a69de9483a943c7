package io.github.postern.web;

import io.github.postern.config.AppHeaders;
import io.github.postern.config.HeaderSettings;
import io.github.postern.config.HeaderSettings.BasicAuth;
import io.github.postern.config.HeaderSettings.SignedIdentity;
import io.github.postern.gate.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The identity headers of an allowed request: all of them every time, empty when unknown, because some proxies let the
 * client's own header through where ours is missing. {@code Authorization} alone is left out where there is no token: an empty
 * one would be an error to most apps.
 */
public final class IdentityHeaders {
    /** For all claim headers of one answer together; beside the usual headers it fits into what our server sends. */
    private static final int ROOM_FOR_CLAIMS = 3_072;

    private final HeaderSettings settings;
    private final Supplier<? extends Collection<String>> appHeaders;
    private final Optional<IdentityTokens> tokens;
    private final List<String> names;

    /**
     * @param settings which headers the operator wants
     * @param appHeaders the names of all headers that some app gets besides
     * @param tokens what makes the signed header, where the settings want one
     */
    public IdentityHeaders(
            HeaderSettings settings,
            Supplier<? extends Collection<String>> appHeaders,
            Optional<IdentityTokens> tokens) {
        this.settings = settings;
        this.appHeaders = appHeaders;
        this.tokens = tokens;
        this.names = names(settings);
    }

    private static List<String> names(HeaderSettings settings) {
        List<String> names = new ArrayList<>(List.of("GAP-Auth"));
        if (settings.identity()) {
            names.addAll(List.of(
                    "X-Auth-Request-User",
                    "X-Auth-Request-Email",
                    "X-Auth-Request-Preferred-Username",
                    "X-Auth-Request-Groups"));
        }
        if (settings.accessToken()) {
            names.add("X-Auth-Request-Access-Token");
        }
        names.addAll(settings.usual().claims().keySet());
        settings.signed().map(SignedIdentity::header).ifPresent(names::add);
        return List.copyOf(names);
    }

    /** @param app the headers that this app wants besides; they win over the usual ones of the same name */
    void write(Caller caller, AppHeaders app, HttpServletResponse response) {
        put(response, "GAP-Auth", caller.email().isEmpty() ? caller.subject() : caller.email());
        if (settings.identity()) {
            AppHeaders deciding = app.userIdClaim().isEmpty() ? settings.usual() : app;
            put(response, "X-Auth-Request-User", ClaimText.of(caller, deciding.userIdClaim()));
            put(response, "X-Auth-Request-Email", caller.email());
            put(response, "X-Auth-Request-Preferred-Username", caller.preferredUsername());
            put(response, "X-Auth-Request-Groups", ClaimText.joined(caller.groups()));
        }
        if (settings.accessToken()) {
            put(response, "X-Auth-Request-Access-Token", caller.tokens().access());
        }
        writeBearer(caller, response);
        clear(response, appHeaders.get());
        int room = putClaims(response, caller, settings.usual().claims(), ROOM_FOR_CLAIMS);
        putClaims(response, caller, app.claims(), room);
    }

    /** The signed header, where it is wanted: empty when the app's host is not certain. */
    void sign(Caller caller, AppHeaders app, HttpServletRequest request, HttpServletResponse response) {
        if (tokens.isPresent()) {
            response.setHeader(tokens.get().header(), tokens.get().of(caller, app, request));
        }
    }

    /** For a request that passes without a session. */
    void writeNobody(HttpServletResponse response) {
        clear(response, names);
        clear(response, appHeaders.get());
    }

    /** Whether apps are sent a password. */
    boolean hasPassword() {
        return settings.basic().isPresent();
    }

    /** The user as Basic credentials, where they are wanted: for apps only, since the password is the same for everybody. */
    void writePassword(Caller caller, HttpServletResponse response) {
        settings.basic().ifPresent(basic -> basic(caller, basic, response));
    }

    private void writeBearer(Caller caller, HttpServletResponse response) {
        if (settings.authorization() && !caller.tokens().id().isEmpty()) {
            put(response, "Authorization", "Bearer " + caller.tokens().id());
        }
    }

    /** A colon ends the user's name there: with one in it, an app would read another's name. RFC 7617, 2 */
    private static void basic(Caller caller, BasicAuth basic, HttpServletResponse response) {
        String user = basic.byEmail() ? caller.email() : caller.subject();
        if (!user.isEmpty() && user.indexOf(':') < 0) {
            byte[] credentials = (user + ":" + basic.password().value()).getBytes(StandardCharsets.UTF_8);
            response.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        }
    }

    private static void clear(HttpServletResponse response, Iterable<String> names) {
        for (String name : names) {
            response.setHeader(name, "");
        }
    }

    /** A value that has no room left is sent empty. */
    private static int putClaims(HttpServletResponse response, Caller caller, Map<String, String> claims, int room) {
        if (claims.isEmpty()) {
            return room; // the usual case, for which nothing is made
        }
        int left = room;
        for (Map.Entry<String, String> header : claims.entrySet()) {
            String value = asHeader(ClaimText.of(caller, header.getValue()));
            boolean fits = value.length() <= left;
            response.setHeader(header.getKey(), fits ? value : "");
            left -= fits ? value.length() : 0;
        }
        return left;
    }

    private static void put(HttpServletResponse response, String name, String value) {
        response.setHeader(name, asHeader(value));
    }

    /** Tomcat writes a header's characters as ISO-8859-1 octets; apps expect UTF-8. Controls cannot be sent. RFC 9110, 5.5 */
    private static String asHeader(String value) {
        boolean plain = true;
        for (int i = 0; i < value.length() && plain; i++) {
            char c = value.charAt(i);
            plain = c >= ' ' && c < 0x7F;
        }
        if (plain) {
            return value;
        }
        String printable = value.codePoints()
                .filter(point -> !Character.isISOControl(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new String(printable.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
