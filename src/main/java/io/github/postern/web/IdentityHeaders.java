package io.github.postern.web;

import io.github.postern.config.AppHeaders;
import io.github.postern.config.HeaderSettings;
import io.github.postern.gate.Caller;
import io.github.postern.gate.ClaimValues;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The identity headers of an allowed request: all of them every time, empty when unknown, because some proxies let the
 * client's own header through where ours is missing. {@code Authorization} alone is left out where there is no token: an empty
 * one would be an error to most apps.
 */
public final class IdentityHeaders {
    private final HeaderSettings settings;

    /** @param settings which headers the operator wants */
    public IdentityHeaders(HeaderSettings settings) {
        this.settings = settings;
    }

    void write(Caller caller, HttpServletResponse response) {
        if (settings.identity()) {
            put(response, "X-Auth-Request-User", caller.subject());
            put(response, "X-Auth-Request-Email", caller.email());
            put(response, "X-Auth-Request-Preferred-Username", caller.preferredUsername());
            put(response, "X-Auth-Request-Groups", joined(caller.groups()));
        }
        if (settings.accessToken()) {
            put(response, "X-Auth-Request-Access-Token", caller.tokens().access());
        }
        if (settings.authorization() && !caller.tokens().id().isEmpty()) {
            put(response, "Authorization", "Bearer " + caller.tokens().id());
        }
    }

    /** For a request that passes without a session. */
    void writeNobody(HttpServletResponse response) {
        if (settings.identity()) {
            response.setHeader("X-Auth-Request-User", "");
            response.setHeader("X-Auth-Request-Email", "");
            response.setHeader("X-Auth-Request-Preferred-Username", "");
            response.setHeader("X-Auth-Request-Groups", "");
        }
        if (settings.accessToken()) {
            response.setHeader("X-Auth-Request-Access-Token", "");
        }
    }

    /** The same, with what one app wants besides or instead. */
    void write(Caller caller, AppHeaders app, HttpServletResponse response) {
        write(caller, response);
        if (settings.identity() && !app.userIdClaim().isEmpty()) {
            put(response, "X-Auth-Request-User", text(caller, app.userIdClaim()));
        }
        app.claims().forEach((name, claim) -> put(response, name, text(caller, claim)));
    }

    /** Of a claim with one value, that value as it is; commas separate the values of others. */
    private static String text(Caller caller, String claim) {
        List<String> values = ClaimValues.of(caller, claim);
        boolean single = claim.equals("sub") || claim.equals("email") || claim.equals("preferred_username");
        return single && !values.isEmpty() ? values.get(0) : joined(values);
    }

    /** A group with a comma in its name would read as two groups: it is left out. */
    private static String joined(List<String> groups) {
        if (groups.isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        for (String group : groups) {
            if (group.indexOf(',') < 0) {
                text.append(text.isEmpty() ? "" : ",").append(group);
            }
        }
        return text.toString();
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
