package io.github.postern.login;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import io.github.postern.config.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The keys that the provider signs with: as it publishes them, or as files of the operator's hold them. */
final class ProviderKeys {
    private static final long LAST_MILLIS = 300_000;
    private static final long FOR_EVER_MILLIS = Duration.ofDays(3650).toMillis();
    private static final long FETCHED_AT_MOST_EVERY_MILLIS = 10_000;
    private final ProviderSettings settings;
    private final ProviderHttp http;

    ProviderKeys(ProviderSettings settings, ProviderHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /**
     * The keys, fetched once already where they are published.
     *
     * @param location where they are published
     * @throws IOException when none can be had
     */
    JWKSource<SecurityContext> at(URI location) throws IOException {
        List<JWK> keys = settings.idTokens().keys();
        return keys.isEmpty() ? published(location) : filed(new JWKSet(keys));
    }

    /** Files know nothing of key ids, so every key of the right kind is tried. */
    private static JWKSource<SecurityContext> filed(JWKSet keys) {
        return (selector, context) -> new JWKSelector(new JWKMatcher.Builder(selector.getMatcher())
                        .keyID(null)
                        .build())
                .select(keys);
    }

    private JWKSource<SecurityContext> published(URI location) throws IOException {
        var outages = new AtomicInteger();
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(location.toURL(), http)
                .cache(LAST_MILLIS, settings.timeout().toMillis())
                .refreshAheadCache(false)
                .rateLimited(FETCHED_AT_MOST_EVERY_MILLIS)
                .outageTolerant(FOR_EVER_MILLIS, outage -> outages.incrementAndGet())
                .build();
        try {
            if (keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                    .isEmpty()) {
                throw new IOException(ProviderHttp.shown(location) + " holds no keys");
            }
        } catch (KeySourceException e) {
            throw new IOException(ProviderHttp.shown(location) + " holds no usable keys: " + e.getMessage(), e);
        }
        return (selector, context) -> selected(keys, selector, outages);
    }

    /** A key that the old ones do not hold may be among those that could not be fetched: that says nothing against a token. */
    private static List<JWK> selected(JWKSource<SecurityContext> keys, JWKSelector selector, AtomicInteger outages)
            throws KeySourceException {
        int before = outages.get();
        List<JWK> selected = keys.get(selector, null);
        if (selected.isEmpty() && outages.get() != before) {
            throw new KeySourceException("the provider's keys cannot be fetched");
        }
        return selected;
    }
}
