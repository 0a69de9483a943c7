package io.github.postern.config;

import static io.github.postern.config.Option.COOKIE_CSRF_SAMESITE;
import static io.github.postern.config.Option.COOKIE_DOMAIN;
import static io.github.postern.config.Option.COOKIE_NAME;
import static io.github.postern.config.Option.COOKIE_SAMESITE;
import static io.github.postern.config.Option.REDIRECT_URL;

import java.net.URI;
import java.util.Locale;

/** Finds settings that are each right and together wrong: most of them would send people round in circles. */
final class Contradictions {
    private final CookieSettings cookies;
    private final Findings findings;

    private Contradictions(CookieSettings cookies, Findings findings) {
        this.cookies = cookies;
        this.findings = findings;
    }

    static void check(ProviderSettings provider, CookieSettings cookies, Findings findings) {
        var contradictions = new Contradictions(cookies, findings);
        provider.redirectUrl().ifPresent(contradictions::domainCovers);
        provider.redirectUrl().ifPresent(contradictions::secureOverHttp);
        contradictions.sameSite(COOKIE_SAMESITE, cookies.sameSite());
        contradictions.sameSite(COOKIE_CSRF_SAMESITE, cookies.loginSameSite());
        contradictions.namePrefix();
        FormPost.check(provider, cookies, findings);
    }

    private void domainCovers(URI redirectUrl) {
        String host = redirectUrl.getHost().toLowerCase(Locale.ROOT);
        if (!cookies.domains().isEmpty()
                && cookies.domains().stream().noneMatch(domain -> HostName.covers(domain, host))) {
            findings.mistake(
                    COOKIE_DOMAIN,
                    Quoted.of(String.join(",", cookies.domains())) + " does not cover " + Quoted.of(host)
                            + ", the host of redirect-url, so the sign-in would go round in circles; name a domain that does");
        }
    }

    private void secureOverHttp(URI redirectUrl) {
        if (!cookies.secure() || WebAddress.isEncrypted(redirectUrl)) {
            return;
        }
        if (HostName.isThisMachine(redirectUrl.getHost().toLowerCase(Locale.ROOT))) {
            findings.note(
                    "redirect-url is http with cookie-secure=true: some browsers keep such cookies on localhost only.");
        } else {
            findings.mistake(
                    REDIRECT_URL,
                    "is http, but browsers drop cookies over http with cookie-secure=true; use https, or set cookie-secure=false");
        }
    }

    private void sameSite(Option option, String sameSite) {
        if (sameSite.equals("None") && !cookies.secure()) {
            findings.mistake(option, "none needs cookie-secure=true, or browsers drop the cookie; set lax");
        } else if (sameSite.equals("None")) {
            findings.weak(option.flag() + "=none: other sites' pages act with the user's session; set lax.");
        } else if (sameSite.equals("Strict")) {
            findings.note(
                    option.flag() + "=strict: browsers withhold the cookie when people come from another site, and"
                            + " sign-in fails if the provider is one; set lax if so.");
        }
    }

    /** Browsers hold these names to their promise (RFC 6265bis section 4.1.3). */
    private void namePrefix() {
        boolean host = cookies.name().startsWith("__Host-");
        if ((host || cookies.name().startsWith("__Secure-")) && !cookies.secure()) {
            findings.mistake(
                    COOKIE_NAME, "begins with __Host- or __Secure-, which needs cookie-secure=true; rename it");
        }
        if (host && (!cookies.domains().isEmpty() || !cookies.path().equals("/"))) {
            findings.mistake(
                    COOKIE_NAME, "begins with __Host-, which allows no cookie-domain and no cookie-path; rename it");
        }
    }
}
