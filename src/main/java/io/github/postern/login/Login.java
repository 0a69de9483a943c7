package io.github.postern.login;

import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import io.github.postern.config.ProviderSettings;
import io.github.postern.forwarded.QueryString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.core.exception.http.WithLocationAction;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.exceptions.OidcException;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * The round trip to the identity provider: out, back, and out again to sign off. Protocol steps are pac4j's. Failures are
 * {@link LoginFailed}.
 */
public final class Login implements AutoCloseable {
    /** The session store's key for the {@code state} of an attempt. */
    public static final String STATE_KEY = ProviderClient.NAME + "$stateSessionParameter";

    private static final String LOGOUT = "logout";
    private final ProviderSettings settings;
    private final SessionStore store;
    private final SessionTerms terms;
    private final Function<HttpServletRequest, URI> redirectUri;
    private final InstantSource clock;
    private final SecureRandom random;
    private final ProviderMetadata provider;
    private final OidcClient client;
    private final ProviderHttp http;
    private final Attempts attempts;

    private Login(
            ProviderSettings settings,
            SessionStore store,
            Trip trip,
            Function<HttpServletRequest, URI> redirectUri,
            InstantSource clock,
            SecureRandom random) {
        this.settings = settings;
        this.store = store;
        this.terms = trip.terms();
        this.redirectUri = redirectUri;
        this.clock = clock;
        this.random = random;
        this.attempts = new Attempts(trip.lifetime());
        this.http = new ProviderHttp(new ProviderTls(settings).context(), settings.timeout());
        var parts = new ProviderClient(settings, redirectUri);
        var configuration = parts.configuration();
        this.provider = new ProviderMetadata(settings, configuration, http, clock);
        this.client = parts.client(configuration, provider, http, random);
    }

    /**
     * How long things last.
     *
     * @param lifetime of one attempt to sign in
     * @param terms of the session it ends in
     */
    public record Trip(Duration lifetime, SessionTerms terms) {}

    /**
     * A login that begins at once to ask the provider for its metadata, in the background.
     *
     * @param store where attempts and sessions are kept
     * @param redirectUri our {@code redirect_uri} for a request
     * @throws IllegalArgumentException when {@code provider-ca-file} cannot be read
     */
    public static Login start(
            ProviderSettings settings,
            SessionStore store,
            Trip trip,
            Function<HttpServletRequest, URI> redirectUri,
            InstantSource clock,
            SecureRandom random) {
        var login = new Login(settings, store, trip, redirectUri, clock, random);
        login.provider.start();
        return login;
    }

    /** Why nobody can sign in at the moment, for the operator; empty when people can. */
    public Optional<String> trouble() {
        return provider.trouble();
    }

    /**
     * Begins an attempt: writes its cookie and names the address at the provider.
     *
     * @param returnTo an allowed target
     * @return an absolute URL (OpenID Connect Core 3.1.2.1)
     */
    public String begin(HttpServletRequest request, HttpServletResponse response, String returnTo) {
        var ctx = context(request, response);
        provider.load();
        if (!provider.listsRedirectUrl()) {
            throw new LoginFailed(Reason.REDIRECT_URL_UNKNOWN, "the provider does not list redirect-url");
        }
        ReturnTo.save(ctx, returnTo);
        return client.getRedirectionAction(ctx)
                .filter(WithLocationAction.class::isInstance)
                .map(action -> ((WithLocationAction) action).getLocation())
                .orElseThrow(() -> new LoginFailed(Reason.NOT_READY, "pac4j made no redirection"));
    }

    /**
     * Ends an attempt: checks the answer, exchanges the code, writes the session.
     *
     * @throws LoginFailed for any reason but success
     */
    public Completed complete(HttpServletRequest request, HttpServletResponse response) {
        var ctx = context(request, response);
        QueryString answer = QueryString.of(request.getQueryString());
        String state = known(ctx, answer);
        if (isLogout(ctx)) {
            end(ctx);
            return new Completed(Optional.empty(), ReturnTo.saved(ctx));
        }
        refuseOtherIssuer(answer);
        refuseError(ctx, answer);
        OidcProfile profile = exchange(ctx, state);
        String returnTo = ReturnTo.restore(ctx);
        terms.apply(profile, randomText(), clock.instant(), clock);
        save(ctx, profile);
        return new Completed(Optional.of(profile), Optional.of(returnTo));
    }

    /**
     * What a trip to the provider ended in.
     *
     * @param profile who signed in; empty after a sign-out
     * @param returnTo where the user was going; empty for the signed-out page
     */
    public record Completed(Optional<OidcProfile> profile, Optional<String> returnTo) {}

    /** Nothing else of the answer is looked at before its {@code state} proved to be this browser's. RFC 6749, 10.12 */
    private String known(CallContext ctx, QueryString answer) {
        String state = answer.first("state").orElse("");
        if (answer.repeats()) {
            throw new LoginFailed(Reason.BAD_RESPONSE, "a parameter of the callback occurs twice");
        }
        if (attempts.redeemed(state)) {
            throw new LoginFailed(Reason.USED_ATTEMPT, "the callback's state was redeemed already");
        }
        boolean kept = ctx.sessionStore()
                .get(ctx.webContext(), STATE_KEY)
                .filter(state::equals)
                .isPresent();
        if (state.isEmpty() || !kept) {
            throw new LoginFailed(Reason.UNKNOWN_ATTEMPT, "the callback's state names no attempt of this browser");
        }
        return state;
    }

