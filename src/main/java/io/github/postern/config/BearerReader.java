package io.github.postern.config;

import static io.github.postern.config.Option.BEARER_TOKEN_LOGIN_FALLBACK;
import static io.github.postern.config.Option.EXTRA_JWT_ISSUERS;
import static io.github.postern.config.Option.OIDC_AUDIENCE_CLAIM;
import static io.github.postern.config.Option.OIDC_EXTRA_AUDIENCE;
import static io.github.postern.config.Option.SKIP_JWT_BEARER_TOKENS;

import io.github.postern.config.BearerSettings.ExtraIssuer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Fills {@link BearerSettings} and {@link AudienceSettings}. */
final class BearerReader {
    private final Values values;
    private final Findings findings;

    BearerReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    BearerSettings read() {
        boolean accepted = values.isOn(SKIP_JWT_BEARER_TOKENS);
        if (!accepted && values.isSet(EXTRA_JWT_ISSUERS)) {
            findings.note("extra-jwt-issuers has no effect without skip-jwt-bearer-tokens=true.");
        }
        // what has no effect cannot be wrong: oauth2-proxy starts with it
        Findings counting = accepted ? findings : new Findings();
        List<ExtraIssuer> extra = values.list(EXTRA_JWT_ISSUERS).stream()
                .flatMap(pair -> issuer(pair, counting).stream())
                .toList();
        return new BearerSettings(accepted, extra, values.isOn(BEARER_TOKEN_LOGIN_FALLBACK));
    }

    AudienceSettings audiences() {
        List<String> claims = values.list(OIDC_AUDIENCE_CLAIM);
        if (claims.isEmpty()) {
            findings.mistake(OIDC_AUDIENCE_CLAIM, "is empty; name a claim, or remove it for aud");
        }
        return new AudienceSettings(claims, values.list(OIDC_EXTRA_AUDIENCE));
    }

    /** The first {@code =} separates, so that an audience may hold more of them. */
    private static Optional<ExtraIssuer> issuer(String pair, Findings findings) {
        int split = pair.indexOf('=');
        if (split < 1 || split == pair.length() - 1) {
            findings.mistake(
                    EXTRA_JWT_ISSUERS,
                    Quoted.of(pair) + " is no pair; write issuer=audience, such as https://issuer.example=my-api");
            return Optional.empty();
        }
        String issuer = pair.substring(0, split);
        Optional<URI> address = WebAddress.parse(EXTRA_JWT_ISSUERS, issuer, findings);
        if (address.filter(uri -> !WebAddress.isEncrypted(uri)).isPresent()) {
            findings.weak("extra-jwt-issuers holds an http address: whoever is on the way can replace its keys;"
                    + " use https.");
        }
        return address.map(uri -> new ExtraIssuer(issuer, pair.substring(split + 1)));
    }
}
