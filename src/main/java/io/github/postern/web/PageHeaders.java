package io.github.postern.web;

import io.github.postern.config.Logo;
import io.github.postern.config.Settings;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The headers of every page, set in one place. Script, style and images come from our own assets only, and
 * the operator's logo from where it lies.
 *
 * @param formTargets where a form may lead, redirects included, as a CSP source list
 * @param frameHosts the sites whose frames may show the one page made for frames, as a CSP source list
 * @param images where pictures may come from, as a CSP source list
 */
record PageHeaders(String formTargets, String frameHosts, String images) {
    static PageHeaders of(Settings settings) {
        var https = settings.cookies().secure() && settings.provider().issuer().startsWith("https:");
        return of(https, settings.forwarded().returnDomains(), settings.pages().logo());
    }

    static PageHeaders of(boolean https, List<String> returnDomains, Logo logo) {
        // Chromium holds form-action against each redirect after a form, and a provider may broker the login
        // (or the sign-out) to hosts we cannot know: so any host, but no plain http where all is https.
        return new PageHeaders(https ? "'self' https:" : "'self' https: http:", sources(returnDomains), images(logo));
    }

    void forbidFrames(HttpServletResponse response) {
        response.setHeader("X-Frame-Options", "DENY");
        write(response, "'none'");
    }

    void allowFrames(HttpServletResponse response) {
        write(response, frameHosts);
    }

    private void write(HttpServletResponse response, String frameAncestors) {
        response.setContentType("text/html; charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // not no-referrer: that makes the Origin of our own sign-out form "null" (Fetch, 3.2 Origin header)
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src " + images
                        + "; script-src 'self'; object-src 'none'; base-uri 'none'; form-action " + formTargets
                        + "; frame-ancestors " + frameAncestors);
    }

    private static String images(Logo logo) {
        if (logo.kind() != Logo.Kind.LINK) {
            return "'self'";
        }
        var address = URI.create(logo.where());
        return "'self' " + address.getScheme() + "://" + address.getRawAuthority();
    }

    /** {@code .host} means the host and its subdomains, which CSP writes as two sources. */
    private static String sources(List<String> domains) {
        return domains.stream()
                .flatMap(domain ->
                        domain.startsWith(".") ? Stream.of(domain.substring(1), "*" + domain) : Stream.of(domain))
                .distinct()
                .collect(Collectors.joining(" ", "'self' ", ""))
                .strip();
    }
}
