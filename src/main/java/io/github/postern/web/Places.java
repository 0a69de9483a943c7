package io.github.postern.web;

import io.github.postern.config.Level;
import io.github.postern.config.Settings;
import io.github.postern.forwarded.CheckPaths;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.forwarded.ForwardedRequests;
import io.github.postern.forwarded.QueryString;
import io.github.postern.login.AllowedTargets;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Where things are: the user's host, our endpoints on it, and where people may be sent. */
public final class Places {
    private static final String HOME = "/";
    private final Settings settings;
    private final ForwardedRequests forwarded;
    private final AllowedTargets targets;
    private final CheckPaths checks;

    /**
     * @param settings paths, domains and the redirect URL
     * @param forwarded what the proxy tells of the user's request
     * @param targets where people may be sent
     */
    public Places(Settings settings, ForwardedRequests forwarded, AllowedTargets targets) {
        this.settings = settings;
        this.forwarded = forwarded;
        this.targets = targets;
        this.checks = new CheckPaths(settings.endpoints().prefix());
    }

    ForwardedRequest asked(HttpServletRequest request) {
        return forwarded.read(request);
    }

    /** Whether the peer is a proxy whose word we take. */
    boolean isFromProxy(HttpServletRequest request) {
        return forwarded.isFromProxy(request);
    }

    /** Which paths are for checks. */
    CheckPaths checks() {
        return checks;
    }

    /** The scheme the user came by, if a trusted proxy told it. */
    Optional<String> toldScheme(HttpServletRequest request) {
        return forwarded.toldScheme(request);
    }

    /** The target when people may be sent there, else empty. */
    Optional<String> allowed(String target) {
        return targets.allow(target);
    }

    /** Whether people may be sent to this origin, such as {@code https://host}. */
    boolean isOurOrigin(String origin) {
        return targets.allow(origin + HOME).isPresent();
    }

    /**
     * Where the request wants to lead, if people may be sent there: its own {@code rd}, else the header that a proxy without
     * {@code rd} sets.
     */
    Optional<String> wanted(HttpServletRequest request) {
        return rd(request)
                .flatMap(rd -> returnTo(request, rd))
                .or(() -> told(request).flatMap(target -> returnTo(request, target)));
    }

    /** The same before anyone asked whether people may be sent there. */
    Optional<String> wish(HttpServletRequest request) {
        return rd(request).or(() -> told(request));
    }

    private static Optional<String> rd(HttpServletRequest request) {
        return QueryString.of(request.getQueryString()).first("rd");
    }

    private static Optional<String> told(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("X-Auth-Request-Redirect"));
    }

    /** Where a login that begins here leads: to what is wanted, else to where the user comes from, else to {@code /}. */
    String target(HttpServletRequest request) {
        String prefix = settings.endpoints().prefix();
        return wanted(request)
                .or(() -> targets.allow(asked(request).returnTarget(prefix)))
                .orElse(HOME);
    }

    /** Where {@code rd} leads: a path stays on the host the user is on. */
    Optional<String> returnTo(HttpServletRequest request, String rd) {
        Optional<String> target = targets.allow(rd);
        if (!rd.startsWith(HOME) || rd.equals(HOME)) {
            return target;
        }
        ForwardedRequest asked = asked(request);
        // without redirect-url the callback is on the user's host, and a path stays there
        boolean elsewhere = !redirectHost().isEmpty() && !host(request).equals(redirectHost());
        return elsewhere
                ? target.map(path -> asked.host()
                        .flatMap(host -> targets.allow(asked.scheme() + "://" + host + path))
                        .orElse(path))
                : target;
    }

    private String redirectHost() {
        return settings.provider().redirectUrl().map(URI::getHost).orElse("").toLowerCase(Locale.ROOT);
    }

    /** The host in the user's address bar, without port, in lower case. */
    public String host(HttpServletRequest request) {
        return withoutPort(
                asked(request).host().orElseGet(request::getServerName).toLowerCase(Locale.ROOT));
    }

    private static String withoutPort(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return end > 0 ? host.substring(0, end) : host;
    }

    /** The user's own address, if it is known. */
    public Optional<String> client(HttpServletRequest request) {
        return asked(request).client();
    }

    /**
     * The app a request is for: its host as a trusted proxy told it, beyond doubt, in lower case and without port, as access
     * rules compare it. Empty for a request to our own endpoints: the answer to that goes to the browser, not to an app.
     */
    public Optional<String> appHost(HttpServletRequest request) {
        ForwardedRequest asked = asked(request);
        return asked.isForApp(settings.endpoints().prefix()) && forwarded.isFromProxy(request)
                ? asked.host().map(Places::withoutPort)
                : Optional.empty();
    }

    /** Whether it is certain that an app was asked for, and no endpoint of ours. */
    boolean isForApp(ForwardedRequest asked) {
        return asked.isForApp(settings.endpoints().prefix());
    }

    /** Whether the answer goes to an app for all that is known, and not to a browser that asks us itself. */
    boolean mayBeForApp(HttpServletRequest request) {
        return forwarded.mayBeForApp(request);
    }

    /** Our {@code redirect_uri} for this request: the configured one, else the callback on the user's host. */
    public URI redirectUri(HttpServletRequest request) {
        return settings.provider().signIn().relativeRedirect().map(URI::create).orElseGet(() -> callback(request));
    }

    private URI callback(HttpServletRequest request) {
        return settings.provider().redirectUrl().orElseGet(() -> URI.create(callbackOnUsersHost(request)));
    }

    private String callbackOnUsersHost(HttpServletRequest request) {
        ForwardedRequest asked = asked(request);
        String scheme = settings.cookies().secure() ? "https" : asked.scheme();
        String host = asked.host().orElseGet(() -> request.getServerName() + port(request.getServerPort()));
        return scheme + "://" + host + settings.endpoints().prefix() + "/callback";
    }

    private static String port(int port) {
        return port == 80 || port == 443 ? "" : ":" + port;
    }

    /** An endpoint of ours, absolute, on the host of the callback: that one certainly leads to us. */
    String endpoint(HttpServletRequest request, String path, String rd) {
        String query = rd.equals(HOME) ? "" : "?rd=" + URLEncoder.encode(rd, StandardCharsets.UTF_8);
        return callback(request).resolve(settings.endpoints().prefix() + path) + query;
    }

    /** The same, for a login at a level. */
    String endpoint(HttpServletRequest request, String path, String rd, Level level) {
        String address = endpoint(request, path, rd);
        return level.isAny() ? address : address + (address.contains("?") ? "&" : "?") + level.query();
    }

    /** Whether the session cookie will reach the host the user is on; if not, signing in would start over for ever. */
    boolean cookieReaches(HttpServletRequest request) {
        String host = host(request);
        return settings.cookies().domains().isEmpty()
                ? redirectHost().isEmpty() || host.equals(redirectHost())
                : settings.cookies().domainOf(host).isPresent();
    }

    Settings settings() {
        return settings;
    }
}
