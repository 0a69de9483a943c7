package io.github.postern.login;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of an issuer besides the provider: where its discovery document says (OpenID Connect Discovery 4), else at the usual
 * place below its address.
 */
final class IssuerKeys {
    private static final Duration DOCUMENT_LASTS = Duration.ofHours(1);
    private static final long KEYS_LAST_MILLIS = 300_000;
    private static final long KEYS_FETCHED_AT_MOST_EVERY_MILLIS = 10_000;
    private final String issuer;
    private final ProviderHttp http;
    private final InstantSource clock;
    private volatile Found found = new Found(Optional.empty(), Instant.MIN);

    IssuerKeys(String issuer, ProviderHttp http, InstantSource clock) {
        this.issuer = issuer;
        this.http = http;
        this.clock = clock;
    }

    private record Found(Optional<Signing> keys, Instant until) {}

    /** What the issuer says of itself, or said lately. Asks the network. */
    Signing signing() throws IOException {
        Found last = found;
        if (last.keys().isPresent() && clock.instant().isBefore(last.until())) {
            return last.keys().get();
        }
        try {
            Signing told = discovered();
            found = new Found(Optional.of(told), clock.instant().plus(DOCUMENT_LASTS));
            return told;
        } catch (IOException | ParseException e) {
            return last.keys().isPresent() ? last.keys().get() : usual();
        }
    }

    private Signing discovered() throws IOException, ParseException {
        Map<String, Object> document = JSONObjectUtils.parse(
                http.get(ProviderCalls.Endpoint.DISCOVERY, below("/.well-known/openid-configuration"))
                        .getContent());
        if (!issuer.equals(document.get("issuer"))) {
            throw new ParseException("the document is about another issuer", 0);
        }
        URI place = JSONObjectUtils.getURI(document, "jwks_uri");
        if (place == null || !isSafe(place)) {
            throw new ParseException("the document lacks a usable jwks_uri", 0);
        }
        return new Signing(keysAt(place), algorithms(document));
    }

    /** Not discoverable, so nothing is known of its algorithms; what its keys are made for decides. */
    private Signing usual() throws IOException {
        return new Signing(keysAt(below("/.well-known/jwks.json")), TokenKeys.ASYMMETRIC);
    }

    private static Set<JWSAlgorithm> algorithms(Map<String, Object> document) throws ParseException {
        List<String> offered = Optional.ofNullable(
                        JSONObjectUtils.getStringList(document, "id_token_signing_alg_values_supported"))
                .orElse(List.of("RS256"));
        Set<JWSAlgorithm> algorithms = new LinkedHashSet<>();
        offered.forEach(name -> algorithms.add(JWSAlgorithm.parse(name)));
        return algorithms;
    }

    /** Keys must come as safely as the issuer itself. */
    private boolean isSafe(URI place) {
        String scheme = String.valueOf(place.getScheme());
        return scheme.equals("https") || (scheme.equals("http") && !issuer.startsWith("https:"));
    }

    private URI below(String path) {
        return URI.create((issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + path);
    }

    private JWKSource<SecurityContext> keysAt(URI place) throws IOException {
        return JWKSourceBuilder.create(place.toURL(), http)
                .cache(KEYS_LAST_MILLIS, KEYS_FETCHED_AT_MOST_EVERY_MILLIS)
                .refreshAheadCache(false)
                .rateLimited(KEYS_FETCHED_AT_MOST_EVERY_MILLIS)
                .outageTolerantForever()
                .build();
    }
}
