package io.github.postern.config;

import static io.github.postern.config.Option.*;
import static java.util.stream.Collectors.joining;

import io.github.postern.config.ProviderAddresses.Given;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Fills {@link ProviderAddresses}. */
final class ProviderAddressReader {
    private static final List<Option> DISCOVERED =
            List.of(LOGIN_URL, REDEEM_URL, PROFILE_URL, OIDC_JWKS_URL, OIDC_PUBLIC_KEY_FILE);

    private final Values values;
    private final Findings findings;

    ProviderAddressReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    ProviderAddresses read() {
        return new ProviderAddresses(
                values.isOn(SKIP_OIDC_DISCOVERY) ? given() : discovered(), address(VALIDATE_URL), backendLogout());
    }

    private Optional<Given> discovered() {
        String idle = DISCOVERED.stream()
                .filter(option -> !values.isDefault(option))
                .map(Option::flag)
                .collect(joining(", "));
        if (!idle.isEmpty()) {
            findings.note("Without effect, since the discovery document decides: " + idle
                    + "; skip-oidc-discovery=true ends that.");
        }
        return Optional.empty();
    }

    /** Nothing after telling what is missing: such settings are never used. */
    private Optional<Given> given() {
        checkKeys();
        tellSignOut();
        Optional<URI> profile = address(PROFILE_URL);
        Optional<URI> keys = address(OIDC_JWKS_URL);
        Optional<URI> redeem = required(REDEEM_URL, "token");
        return required(LOGIN_URL, "authorization")
                .flatMap(login -> redeem.map(token -> new Given(login, token, profile, keys)));
    }

    private Optional<URI> required(Option option, String endpoint) {
        if (values.textIfAny(option).isEmpty()) {
            findings.mistake(
                    option,
                    "is missing; with skip-oidc-discovery=true it names the provider's " + endpoint + " endpoint");
        }
        return address(option);
    }

    private void checkKeys() {
        boolean fetched = values.textIfAny(OIDC_JWKS_URL).isPresent();
        boolean filed = !values.isDefault(OIDC_PUBLIC_KEY_FILE);
        if (fetched && filed) {
            findings.mistake(OIDC_PUBLIC_KEY_FILE, "cannot be used together with oidc-jwks-url; remove one of the two");
        } else if (!fetched && !filed) {
            findings.mistake(
                    OIDC_JWKS_URL,
                    "is missing; with skip-oidc-discovery=true it, or oidc-public-key-file, names the provider's keys");
        }
    }

    private void tellSignOut() {
        findings.note(
                "skip-oidc-discovery=true: the provider's own sign-out address is not known, so a sign-out ends the"
                        + " session here; end the provider's by backend-logout-url, or by an rd that leads there.");
    }

    private Optional<URI> address(Option option) {
        return values.textIfAny(option).flatMap(text -> safe(option, text));
    }

    /** Braces are no part of an address: what stands in their place is checked. */
    private Optional<String> backendLogout() {
        return values.textIfAny(BACKEND_LOGOUT_URL)
                .filter(text -> safe(BACKEND_LOGOUT_URL, text.replace(ProviderAddresses.ID_TOKEN, "x"))
                        .isPresent());
    }

    private Optional<URI> safe(Option option, String text) {
        return WebAddress.parse(option, text, findings).filter(address -> isAsSafeAsTheIssuer(option, address));
    }

    /** Where our secret and people's tokens go must be as safe as the issuer itself, or the operator gave up on that. */
    private boolean isAsSafeAsTheIssuer(Option option, URI address) {
        boolean secure = values.text(OIDC_ISSUER_URL).startsWith("https:");
        if (!secure || WebAddress.isEncrypted(address) || values.isOn(SSL_INSECURE_SKIP_VERIFY)) {
            return true;
        }
        findings.mistake(
                option,
                "is http, where oidc-issuer-url is https: secrets and tokens would cross the network in clear; use https,"
                        + " or set ssl-insecure-skip-verify=true where that network is yours alone");
        return false;
    }
}