    /** A provider that the user was lured to must not answer in the name of ours. RFC 9207, 2.4 */
    private void refuseOtherIssuer(QueryString answer) {
        boolean promised = provider.load().supportsAuthorizationResponseIssuerParam();
        Optional<String> issuer = answer.first("iss");
        if (issuer.isEmpty() ? promised : !issuer.get().equals(settings.issuer())) {
            throw new LoginFailed(
                    Reason.BAD_RESPONSE,
                    "the callback's iss is " + issuer.orElse("missing") + ", not " + settings.issuer());
        }
    }

    /** Where the attempt that this callback answers was to end, if it is known. */
    public Optional<String> target(HttpServletRequest request, HttpServletResponse response) {
        return ReturnTo.saved(context(request, response));
    }

    private void refuseError(CallContext ctx, QueryString answer) {
        answer.first("error").ifPresent(error -> {
            end(ctx);
            throw LoginFailed.byProvider(
                    error, answer.first("error_description").orElse(""));
        });
        if (answer.first("code").filter(code -> !code.isBlank()).isEmpty()) {
            throw new LoginFailed(Reason.BAD_RESPONSE, "the callback has no code");
        }
    }

    private OidcProfile exchange(CallContext ctx, String state) {
        try {
            Credentials response = client.getCredentials(ctx)
                    .orElseThrow(() -> new LoginFailed(Reason.BAD_RESPONSE, "the callback holds no credentials"));
            if (!attempts.claim(state)) {
                throw new LoginFailed(Reason.USED_ATTEMPT, "the callback was sent twice");
            }
            end(ctx);
            return client.validateCredentials(ctx, response)
                    .flatMap(tokens -> client.getUserProfile(ctx, tokens))
                    .map(OidcProfile.class::cast)
                    .orElseThrow(() -> new LoginFailed(Reason.TOKEN_INVALID, "no profile came of the tokens"));
        } catch (OidcException e) {
            throw new LoginFailed(Reason.BAD_RESPONSE, String.valueOf(e.getMessage()), e);
        }
    }

    private void save(CallContext ctx, OidcProfile profile) {
        try {
            store.set(ctx.webContext(), Pac4jConstants.USER_PROFILES, Map.of(ProviderClient.NAME, profile));
        } catch (TechnicalException e) {
            throw new LoginFailed(Reason.SESSION_TOO_LARGE, String.valueOf(e.getMessage()), e);
        }
    }

    private void end(CallContext ctx) {
        ctx.sessionStore().set(ctx.webContext(), STATE_KEY, null);
    }

    private static boolean isLogout(CallContext ctx) {
        return ctx.sessionStore().get(ctx.webContext(), LOGOUT).isPresent();
    }

    /**
     * Ends the local session and names the address at which the provider ends its own (RP-Initiated Logout 1.0, 2).
     *
     * @param returnTo an allowed target for afterwards; empty for the signed-out page
     * @return empty when the provider has no such address or is not known yet
     */
    public Optional<String> signOut(
            HttpServletRequest request, HttpServletResponse response, Optional<String> returnTo) {
        var ctx = context(request, response);
        Optional<String> idToken =
                store.get(ctx.webContext(), OidcProfileDefinition.ID_TOKEN).map(Object::toString);
        store.destroySession(ctx.webContext());
        if (provider.trouble().isPresent() || provider.load().getEndSessionEndpointURI() == null) {
            return Optional.empty();
        }
        String state = randomText();
        store.set(ctx.webContext(), LOGOUT, LOGOUT);
        returnTo.ifPresent(target -> ReturnTo.save(ctx, target));
        store.set(ctx.webContext(), STATE_KEY, state);
        return Optional.of(logoutRequest(request, idToken, state).toURI().toString());
    }

    /** Ends the local session only, and takes away every cookie of ours. */
    public void forget(HttpServletRequest request, HttpServletResponse response) {
        store.destroySession(context(request, response).webContext());
    }

    /** The redirect URI serves as return address too, because every provider that let the user in has it listed. */
    private LogoutRequest logoutRequest(HttpServletRequest request, Optional<String> idToken, String state) {
        return new LogoutRequest(
                provider.load().getEndSessionEndpointURI(),
                idToken.map(Login::parse).orElse(null),
                null,
                new ClientID(settings.clientId()),
                redirectUri.apply(request),
                new State(state),
                null);
    }

    private static com.nimbusds.jwt.JWT parse(String idToken) {
        try {
            return com.nimbusds.jwt.JWTParser.parse(idToken);
        } catch (java.text.ParseException e) {
            throw new TechnicalException("a kept ID token is not a JWT", e);
        }
    }

    /** The refresher of the sessions this login makes. */
    public TokenRefresh refresh() {
        return new TokenRefresh(client, store, terms, clock);
    }

    /** pac4j's view of a request. */
    public CallContext context(HttpServletRequest request, HttpServletResponse response) {
        return new CallContext(new CallbackContext(request, response), store);
    }

    private String randomText() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        provider.close();
        http.close();
    }
}
