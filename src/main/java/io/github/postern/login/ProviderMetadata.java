package io.github.postern.login;

import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.postern.config.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.pac4j.oidc.config.OidcConfiguration;
import org.pac4j.oidc.metadata.IOidcOpMetadataResolver;
import org.pac4j.oidc.profile.creator.TokenValidator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the provider says of itself (OpenID Connect Discovery 4) and its keys: fetched in the background, kept, and
 * refreshed. Until they are known every call throws {@link LoginFailed}; no request ever waits for them.
 */
final class ProviderMetadata implements IOidcOpMetadataResolver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderMetadata.class);
    private static final Duration REFRESH = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final long KEYS_LAST_MILLIS = 300_000;
    private static final long KEYS_FETCHED_AT_MOST_EVERY_MILLIS = 10_000;
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    private final ProviderSettings settings;
    private final OidcConfiguration configuration;
    private final ProviderHttp http;
    private final InstantSource clock;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "postern-provider-metadata");
        thread.setDaemon(true);
        return thread;
    });

    private final RedirectUrlProbe probe;
    private volatile Optional<Known> known = Optional.empty();
    private volatile boolean redirectUrlListed = true;
    private volatile String trouble = "the identity provider has not been asked yet";

    ProviderMetadata(
            ProviderSettings settings, OidcConfiguration configuration, ProviderHttp http, InstantSource clock) {
        this.settings = settings;
        this.configuration = configuration;
        this.http = http;
        this.clock = clock;
        this.probe = new RedirectUrlProbe(settings, http);
    }

    /** Begins to fetch, now and again; returns at once. */
    void start() {
        schedule(Duration.ZERO, Duration.ofSeconds(1));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // refresh catches and tells what goes wrong
    private void schedule(Duration delay, Duration pauseAfterFailure) {
        background.schedule(() -> refresh(pauseAfterFailure), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh(Duration pause) {
        Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        try {
            known = Optional.of(fetch());
            if (!trouble.isEmpty()) {
                LOG.info("The identity provider {} is known: people can sign in.", settings.issuer());
            }
            trouble = "";
            askForRedirectUrl();
            schedule(redirectUrlListed ? REFRESH : LONGEST_PAUSE, Duration.ofSeconds(1));
        } catch (IOException | ParseException | RuntimeException e) {
            complain(e);
            schedule(pause, next);
        }
    }

    /** What changed is told, not what stayed. */
    private void askForRedirectUrl() {
        boolean listed = probe.isListed(load());
        if (redirectUrlListed && !listed) {
            LOG.error(
                    "Nobody can sign in: the identity provider does not list redirect-url {} for client {}. Add it to the client's \"Valid redirect URIs\".",
                    settings.redirectUrl().map(URI::toString).orElse(""),
                    settings.clientId());
        } else if (!redirectUrlListed && listed) {
            LOG.info("The identity provider lists redirect-url now: people can sign in.");
        }
        redirectUrlListed = listed;
    }

    /** The same trouble is told once, not at every try. */
    private void complain(Exception e) {
        String now = e instanceof IOException
                ? "the identity provider cannot be reached at " + discovery() + ": " + reason(e)
                : "the identity provider's answer from " + discovery() + " cannot be used: " + e.getMessage();
        if (!now.equals(trouble)) {
            String effect =
                    known.isEmpty() ? "Nobody can sign in yet" : "What is known of the provider cannot be renewed";
            LOG.warn("{}: {}. Postern keeps trying.", effect, now);
        }
        trouble = now;
    }

    /** Java says nothing but "ConnectException" of a name that does not resolve. */
    private static String reason(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "its name does not resolve";
            }
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return e.getClass().getSimpleName() + " (nothing listens there, or a firewall is between)";
    }

    private Known fetch() throws IOException, ParseException {
        var metadata = OIDCProviderMetadata.parse(http.get(discovery()).getContent());
        String issuer = metadata.getIssuer().getValue();
        if (!issuer.equals(settings.issuer())) {
            // Someone else's document must not tell us where to send our secret. Discovery 4.3
            throw new ParseException(
                    "it names the issuer " + issuer + " where oidc-issuer-url is " + settings.issuer());
        }
        requireEndpoints(metadata);
        requireSafeEndpoints(metadata);
        metadata.setIDTokenJWSAlgs(IdTokenChecks.trustworthy(metadata.getIDTokenJWSAlgs()));
        JWKSource<SecurityContext> keys = keys(metadata.getJWKSetURI());
        return new Known(
                metadata,
                new IdTokenChecks(configuration, metadata, keys, settings.audiences(), clock),
                authentication(metadata));
    }

    /** Where our secret and people's codes go must be as safe as the issuer itself. */
    private void requireSafeEndpoints(OIDCProviderMetadata metadata) throws ParseException {
        boolean secure = settings.issuer().startsWith("https:");
        for (URI endpoint : Arrays.asList(
                metadata.getAuthorizationEndpointURI(),
                metadata.getTokenEndpointURI(),
                metadata.getJWKSetURI(),
                metadata.getUserInfoEndpointURI(),
                metadata.getEndSessionEndpointURI())) {
            String scheme = endpoint == null ? "https" : String.valueOf(endpoint.getScheme());
            if (!scheme.equals("https") && (secure || !scheme.equals("http"))) {
                throw new ParseException(
                        "its endpoint " + endpoint + " is not " + (secure ? "https" : "http or https"));
            }
        }
    }

    private static void requireEndpoints(OIDCProviderMetadata metadata) throws ParseException {
        if (metadata.getAuthorizationEndpointURI() == null
                || metadata.getTokenEndpointURI() == null
                || metadata.getJWKSetURI() == null) {
            throw new ParseException("it lacks authorization_endpoint, token_endpoint or jwks_uri");
        }
        List<?> algorithms =
                Optional.<List<?>>ofNullable(metadata.getIDTokenJWSAlgs()).orElse(List.of());
        if (algorithms.isEmpty()) {
            throw new ParseException("it lacks id_token_signing_alg_values_supported");
        }
    }

    private JWKSource<SecurityContext> keys(URI location) throws IOException {
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(location.toURL(), http)
                .cache(KEYS_LAST_MILLIS, settings.timeout().toMillis())
                .refreshAheadCache(false)
                .rateLimited(KEYS_FETCHED_AT_MOST_EVERY_MILLIS)
                .outageTolerantForever()
                .build();
        try {
            if (keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                    .isEmpty()) {
                throw new IOException(location + " holds no keys");
            }
        } catch (com.nimbusds.jose.KeySourceException e) {
            throw new IOException(location + " holds no usable keys: " + e.getMessage(), e);
        }
        return keys;
    }

    private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
        var id = new ClientID(settings.clientId());
        var secret = new Secret(settings.clientSecret().value());
        List<ClientAuthenticationMethod> methods = Optional.ofNullable(metadata.getTokenEndpointAuthMethods())
                .orElse(List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC));
        boolean onlyPost = !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return onlyPost ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
    }

    private URI discovery() {
        String issuer = settings.issuer();
        return URI.create((issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + WELL_KNOWN);
    }

    /** Why nobody can sign in, for the operator; empty when all is known. */
    Optional<String> trouble() {
        if (known.isEmpty()) {
            return Optional.of(trouble);
        }
        return redirectUrlListed ? Optional.empty() : Optional.of("the identity provider does not list redirect-url");
    }

    boolean isKnown() {
        return known.isPresent();
    }

    @Override
    public OIDCProviderMetadata load() {
        return current().metadata();
    }

    @Override
    public TokenValidator getTokenValidator() {
        return current().tokens();
    }

    /** False while the provider says that our redirect URL is not on its list. */
    boolean listsRedirectUrl() {
        return redirectUrlListed;
    }

    IdTokenChecks tokens() {
        return current().tokens();
    }

    @Override
    public ClientAuthentication getClientAuthenticationTokenEndpoint() {
        return current().authentication();
    }

    @Override
    public ClientAuthentication getClientAuthenticationPAREndpoint() {
        return current().authentication();
    }

    private Known current() {
        return known.orElseThrow(() -> new LoginFailed(Reason.NOT_READY, trouble));
    }

    @Override
    public void close() {
        background.shutdownNow();
    }

    private record Known(OIDCProviderMetadata metadata, IdTokenChecks tokens, ClientAuthentication authentication) {}
}
