package io.github.postern.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.postern.forwarded.AsciiUri;
import io.github.postern.forwarded.LenientPath;
import java.util.List;
import java.util.Optional;

/** Where a browser may be sent after a login or a sign-out: paths on this host, and URLs on hosts of ours. */
public final class AllowedTargets {
    /** What a login can remember, in characters. */
    private static final int LONGEST = 2048;

    private final List<AllowedHost> hosts;
    private final String prefix;

    /**
     * @param returnDomains {@code host}, {@code .host} (and subdomains), {@code host:port}, {@code host:*}; lower case
     * @param prefix where our own endpoints lie: a login must not lead back into itself, nor into a sign-out
     */
    public AllowedTargets(List<String> returnDomains, String prefix) {
        this.hosts = returnDomains.stream().map(AllowedHost::of).toList();
        this.prefix = prefix;
    }

    /**
     * A target that is safe to send a browser to. Every reader must agree that it stays with us; where one might not, it is refused.
     *
     * @param target what somebody asked for: {@code /path?query#fragment} or {@code https://host[:port]/path?query#fragment}
     * @return the same in ASCII, changed only where raw characters had to be percent-encoded; or empty
     */
    public Optional<String> allow(String target) {
        if (target.length() > LONGEST || !isPrintable(target)) {
            return Optional.empty();
        }
        return (target.startsWith("/") ? onThisHost(target) : onOurHosts(target))
                .filter(safe -> safe.length() <= LONGEST);
    }

    private Optional<String> onThisHost(String target) {
        return readable(target).filter(path -> !path.hasEmptySegment()).map(path -> encoded(target));
    }

    private Optional<String> onOurHosts(String target) {
        int host = target.startsWith("https://") ? 8 : target.startsWith("http://") ? 7 : -1;
        if (host < 0) {
            return Optional.empty();
        }
        int end = endOf(target, "/?#", host);
        String authority = target.substring(host, end);
        String rest = target.substring(end);
        boolean ours = hosts.stream().anyMatch(allowed -> allowed.admits(authority));
        return ours && readable(rest).isPresent() && !mayNameAnotherHost(rest)
                ? Optional.of(target.substring(0, end) + slash(rest) + encoded(rest))
                : Optional.empty();
    }

    // "host?@other" is this host to a browser, and a user of the other host to others.
    private static boolean mayNameAnotherHost(String rest) {
        return !slash(rest).isEmpty() && rest.chars().anyMatch(each -> each == '@' || each == '\\');
    }

    // What may be missing before a query or a fragment.
    private static String slash(String rest) {
        return rest.isEmpty() || rest.startsWith("/") ? "" : "/";
    }

    // A path of which no reader could think that it names another host, climbs, or is one of our endpoints.
    private Optional<LenientPath> readable(String rest) {
        String path = rest.substring(0, endOf(rest, "?#", 0));
        if (path.isEmpty()) {
            return LenientPath.of("/");
        }
        boolean plain =
                path.indexOf('\\') < 0 && path.chars().noneMatch(each -> each != ' ' && Character.isWhitespace(each));
        return Optional.of(AsciiUri.of(path, UTF_8))
                .filter(ascii -> plain)
                .flatMap(LenientPath::of)
                .filter(read -> !read.startsWithHost() && !read.under(prefix));
    }

    private static String encoded(String rest) {
        int fragment = rest.indexOf('#');
        return fragment < 0
                ? AsciiUri.of(rest, UTF_8)
                : AsciiUri.of(rest.substring(0, fragment), UTF_8)
                        + "#"
                        + AsciiUri.of(rest.substring(fragment + 1), UTF_8);
    }

    // Browsers drop tabs and line ends anywhere, and spaces at the ends, before they look at the slashes.
    private static boolean isPrintable(String target) {
        return !target.isEmpty()
                && target.equals(target.strip())
                && target.chars().noneMatch(Character::isISOControl)
                && UTF_8.newEncoder().canEncode(target);
    }

    private static int endOf(String text, String ends, int from) {
        int index = from;
        while (index < text.length() && ends.indexOf(text.charAt(index)) < 0) {
            index++;
        }
        return index;
    }
}
