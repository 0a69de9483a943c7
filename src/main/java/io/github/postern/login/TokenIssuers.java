package io.github.postern.login;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.postern.config.BearerSettings;
import io.github.postern.config.ProviderSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** Whose bearer tokens count, and the background that keeps their keys fresh. */
final class TokenIssuers implements AutoCloseable {
    private static final int MOST_THREADS = 4;
    private final List<TokenIssuer> all;
    private final ScheduledExecutorService background;

    /** @param background where their keys are fetched; ends with this */
    TokenIssuers(List<TokenIssuer> all, ScheduledExecutorService background) {
        this.all = List.copyOf(all);
        this.background = background;
    }

    /** The provider and the operator's others; their keys are fetched from now on. */
    static TokenIssuers start(Visit visit, ProviderHttp http, Login.Terms terms, InstantSource clock) {
        List<BearerSettings.ExtraIssuer> extra = terms.bearer().extraIssuers();
        var making = new Making(visit.settings(), terms, background(extra.size() + 1), clock);
        List<TokenIssuer> all = Stream.concat(
                        Stream.of(making.main(visit.provider())), extra.stream().map(one -> making.extra(one, http)))
                .toList();
        all.forEach(issuer -> issuer.keys().start());
        return new TokenIssuers(all, making.background());
    }

    static ScheduledExecutorService background(int issuers) {
        return Executors.newScheduledThreadPool(Math.min(issuers, MOST_THREADS), task -> {
            var thread = new Thread(task, "postern-token-keys");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What all issuers are made with. */
    private record Making(
            ProviderSettings settings, Login.Terms terms, ScheduledExecutorService background, InstantSource clock) {
        TokenIssuer main(ProviderMetadata provider) {
            return new TokenIssuer(
                    settings.issuer(),
                    new Audiences(settings.clientId(), settings.audiences()),
                    new TokenKeys(settings.issuer(), () -> provider.tokens().signing(), background, clock),
                    new Profiles(Profiles.Names.of(settings), terms.claims()),
                    settings.keycloak());
        }

        TokenIssuer extra(BearerSettings.ExtraIssuer extra, ProviderHttp http) {
            var keys = new IssuerKeys(extra.issuer(), http, clock);
            return new TokenIssuer(
                    extra.issuer(),
                    new Audiences(extra.audience(), settings.audiences()),
                    new TokenKeys(extra.issuer(), keys::signing, background, clock),
                    new Profiles(Profiles.Names.STANDARD, terms.claims()),
                    false);
        }
    }

    /** Those of the name that the token gives: several where one issuer's tokens count for several audiences. */
    List<TokenIssuer> of(JWTClaimsSet token) {
        return all.stream().filter(issuer -> issuer.issued(token)).toList();
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
