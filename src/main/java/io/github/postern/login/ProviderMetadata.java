package io.github.postern.login;

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
 * What describes the provider, and its keys: fetched in the background, kept, and
 * refreshed. Until they are known every call throws {@link LoginFailed}; no request ever waits for them.
 */
final class ProviderMetadata implements IOidcOpMetadataResolver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderMetadata.class);
    private static final Duration REFRESH = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final ProviderSettings settings;
    private final OidcConfiguration configuration;
    private final ProviderDocument document;
    private final ProviderKeys keys;
    private final InstantSource clock;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "postern-provider-metadata");
        thread.setDaemon(true);
        return thread;
    });

    private final RedirectUrlProbe probe;
    private volatile Optional<Known> known = Optional.empty();
    private volatile io.github.postern.config.Secret secret;
    private volatile boolean redirectUrlListed = true;
    private volatile String trouble = "the identity provider has not been asked yet";

    ProviderMetadata(
            ProviderSettings settings, OidcConfiguration configuration, ProviderHttp http, InstantSource clock) {
        this.settings = settings;
        this.secret = settings.clientSecret();
        this.configuration = configuration;
        this.document = new ProviderDocument(settings, http);
        this.keys = new ProviderKeys(settings, http);
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
                ? "the identity provider cannot be reached at " + document.place() + ": " + reason(e)
                : "the identity provider's answer from " + document.place() + " cannot be used: " + e.getMessage();
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
        OIDCProviderMetadata metadata = document.read();
        var trust = new IdTokenChecks.Trust(
                keys.at(metadata.getJWKSetURI()), settings.idTokens().anyIssuer(), settings.audiences());
        return new Known(metadata, new IdTokenChecks(configuration, metadata, trust, clock));
    }

    /** The client secret has changed: the next call uses this one. */
    void use(io.github.postern.config.Secret changed) {
        secret = changed;
        configuration.setSecret(changed.value());
    }

    private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
        var id = new ClientID(settings.clientId());
        var password = new Secret(secret.value());
        List<ClientAuthenticationMethod> methods = Optional.ofNullable(metadata.getTokenEndpointAuthMethods())
                .orElse(List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC));
        boolean onlyPost = !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return onlyPost ? new ClientSecretPost(id, password) : new ClientSecretBasic(id, password);
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
        return authentication(current().metadata());
    }

    @Override
    public ClientAuthentication getClientAuthenticationPAREndpoint() {
        return authentication(current().metadata());
    }

    private Known current() {
        return known.orElseThrow(() -> new LoginFailed(Reason.NOT_READY, trouble));
    }

    @Override
    public void close() {
        background.shutdownNow();
    }

    private record Known(OIDCProviderMetadata metadata, IdTokenChecks tokens) {}
}
