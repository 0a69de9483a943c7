package io.github.postern.gate;

import io.github.postern.forwarded.ForwardedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a request's headers betray about who waits for the answer. Lines of the same header all count: any may betray a program. */
final class Signs {
    private static final Set<String> FRAMES = Set.of("iframe", "frame", "embed", "object");
    private static final Set<String> FORMS =
            Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

    private static final String JSON = "application/json";

    private final HttpServletRequest request;
    private final ForwardedRequest asked;
    private final String method;

    Signs(HttpServletRequest request, ForwardedRequest asked) {
        this.request = request;
        this.asked = asked;
        // Untold: nginx asks with GET, HAProxy with HEAD, and a proxy that keeps the method asks with the user's.
        this.method = asked.method().orElse(request.getMethod());
    }

    /** Nobody looks at the answer, or it was not asked for as a page. */
    boolean ofProgram() {
        return !(isRead() || ofForm())
                || isSocket()
                || isFetched()
                || isAhead()
                || !acceptsPages()
                || namesJson(accepted())
                || any("Content-Type", type -> type.startsWith("application/grpc"));
    }

    /** A person sent a form and waits for the page after it. */
    boolean ofForm() {
        return method.equals("POST")
                && any("Content-Type", type -> FORMS.contains(type.split(";", 2)[0].strip()))
                && namesPage(accepted());
    }

    /** The page is to appear inside another one. */
    boolean ofFrame() {
        return any("Sec-Fetch-Dest", FRAMES::contains);
    }

    /** The page a form was sent from, if it lies on the host it was sent to; the body of the form is lost, its page is not. */
    Optional<String> formPage() {
        String origin =
                asked.url().isPresent() ? asked.scheme() + "://" + asked.host().orElse("") + "/" : "";
        return Optional.ofNullable(request.getHeader("Referer"))
                .filter(page -> !origin.isEmpty() && page.startsWith(origin));
    }

    /** Whether JSON is asked for, and no page; or JSON in so many words, which no browser does where it wants a page. */
    static boolean acceptsJson(HttpServletRequest request) {
        List<String> types = lines(request, "Accept");
        return namesJson(types) || (!namesPage(types) && types.stream().anyMatch(type -> type.contains("json")));
    }

    // As oauth2-proxy: an element that is exactly this, without parameters.
    private static boolean namesJson(List<String> types) {
        return types.stream()
                .filter(type -> type.contains(JSON))
                .flatMap(type -> Arrays.stream(type.split(",", -1)))
                .anyMatch(element -> element.strip().equals(JSON));
    }

    /** Whether a page is asked for by name. */
    static boolean namesPage(HttpServletRequest request) {
        return namesPage(lines(request, "Accept"));
    }

    private boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    private boolean isSocket() {
        return asked.webSocket() || sent("Upgrade") || sent("Sec-WebSocket-Key");
    }

    private boolean isFetched() {
        return any("Sec-Fetch-Mode", mode -> !mode.equals("navigate"))
                || any("Sec-Fetch-Dest", dest -> !dest.equals("document") && !(isRead() && FRAMES.contains(dest)))
                || any("X-Requested-With", "xmlhttprequest"::equals)
                || any("Service-Worker", "script"::equals);
    }

    private boolean isAhead() {
        return any("Sec-Purpose", purpose -> purpose.contains("prefetch"))
                || any("Purpose", purpose -> purpose.contains("prefetch"))
                || any("X-Moz", purpose -> purpose.contains("prefetch"));
    }

    // Browsers name text/html when they navigate, and for pictures, styles and data they name those beside */*. Bare
    // */* may be anybody.
    private boolean acceptsPages() {
        List<String> types = accepted();
        return types.isEmpty()
                || namesPage(types)
                || types.stream().allMatch(type -> type.split(";", 2)[0].strip().equals("*/*"));
    }

    private List<String> accepted() {
        return lines(request, "Accept");
    }

    private static boolean namesPage(List<String> types) {
        return types.stream().anyMatch(type -> type.contains("text/html") || type.contains("application/xhtml+xml"));
    }

    private boolean any(String header, Predicate<String> sign) {
        return lines(request, header).stream().anyMatch(sign);
    }

    private boolean sent(String header) {
        return request.getHeader(header) != null;
    }

    private static List<String> lines(HttpServletRequest request, String header) {
        if (request.getHeader(header) == null) {
            return List.of();
        }
        return Collections.list(request.getHeaders(header)).stream()
                .map(line -> line.strip().toLowerCase(Locale.ROOT))
                .toList();
    }
}
