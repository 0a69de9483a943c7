package io.github.postern.forwarded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The request the user made, as far as a proxy we trust has told it.
 *
 * @param method the user's method; empty when the proxy did not tell it
 * @param scheme {@code http} or {@code https}
 * @param webSocket whether the proxy named it {@code ws} or {@code wss}
 * @param host the host the user typed as {@code name[:port]} or {@code [v6][:port]}, in lower case; empty when untold or malformed
 * @param uri path and query as the user sent them, percent-encoded to pure ASCII, never decoded; {@code /} when untold or malformed
 * @param peer the address at the other end of the socket
 * @param client the user's address as the proxy told it; the peer itself when that is no trusted proxy; empty when untold
 * @param certain whether every part that was told came from a trusted proxy, once, well-formed and without contradiction, the uri
 *     among them; without it nothing may be granted and the return target is {@code /}
 * @param redirectCapable whether the proxy looks like one that passes a 302 on to the browser
 * @param preflight whether it asks, by the CORS protocol, what another request would be allowed
 * @param own where the request line itself would lead back to, if no proxy told of another and it is for none of our endpoints;
 *     else the start page; on the host that was told, if one was. Good for a return only: nothing is granted by it
 */
public record ForwardedRequest(
        Optional<String> method,
        String scheme,
        boolean webSocket,
        Optional<String> host,
        String uri,
        String peer,
        Optional<String> client,
        boolean certain,
        boolean redirectCapable,
        boolean preflight,
        String own) {

    /**
     * The request that somebody describes, as a trusted proxy would tell it.
     *
     * @param url absolute
     * @return empty when it is not well-formed
     */
    public static Optional<ForwardedRequest> told(String method, String url) {
        int host = url.indexOf("://") + 3;
        int path = host < 3 ? -1 : url.indexOf('/', host);
        String uri = path < 0 ? "/" : AsciiUri.of(url.substring(path), UTF_8);
        String name = host < 3 ? "" : url.substring(host, path < 0 ? url.length() : path);
        boolean sound = host > 3
                && Spelling.isMethod(method)
                && Spelling.isScheme(url.substring(0, host - 3))
                && Spelling.isHost(name)
                && Spelling.isUri(uri);
        return sound
                ? Optional.of(new ForwardedRequest(
                        Optional.of(method),
                        url.substring(0, host - 3).toLowerCase(Locale.ROOT),
                        false,
                        Optional.of(name.toLowerCase(Locale.ROOT)),
                        uri,
                        "",
                        Optional.empty(),
                        true,
                        true,
                        false,
                        "/"))
                : Optional.empty();
    }

    /** The absolute URL the user asked for, ASCII only; empty unless certain and the host is known. */
    public Optional<String> url() {
        return certain ? host.map(name -> scheme + "://" + name + uri) : Optional.empty();
    }

    /**
     * Where a login should lead back to, before anyone asked whether that host is ours.
     *
     * @param prefix where our own endpoints lie: a login must not lead back into itself
     * @return the absolute URL the user asked for; the start page of its host where it leads to us or is ambiguous; only the path
     *     where the host was not told; {@code /} where nothing is known
     */
    public String returnTarget(String prefix) {
        if (!certain) {
            return own;
        }
        String target = isFor(prefix) ? "/" : uri;
        return host.map(name -> scheme + "://" + name + target).orElse(target);
    }

    /**
     * Whether it is certain that an app was asked, and none of our own endpoints.
     *
     * @param prefix where those lie
     */
    public boolean isForApp(String prefix) {
        return certain && !isFor(prefix);
    }

    /** Whether some reader might take the path for one below the prefix. */
    private boolean isFor(String prefix) {
        return LenientPath.of(path()).filter(path -> !path.under(prefix)).isEmpty();
    }

    /** The readings of the path that a granting rule must hold for, all of them; empty when ambiguous, which grants nothing. */
    public List<String> routePaths() {
        return certain ? RoutePath.readings(path()) : List.of();
    }

    private String path() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}
