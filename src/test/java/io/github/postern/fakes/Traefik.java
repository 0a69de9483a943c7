package io.github.postern.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What Traefik does to a request on its way: forwardAuth with {@code trustForwardHeader}, and plain forwarding. */
public final class Traefik {
    private static final List<String> IDENTITY = List.of(
            "X-Auth-Request-User",
            "X-Auth-Request-Email",
            "X-Auth-Request-Groups",
            "X-Auth-Request-Preferred-Username");

    private Traefik() {}

    /** The auth call for a request the user makes to an app. */
    public static Request authCall(Request users, Url url) {
        var headers = new ArrayList<>(users.headers());
        addIfAbsent(headers, "X-Forwarded-Method", users.method());
        addIfAbsent(headers, "X-Forwarded-Proto", url.scheme());
        addIfAbsent(headers, "X-Forwarded-Host", url.port() < 0 ? url.host() : url.host() + ":" + url.port());
        addIfAbsent(headers, "X-Forwarded-Uri", url.target());
        addIfAbsent(headers, "X-Forwarded-For", "192.0.2.7");
        return new Request("GET", "/oauth2/auth", headers, "");
    }

    /** A request that is passed on to Postern itself; what the client already says stays, as {@code trustForwardHeader} has it. */
    static Request proxied(Request users, Url url) {
        var headers = new ArrayList<>(users.headers());
        addIfAbsent(headers, "Host", url.host());
        addIfAbsent(headers, "X-Forwarded-Proto", url.scheme());
        addIfAbsent(headers, "X-Forwarded-Host", url.host());
        addIfAbsent(headers, "X-Forwarded-Port", url.scheme().equals("https") ? "443" : "80");
        addIfAbsent(headers, "X-Forwarded-For", "192.0.2.7");
        addIfAbsent(headers, "X-Real-Ip", "192.0.2.7");
        return new Request(users.method(), users.target(), headers, users.body());
    }

    /** What the user sees of the auth call's answer: refusals as they are, else the app with the identity it was told. */
    static Reply answer(Reply auth) {
        if (!auth.isSuccess()) {
            return auth;
        }
        var told = auth.headers().stream()
                .filter(header -> IDENTITY.stream().anyMatch(header::is))
                .map(header -> new Header("App-Saw-" + canonical(header.name()), header.value()))
                .toList();
        return new Reply(200, told, "the app");
    }

    private static String canonical(String name) {
        return name.substring("X-Auth-Request-".length()).toLowerCase(Locale.ROOT);
    }

    private static void addIfAbsent(List<Header> headers, String name, String value) {
        if (headers.stream().noneMatch(header -> header.is(name))) {
            headers.add(new Header(name, value));
        }
    }
}
