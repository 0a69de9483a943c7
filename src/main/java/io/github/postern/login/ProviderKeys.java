package io.github.postern.login;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import io.github.postern.config.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The keys that the provider signs with: as it publishes them, or as files of the operator's hold them. */
final class ProviderKeys {
    private static final long LAST_MILLIS = 300_000;
    private static final long FETCHED_AT_MOST_EVERY_MILLIS = 10_000;
    private final ProviderSettings settings;
    private final ProviderHttp http;
    private Optional<Published> last = Optional.empty();

    ProviderKeys(ProviderSettings settings, ProviderHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /**
     * The keys. Where the operator named their address, or the provider is Keycloak, they have been fetched once already, so that
     * what is wrong with them is told at the start. Of any other provider's description they are fetched when a token is there.
     *
     * @param location where they are published
     * @throws IOException when none can be had
     */
    JWKSource<SecurityContext> at(URI location) throws IOException {
        List<JWK> keys = settings.idTokens().keys();
        if (!keys.isEmpty()) {
            return filed(new JWKSet(keys));
        }
        if (settings.keycloak() || settings.addresses().given().isPresent()) {
            return fetched(location);
        }
        Optional<Published> known = last.filter(found -> found.location().equals(location));
        last = known.isPresent() ? known : Optional.of(new Published(location, published(location)));
        return last.orElseThrow().keys();
    }

    private record Published(URI location, JWKSource<SecurityContext> keys) {}

    /**
     * Has published keys fetched anew, at the rate that holds for all.
     *
     * @return false where they were not published
     * @throws KeySourceException when they cannot be had now
     */
    static boolean lookAgain(JWKSource<SecurityContext> keys) throws KeySourceException {
        if (!(keys instanceof JWKSetBasedJWKSource<SecurityContext> published)) {
            return false;
        }
        published
                .getJWKSetSource()
                .getJWKSet(JWKSetCacheRefreshEvaluator.forceRefresh(), System.currentTimeMillis(), null);
        return true;
    }

    /** Files know nothing of key ids, so every key of the right kind is tried. */
    private static JWKSource<SecurityContext> filed(JWKSet keys) {
        return (selector, context) -> new JWKSelector(new JWKMatcher.Builder(selector.getMatcher())
                        .keyID(null)
                        .build())
                .select(keys);
    }

    private JWKSource<SecurityContext> published(URI location) throws IOException {
        return JWKSourceBuilder.create(location.toURL(), http)
                .cache(LAST_MILLIS, settings.timeout().toMillis())
                .refreshAheadCache(false)
                .rateLimited(FETCHED_AT_MOST_EVERY_MILLIS)
                .outageTolerantForever()
                .build();
    }

    private JWKSource<SecurityContext> fetched(URI location) throws IOException {
        JWKSource<SecurityContext> keys = published(location);
        try {
            if (keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                    .isEmpty()) {
                throw new IOException(ProviderHttp.shown(location) + " holds no keys");
            }
        } catch (KeySourceException e) {
            throw new IOException(ProviderHttp.shown(location) + " holds no usable keys: " + e.getMessage(), e);
        }
        return keys;
    }
}
