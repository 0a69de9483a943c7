package io.github.postern.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether a request is the user's own wish, and not one that a page of another site caused by an image, a link or a form.
 * Browsers say so themselves (Fetch Metadata); older ones by {@code Origin} or {@code Referer}. A request with none of
 * these comes from a program or from an address bar.
 */
final class Wish {
    private static final Set<String> OUR_SITES = Set.of("same-origin", "same-site", "none");
    private final HttpServletRequest request;
    private final Predicate<String> isOurOrigin;

    /** @param isOurOrigin whether an origin, as {@code https://host}, is one of ours */
    Wish(HttpServletRequest request, Predicate<String> isOurOrigin) {
        this.request = request;
        this.isOurOrigin = isOurOrigin;
    }

    boolean isTheUsers() {
        Optional<String> site = header("Sec-Fetch-Site");
        if (site.isPresent()) {
            // An image or a script of a sibling app is no click either.
            boolean navigation = header("Sec-Fetch-Mode")
                            .filter(mode -> !mode.equals("navigate"))
                            .isEmpty()
                    || site.get().equals("same-origin");
            return OUR_SITES.contains(site.get()) && navigation;
        }
        return header("Origin")
                .or(() -> header("Referer"))
                .filter(source -> !isOurs(source))
                .isEmpty();
    }

    /** Whether our own page sent the request: for what no link of an app ever does. */
    boolean isFromOurPage() {
        return header("Sec-Fetch-Site").map("same-origin"::equals).orElseGet(this::isTheUsers);
    }

    private boolean isOurs(String source) {
        try {
            URI uri = URI.create(source);
            return isOurOrigin.test(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }
}
