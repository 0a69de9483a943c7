package io.github.postern.config;

import static io.github.postern.config.Option.AUTH_REQUEST_RESPONSE_MODE;

import com.google.common.net.InternetDomainName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether browsers will send the sign-in cookie with the form that the provider's page makes them post: across sites they do
 * so with {@code SameSite=None} only (RFC 6265bis, 5.6.7).
 */
final class FormPost {
    private static final String TRAP = "form_post needs cookie-csrf-samesite=none with cookie-secure=true, or browsers"
            + " withhold the sign-in cookie from what the provider's page posts";

    private FormPost() {}

    static void check(ProviderSettings provider, CookieSettings cookies, Findings findings) {
        String sameSite = cookies.loginSameSite();
        if (!provider.signIn().formPost() || sameSite.equals("None")) {
            return;
        }
        Optional<String> here = provider.redirectUrl().flatMap(FormPost::site);
        Optional<String> there = pages(provider).flatMap(FormPost::site);
        if (here.isPresent() && here.equals(there)) {
            return;
        }
        if (here.isPresent() && !sameSite.isEmpty()) {
            findings.mistake(AUTH_REQUEST_RESPONSE_MODE, TRAP + "; set them, or remove this");
        } else {
            findings.note(AUTH_REQUEST_RESPONSE_MODE.flag() + ": " + TRAP + ", unless it is on our own site.");
        }
    }

    private static Optional<URI> pages(ProviderSettings provider) {
        try {
            URI issuer = new URI(provider.issuer());
            return Optional.of(provider.addresses()
                    .given()
                    .map(ProviderAddresses.Given::login)
                    .orElse(issuer));
        } catch (URISyntaxException e) {
            return Optional.empty(); // a mistake of its own
        }
    }

    /** Scheme and registrable domain, which is what browsers call a site. */
    private static Optional<String> site(URI address) {
        return Optional.ofNullable(address.getHost())
                .map(host -> address.getScheme().toLowerCase(Locale.ROOT) + "://"
                        + registrable(host.toLowerCase(Locale.ROOT)));
    }

    private static String registrable(String host) {
        if (!InternetDomainName.isValid(host)) {
            return host;
        }
        var name = InternetDomainName.from(host);
        if (name.isUnderPublicSuffix()) {
            return name.topPrivateDomain().toString();
        }
        // a top level that is on no list, such as .local, counts as a suffix
        var labels = name.parts();
        return String.join(".", labels.subList(Math.max(0, labels.size() - 2), labels.size()));
    }
}
