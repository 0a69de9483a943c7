package io.github.postern.forwarded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.postern.config.ForwardedSettings;
import io.github.postern.config.ForwardedSettings.Source;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Reads what the user asked for out of a proxy's question: from its head alone, and without ever throwing. */
public final class ForwardedRequests {
    /** Below our prefix: where Envoy's ext_authz puts the user's own path behind ({@code path_prefix}). */
    public static final String EXT_AUTHZ = "/ext-authz";

    /** Where a request keeps what was read of it. */
    private static final String READ = ForwardedRequest.class.getName();

    private final Source source;
    private final String prefix;
    private final TrustedPeers proxies;
    private final ClientAddress clients;

    /**
     * @param settings whom to believe, and which headers
     * @param prefix where our own endpoints lie, such as {@code /oauth2}
     */
    public ForwardedRequests(ForwardedSettings settings, String prefix) {
        this.source = settings.source();
        this.prefix = prefix;
        this.proxies = new TrustedPeers(settings.trustedProxies());
        this.clients = new ClientAddress(settings.clientAddressHeader(), proxies);
    }

    /**
     * What the user asked for. From a peer that is not a trusted proxy no header about another request is believed. A request is read
     * once, however many ask.
     */
    public ForwardedRequest read(HttpServletRequest request) {
        if (request.getAttribute(READ) instanceof ForwardedRequest known) {
            return known;
        }
        ForwardedRequest read = readHead(request);
        request.setAttribute(READ, read);
        return read;
    }

    private ForwardedRequest readHead(HttpServletRequest request) {
        String peer = Optional.ofNullable(request.getRemoteAddr()).orElse("");
        return proxies.trusts(peer) ? told(request, peer) : untold(request, peer);
    }

    /** Whether the peer is a proxy whose word we take. */
    public boolean isFromProxy(HttpServletRequest request) {
        return proxies.trusts(Optional.ofNullable(request.getRemoteAddr()).orElse(""));
    }

    /**
     * Whether the answer goes to an app for all that is known: a proxy told that an app was asked, or tells nothing of what its users
     * ask. False where a browser itself asks {@code /oauth2/auth} through a proxy that tells as little as its host.
     */
    public boolean mayBeForApp(HttpServletRequest request) {
        return read(request).isForApp(prefix) || (source != Source.REQUEST && tellsNothing(request));
    }

    private boolean tellsNothing(HttpServletRequest request) {
        return !isFromProxy(request)
                || (Telling.NOTHING.equals(Telling.byForwardedHeaders(request))
                        && Telling.NOTHING.equals(Telling.byOriginalUrl(request)));
    }

    /** The scheme of the user's request, {@code http} or {@code https}, if a trusted proxy told it. */
    public Optional<String> toldScheme(HttpServletRequest request) {
        String peer = Optional.ofNullable(request.getRemoteAddr()).orElse("");
        if (!proxies.trusts(peer)) {
            return Optional.empty();
        }
        var forwarded = Telling.byForwardedHeaders(request).scheme();
        var scheme = source == Source.X_ORIGINAL_URL
                ? Telling.byOriginalUrl(request).scheme().or(() -> forwarded)
                : forwarded;
        return scheme.map(Telling::ofPage);
    }

    private ForwardedRequest told(HttpServletRequest request, String peer) {
        var forwarded = Telling.byForwardedHeaders(request);
        var original = Telling.byOriginalUrl(request);
        var chosen = switch (source) {
            case X_FORWARDED -> forwarded;
            case X_ORIGINAL_URL -> original;
            case REQUEST -> Telling.byRequestLine(request, prefix + EXT_AUTHZ);
        };
        // A second family that says otherwise was not set by the proxy: a client sent it, and one of us two might
        // believe it.
        boolean certain = tellsPath(chosen) && forwarded.agreesWith(chosen) && original.agreesWith(chosen);
        var scheme = chosen.scheme().or(forwarded::scheme);
        return new ForwardedRequest(
                chosen.method(),
                scheme.map(Telling::ofPage).orElse(request.getScheme()),
                scheme.filter(name -> name.startsWith("ws")).isPresent(),
                chosen.host(),
                ascii(chosen),
                peer,
                clients.of(request),
                certain,
                source == Source.REQUEST || passesRedirects(request, forwarded, original),
                isPreflight(request, chosen),
                certain || tells(forwarded) || tells(original) ? "/" : own(request, origin(chosen)));
    }

    /** The user's host in front of a path, if both parts of it were told. */
    private static String origin(Telling chosen) {
        return chosen.scheme()
                .flatMap(scheme -> chosen.host().map(host -> Telling.ofPage(scheme) + "://" + host))
                .orElse("");
    }

    private static boolean tells(Telling telling) {
        return !telling.sound() || telling.uri().isPresent();
    }

    private String own(HttpServletRequest request, String origin) {
        var own = Telling.byRequestLine(request, prefix + EXT_AUTHZ);
        String line = own.sound() ? ascii(own) : "/";
        boolean elsewhere = LenientPath.of(line.split("[?]", 2)[0])
                .filter(path -> !path.under(prefix))
                .isPresent();
        return origin + (elsewhere ? line : "/");
    }

    private ForwardedRequest untold(HttpServletRequest request, String peer) {
        var own = Telling.byRequestLine(request, prefix + EXT_AUTHZ);
        return new ForwardedRequest(
                own.method(),
                request.getScheme(),
                false,
                own.host(),
                ascii(own),
                peer,
                Optional.of(peer),
                source == Source.REQUEST && tellsPath(own),
                source == Source.REQUEST,
                isPreflight(request, own),
                own(request, ""));
    }

    // Our own endpoints are nobody's app: where the request line tells of the user's request, one for them tells
    // nothing.
    private boolean tellsPath(Telling telling) {
        return telling.sound()
                && telling.uri().isPresent()
                && (source != Source.REQUEST || !telling.uri().get().startsWith(prefix + "/"));
    }

    // A wrong guess hurts only who sent the misleading header.
    private static boolean passesRedirects(HttpServletRequest request, Telling forwarded, Telling original) {
        return forwarded.whole()
                && !original.whole()
                && request.getHeader("X-Sent-From") == null
                && request.getHeader("X-Auth-Request-Redirect") == null;
    }

    private static boolean isPreflight(HttpServletRequest request, Telling telling) {
        return telling.method().filter("OPTIONS"::equals).isPresent()
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    // The container hands a header's octets over as ISO-8859-1.
    private static String ascii(Telling telling) {
        return telling.uri().map(raw -> AsciiUri.of(raw, ISO_8859_1)).orElse("/");
    }
}
