package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fills {@link ProviderSettings}. */
final class ProviderReader {
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);

    private final Values values;
    private final Findings findings;

    ProviderReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /** @param prefix our own endpoints' path, for a {@code redirect-url} that names only a host */
    ProviderSettings read(String prefix) {
        boolean keycloak = isKeycloak();
        checkCodeChallenge(CODE_CHALLENGE_METHOD);
        checkCodeChallenge(FORCE_CODE_CHALLENGE_METHOD);
        tellWeakSwitches();
        return new ProviderSettings(
                keycloak,
                values.textIfAny(PROVIDER_DISPLAY_NAME).orElse(keycloak ? "Keycloak OIDC" : "OpenID Connect"),
                issuer(),
                required(CLIENT_ID, "is missing; it is the client's id at the provider"),
                ClientSecret.read(values, findings),
                scopes(),
                values.textIfAny(PROMPT),
                values.textIfAny(ACR_VALUES),
                required(OIDC_GROUPS_CLAIM, "is empty; name a claim"),
                emailClaim(),
                values.isOn(INSECURE_OIDC_ALLOW_UNVERIFIED_EMAIL),
                redirectUrl(prefix),
                caFiles(),
                values.isOn(USE_SYSTEM_TRUST_STORE),
                values.isOn(SSL_INSECURE_SKIP_VERIFY),
                timeout(),
                new ProviderAddressReader(values, findings).read(),
                new IdTokenReader(values, findings).read(),
                new SignInReader(values, findings).read(prefix),
                new BearerReader(values, findings).audiences());
    }

    private boolean isKeycloak() {
        String provider = values.text(PROVIDER);
        if (provider.isEmpty()) {
            findings.mistake(PROVIDER, "is missing; set provider=keycloak-oidc, or provider=oidc for any other");
        } else if (provider.equals("keycloak")) {
            findings.mistake(PROVIDER, "'keycloak' is the old provider of that name; set keycloak-oidc");
        } else if (!provider.equals("keycloak-oidc") && !provider.equals("oidc")) {
            findings.mistake(
                    PROVIDER,
                    Quoted.of(provider)
                            + " is not spoken here, only OpenID Connect is; set keycloak-oidc, or oidc with the"
                            + " provider's oidc-issuer-url");
        }
        return !provider.equals("oidc");
    }

    private void checkCodeChallenge(Option option) {
        String method = values.text(option);
        if (!method.isEmpty() && !method.equals("S256")) {
            findings.mistake(option, Quoted.of(method) + " is refused; S256 is always used, so remove it");
        }
    }

    private void tellWeakSwitches() {
        if (values.isOn(INSECURE_OIDC_ALLOW_UNVERIFIED_EMAIL)) {
            findings.weak("insecure-oidc-allow-unverified-email=true: whoever claims an e-mail address at the provider"
                    + " is believed; remove it once the provider verifies addresses.");
        }
        if (values.isOn(INSECURE_OIDC_SKIP_NONCE)) {
            findings.weak(
                    "insecure-oidc-skip-nonce=true has no effect: the nonce is always sent and checked; remove it.");
        }
        if (values.isOn(SSL_INSECURE_SKIP_VERIFY)) {
            findings.weak("ssl-insecure-skip-verify=true: anybody on the network can pose as the provider;"
                    + " name its authority in provider-ca-file instead.");
        }
    }

    private String issuer() {
        String issuer = required(OIDC_ISSUER_URL, "is missing; for Keycloak it is https://HOST/realms/REALM");
        if (!issuer.isEmpty()) {
            WebAddress.parse(OIDC_ISSUER_URL, issuer, findings).ifPresent(this::checkIssuer);
        }
        return issuer;
    }

    private void checkIssuer(URI issuer) {
        if (issuer.getRawQuery() != null) {
            findings.mistake(OIDC_ISSUER_URL, "holds a ?query; an issuer has none (OpenID Connect Discovery 3)");
        }
        if (!WebAddress.isEncrypted(issuer)) {
            findings.weak(
                    "oidc-issuer-url is http: tokens and the client secret cross the network in clear; use https.");
        }
    }

    private String required(Option option, String fault) {
        String text = values.text(option);
        if (text.isEmpty()) {
            findings.mistake(option, fault);
        }
        return text;
    }

    /** {@code user-id-claim} is the older name; it counts where the newer one is not used. */
    private String emailClaim() {
        String claim = required(OIDC_EMAIL_CLAIM, "is empty; name a claim");
        if (values.isDefault(USER_ID_CLAIM)) {
            return claim;
        }
        if (!values.isDefault(OIDC_EMAIL_CLAIM)) {
            findings.note("user-id-claim has no effect: oidc-email-claim is set too and wins; remove it.");
            return claim;
        }
        findings.note(
                "user-id-claim is the old name of oidc-email-claim: it decides the e-mail address, not the user.");
        return values.text(USER_ID_CLAIM);
    }

    private List<String> scopes() {
        List<String> named = Arrays.stream(values.text(SCOPE).split("\\s+"))
                .filter(scope -> !scope.isEmpty())
                .toList();
        if (named.contains("openid")) {
            return named;
        }
        findings.note("scope has no openid; it is added, since sign-in is OpenID Connect.");
        return Stream.concat(Stream.of("openid"), named.stream()).toList();
    }

    private Optional<URI> redirectUrl(String prefix) {
        return values.textIfAny(REDIRECT_URL)
                .filter(text -> !(values.isOn(RELATIVE_REDIRECT_URL) && text.startsWith("/")))
                .flatMap(text -> WebAddress.parse(REDIRECT_URL, text, findings))
                .map(address -> withPath(address, prefix + "/callback"));
    }

    private URI withPath(URI address, String callback) {
        if (address.getRawPath().isEmpty()) {
            return address.resolve(callback);
        }
        if (!address.getRawPath().equals(callback)) {
            findings.note(
                    "redirect-url does not end in " + callback + ": the proxy in front must map its path to that one.");
        }
        return address;
    }

    private List<Path> caFiles() {
        return values.list(PROVIDER_CA_FILE).stream()
                .filter(name -> PemFile.holdsCertificates(PROVIDER_CA_FILE, name, findings))
                .map(Path::of)
                .toList();
    }

    private Duration timeout() {
        Duration timeout = values.duration(PROVIDER_TIMEOUT);
        if (timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            findings.mistake(PROVIDER_TIMEOUT, "must be more than 0 and at most 10s; 5s suits most");
        }
        return timeout;
    }
}
