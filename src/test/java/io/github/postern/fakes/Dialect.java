package io.github.postern.fakes;

import io.github.postern.config.ForwardedSettings.Source;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** How each proxy turns a user's request into its question to {@code /oauth2/auth}. */
public enum Dialect {
    /** forwardAuth with trustForwardHeader, X-Forwarded-* of strangers dropped at the entry point. */
    TRAEFIK(Source.X_FORWARDED, true) {
        @Override
        public FakeRequest ask(FakeRequest user) {
            boolean socket = !user.values("Upgrade").isEmpty();
            String scheme = socket ? user.scheme().replace("http", "ws") : user.scheme();
            return FakeRequest.get("/oauth2/auth")
                    .header("Host", "postern:4180")
                    .headersOf(user, except("host", "connection", "upgrade").and(notForwarded()))
                    .header("X-Forwarded-Method", user.method())
                    .header("X-Forwarded-Proto", scheme)
                    .header("X-Forwarded-Host", user.authority())
                    .header("X-Forwarded-Uri", uri(user.target()))
                    .header("X-Forwarded-For", USER)
                    .header("X-Forwarded-Port", "443")
                    .header("X-Forwarded-Server", "traefik-0")
                    .header("X-Real-Ip", USER);
        }

        @Override
        public String uri(String sent) {
            return sent.replaceAll("^/+", "/");
        }
    },

    /** forward_auth with {@code uri /oauth2/auth}: the user's query comes along, and so does Upgrade. */
    CADDY(Source.X_FORWARDED, true) {
        @Override
        public FakeRequest ask(FakeRequest user) {
            String query = user.target().contains("?") ? user.target().replaceFirst("^[^?]*", "") : "";
            return FakeRequest.get("/oauth2/auth" + query)
                    .headersOf(user, notForwarded())
                    .header("X-Forwarded-Method", user.method())
                    .header("X-Forwarded-Proto", user.scheme())
                    .header("X-Forwarded-Host", user.authority())
                    .header("X-Forwarded-Uri", user.target())
                    .header("X-Forwarded-For", USER)
                    .header("X-Real-IP", USER);
        }
    },

    /** auth_request as our documentation has it. */
    NGINX(Source.X_FORWARDED, false) {
        @Override
        public FakeRequest ask(FakeRequest user) {
            return FakeRequest.get("/oauth2/auth")
                    .headersOf(
                            user,
                            except("connection", "upgrade", "x-original-url", "x-original-method", "content-length")
                                    .and(notForwarded()))
                    .header("X-Real-IP", USER)
                    .header("X-Forwarded-For", USER)
                    .header("X-Forwarded-Host", user.authority())
                    .header("X-Forwarded-Proto", user.scheme())
                    .header("X-Forwarded-Uri", user.target())
                    .header("X-Original-URL", user.scheme() + "://" + user.authority() + user.target())
                    .header("X-Original-Method", user.method())
                    .header("X-Forwarded-Method", user.method());
        }
    },

    /** The auth-url annotation: our own Host, and a client's X-Forwarded-Uri passes. */
    INGRESS_NGINX(Source.X_ORIGINAL_URL, false) {
        @Override
        public FakeRequest ask(FakeRequest user) {
            var stripped = except(
                    "host",
                    "connection",
                    "upgrade",
                    "content-length",
                    "x-forwarded-host",
                    "x-forwarded-proto",
                    "x-forwarded-for",
                    "x-original-url",
                    "x-original-method",
                    "x-auth-request-redirect");
            return FakeRequest.get("/oauth2/auth")
                    .header("Host", "postern.auth.svc.cluster.local:4180")
                    .headersOf(user, stripped)
                    .header("X-Original-URL", user.scheme() + "://" + user.authority() + user.target())
                    .header("X-Original-Method", user.method())
                    .header("X-Auth-Request-Redirect", user.target())
                    .header("X-Sent-From", "nginx-ingress-controller")
                    .header("X-Forwarded-For", USER)
                    .header("X-Real-IP", USER);
        }
    },

    /** haproxy-auth-request: HEAD, lower-case names, Upgrade kept, a body announced that never comes. */
    HAPROXY(Source.X_FORWARDED, true) {
        @Override
        public FakeRequest ask(FakeRequest user) {
            return FakeRequest.of("HEAD", "/oauth2/auth")
                    .header("host", "127.0.0.1:4180")
                    .headersOf(user, except("host", "expect").and(notForwarded()))
                    .header("x-forwarded-method", user.method())
                    .header("x-forwarded-proto", user.scheme())
                    .header("x-forwarded-host", user.authority())
                    .header("x-forwarded-uri", user.target())
                    .header("x-forwarded-for", USER)
                    .header("x-real-ip", USER)
                    .header("connection", "close");
        }
    },

    /** ext_authz over HTTP: the original request line and Host, and of the headers only those the operator listed. */
    ENVOY(Source.REQUEST, true) {
        @Override
        public FakeRequest ask(FakeRequest user) {
            return FakeRequest.of(user.method(), user.target())
                    .headersOf(user, name -> LISTED.contains(name) || name.startsWith("sec-fetch-"))
                    .header("X-Forwarded-Proto", user.scheme())
                    .header("Content-Length", "0")
                    .header("x-envoy-internal", "true")
                    .header("X-Real-IP", USER);
        }
    };

    /** The address the user comes from. */
    public static final String USER = "203.0.113.7";

    private static final Set<String> LISTED = Set.of("host", "cookie", "accept", "authorization");

    private final Source source;
    private final boolean redirectCapable;

    Dialect(Source source, boolean redirectCapable) {
        this.source = source;
        this.redirectCapable = redirectCapable;
    }

    /** The proxy's question about a user's request. */
    public abstract FakeRequest ask(FakeRequest user);

    /** The path and query as this proxy passes them on, to the app and to us. */
    public String uri(String sent) {
        return sent;
    }

    /** The setting that goes with this proxy. */
    public Source source() {
        return source;
    }

    /** Whether it hands our 302 to the browser. */
    public boolean redirectCapable() {
        return redirectCapable;
    }

    private static Predicate<String> except(String... names) {
        return name -> !Set.of(names).contains(name.toLowerCase(Locale.ROOT));
    }

    private static Predicate<String> notForwarded() {
        return name -> !name.startsWith("x-forwarded-") && !name.equals("x-real-ip");
    }
}
