package io.github.postern.login;

import io.github.postern.config.BearerSettings;
import io.github.postern.config.ProviderSettings;
import io.github.postern.config.Secret;
import io.github.postern.telemetry.AuthLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.exception.http.WithLocationAction;
import org.pac4j.core.logout.handler.SessionLogoutHandler;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.profile.OidcProfile;

/**
 * The way out to the identity provider, and the door to the other steps: {@link Callback} back, {@link SignOff} out again,
 * {@link TokenRefresh} in between. Protocol steps are pac4j's. Failures are {@link LoginFailed}.
 */
public final class Login implements AutoCloseable {
    /** The name of pac4j's client, under which it keeps a session's profile. */
    public static final String CLIENT = ProviderClient.NAME;

    /** The session store's key for the {@code state} of an attempt. */
    public static final String STATE_KEY = CLIENT + "$stateSessionParameter";

    private final Visit visit;
    private final ProviderHttp http;
    private final Callback callback;
    private final SignOff signOff;
    private final TokenRefresh refresh;
    private final Optional<BearerTokens> bearer;
    private final SessionTerms terms;
    private final Chance chance;
    private final RandomText texts;

    private Login(Visit visit, ProviderHttp http, Terms terms, Chance chance) {
        var texts = new RandomText(chance.random());
        this.terms = terms.session();
        this.chance = chance;
        this.texts = texts;
        this.visit = visit;
        this.http = http;
        this.callback = new Callback(visit, new Attempts(terms.attempt()), terms.session(), texts, chance.clock());
        var addresses = visit.settings().addresses();
        this.signOff = new SignOff(visit, texts, new BackendLogout(addresses.backendLogout(), http));
        var renewal = new ProviderRenewal(
                visit, terms.session(), new AccessTokenCheck(addresses.validate(), http), chance.clock());
        this.refresh = new TokenRefresh(
                renewal::renew, terms.session(), chance.turns(), TokenRefresh.Pace.of(chance), chance.log());
        this.bearer = bearer(visit, http, terms, chance.clock());
    }

    /**
     * How long things last, and what of them is kept.
     *
     * @param attempt one attempt to sign in
     * @param session the session it ends in
     * @param claims further claims to keep in it, because a header or a rule asks for them
     * @param bearer which tokens stand in for it
     */
    public record Terms(Duration attempt, SessionTerms session, Supplier<Set<String>> claims, BearerSettings bearer) {}

    /**
     * What comes from outside and differs in tests.
     *
     * @param clock now
     * @param random where states, nonces and verifiers come from
     * @param turns which replica renews a session
     * @param log where it is told what became of renewals
     * @param calls hears of each call to the provider
     */
    public record Chance(InstantSource clock, SecureRandom random, Turns turns, AuthLog log, ProviderCalls calls) {}

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
            Function<HttpServletRequest, URI> redirectUri,
            Terms terms,
            Chance chance) {
        var http = new ProviderHttp(new ProviderTls(settings).context(), settings.timeout(), chance.calls());
        var parts = new ProviderClient(settings, redirectUri, terms.claims());
        var configuration = parts.configuration();
        var provider = new ProviderMetadata(settings, configuration, http, chance.clock());
        var client = parts.client(configuration, provider, http, chance);
        var visit = new Visit(settings, store, provider, client, redirectUri);
        provider.start();
        return new Login(visit, http, terms, chance);
    }

    private static Optional<BearerTokens> bearer(Visit visit, ProviderHttp http, Terms terms, InstantSource clock) {
        return terms.bearer().accepted()
                ? Optional.of(new BearerTokens(TokenIssuers.start(visit, http, terms, clock), terms.session(), clock))
                : Optional.empty();
    }

    /** The client secret has changed: the next call to the provider uses this one. */
    public void useClientSecret(Secret changed) {
        visit.provider().use(changed);
    }

    /** Why nobody can sign in at the moment, for the operator; empty when people can. */
    public Optional<String> trouble() {
        return visit.provider().trouble();
    }

    /**
     * Begins an attempt: writes its cookie and names the address at the provider.
     *
     * @param returnTo an allowed target
     * @return an absolute URL (OpenID Connect Core 3.1.2.1)
     */
    public String begin(HttpServletRequest request, HttpServletResponse response, String returnTo) {
        var ctx = context(request, response);
        visit.provider().load();
        if (!visit.provider().listsRedirectUrl()) {
            throw new LoginFailed(Reason.REDIRECT_URL_UNKNOWN, "the provider does not list redirect-url");
        }
        ReturnTo.save(ctx, returnTo);
        AskedLevel.save(ctx);
        return visit.client()
                .getRedirectionAction(ctx)
                .filter(WithLocationAction.class::isInstance)
                .map(action -> ((WithLocationAction) action).getLocation())
                .orElseThrow(() -> new LoginFailed(Reason.NOT_READY, "pac4j made no redirection"));
    }

    /** Begins a session of somebody whom the provider need not be asked about. */
    public void signIn(HttpServletRequest request, HttpServletResponse response, OidcProfile profile) {
        terms.apply(profile, texts.next(), chance.clock().instant(), chance.clock());
        visit.store()
                .set(
                        context(request, response).webContext(),
                        Pac4jConstants.USER_PROFILES,
                        Map.of(ProviderClient.NAME, profile));
    }

    /** The id of the session that a request belongs to; empty where it belongs to none. */
    public Optional<String> sessionId(HttpServletRequest request, HttpServletResponse response) {
        return visit.store().getSessionId(context(request, response).webContext(), false);
    }

    /** The way back. */
    public Callback callback() {
        return callback;
    }

    /** The way out again. */
    public SignOff signOff() {
        return signOff;
    }

    /**
     * What ends sessions by the word of the provider's server.
     *
     * @param sessions what ends them, whosesoever browser holds them
     */
    public BackChannelLogout backChannelLogout(SessionLogoutHandler sessions) {
        var trust = LogoutTokens.Trust.of(visit.settings(), visit.provider());
        return new BackChannelLogout(new LogoutTokens(trust, chance.clock()), sessions, visit::context);
    }

    /**
     * What ends a session by the word of the provider's page.
     *
     * @param sessions what ends it, wherever it is kept
     */
    public FrontChannelLogout frontChannelLogout(SessionLogoutHandler sessions) {
        return new FrontChannelLogout(visit.settings(), sessions, visit::context);
    }

    /** The refresher of the sessions this login makes. */
    public TokenRefresh refresh() {
        return refresh;
    }

    /** The judge of tokens that stand in for a session, where the operator accepts any. */
    public Optional<BearerTokens> bearer() {
        return bearer;
    }

    /** pac4j's view of a request. */
    public CallContext context(HttpServletRequest request, HttpServletResponse response) {
        return visit.context(request, response);
    }

    @Override
    public void close() {
        refresh.close();
        bearer.ifPresent(BearerTokens::close);
        visit.provider().close();
        http.close();
    }
}
