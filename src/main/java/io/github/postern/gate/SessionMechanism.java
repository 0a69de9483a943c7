package io.github.postern.gate;

import io.github.postern.login.Login;
import io.github.postern.login.TokenRefresh;
import io.github.postern.telemetry.AuthLog;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.oidc.profile.OidcProfile;

/**
 * The only door: tells the container who is asking, from the request's credentials or pac4j's session store, and is the one place where a login starts.
 * An error can never become a caller: it is logged, and nobody is signed in.
 */
public final class SessionMechanism implements HttpAuthenticationMechanism {
    /** The role of callers whom {@link AdmissionRules} let pass. */
    public static final String ADMITTED = "admitted";

    /** The request attribute with the target of a login that {@code SecurityContext.authenticate} is to start. */
    public static final String RETURN_TO = SessionMechanism.class.getName() + ".returnTo";

    /** The request attribute that is there when the caller came by credentials, not by a session. */
    public static final String BY_CREDENTIALS = SessionMechanism.class.getName() + ".byCredentials";

    /** The request attribute with the {@link Proof.Invalid} of credentials that were refused. */
    public static final String REFUSED_CREDENTIALS = SessionMechanism.class.getName() + ".refusedCredentials";

    /** The request attribute with the {@link Proof.Undecided} of credentials that were not looked at. */
    public static final String UNDECIDED_CREDENTIALS = SessionMechanism.class.getName() + ".undecidedCredentials";

    /** The request attribute that is there when what keeps sessions could not be asked: it is not known who that is. */
    public static final String UNDECIDED_SESSION = SessionMechanism.class.getName() + ".undecidedSession";

    /** The request attribute with the {@link Offered} session, when the answer carries a new cookie for it. */
    public static final String OFFERED = SessionMechanism.class.getName() + ".offered";

    private static final Set<String> ADMITTED_ROLES = Set.of(ADMITTED);
    private final List<Credentials> credentials;
    private final SessionStore sessions;
    private final Login login;
    private final TokenRefresh refresh;
    private final Predicate<HttpServletRequest> isCheck;
    private final AdmissionRules rules;
    private final AuthLog log;

    /**
     * @param credentials what an {@code Authorization} header may hold; the first that finds its own decides
     * @param sessions where sessions are kept
     * @param login the way to the provider
     * @param isCheck on which requests tokens are renewed
     * @param rules who may pass
     * @param log where faults are told
     */
    public SessionMechanism(
            List<Credentials> credentials,
            SessionStore sessions,
            Login login,
            Predicate<HttpServletRequest> isCheck,
            AdmissionRules rules,
            AuthLog log) {
        this.credentials = List.copyOf(credentials);
        this.sessions = sessions;
        this.login = login;
        this.refresh = login.refresh();
        this.isCheck = isCheck;
        this.rules = rules;
        this.log = log;
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.postern.login.LoginFailed when a login was asked for and cannot begin
     */
    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        if (context.isAuthenticationRequest()) {
            return beginLogin(request, response);
        }
        Optional<Caller> caller = caller(request, response);
        return caller.isEmpty()
                ? context.doNothing()
                : context.notifyContainerAboutLogin(caller.get(), roles(caller.get()));
    }

    private Set<String> roles(Caller caller) {
        return rules.refusal(caller).isEmpty() ? ADMITTED_ROLES : Set.of();
    }

    private Optional<Caller> caller(HttpServletRequest request, HttpServletResponse response) {
        try {
            Optional<Proof> proof = proof(request);
            if (proof.isPresent() && proof.get() instanceof Proof.Valid valid) {
                request.setAttribute(BY_CREDENTIALS, true);
                return Optional.of(valid.caller());
            }
            if (proof.isPresent() && proof.get() instanceof Proof.Invalid invalid) {
                request.setAttribute(REFUSED_CREDENTIALS, invalid);
                if (invalid.isFinal()) {
                    return Optional.empty();
                }
            }
            if (proof.isPresent() && proof.get() instanceof Proof.Undecided undecided) {
                request.setAttribute(UNDECIDED_CREDENTIALS, undecided);
            }
            return profile(request, response).map(Callers::of).filter(rules::knows);
        } catch (TechnicalException e) {
            request.setAttribute(UNDECIDED_SESSION, true); // whoever keeps the sessions tells the operator
            return Optional.empty();
        } catch (RuntimeException e) {
            log.fault("", "reading the session", e);
            return Optional.empty();
        }
    }

    private Optional<Proof> proof(HttpServletRequest request) {
        for (Credentials kind : credentials) { // a loop, because every check comes here
            Optional<Proof> proof = kind.read(request);
            if (proof.isPresent()) {
                return proof;
            }
        }
        return Optional.empty();
    }

    private Optional<OidcProfile> profile(HttpServletRequest request, HttpServletResponse response) {
        CallContext ctx = login.context(request, response);
        Optional<OidcProfile> sent =
                sessions.get(ctx.webContext(), Pac4jConstants.USER_PROFILES).flatMap(Callers::firstProfile);
        if (sent.isEmpty() || !isCheck.test(request)) {
            return sent;
        }
        Optional<OidcProfile> current = current(ctx, sent.get());
        current.flatMap(session -> Offered.by(response, sent.get(), session))
                .ifPresent(offered -> request.setAttribute(OFFERED, offered));
        return current;
    }

    private Optional<OidcProfile> current(CallContext ctx, OidcProfile sent) {
        Optional<OidcProfile> current = refresh.current(ctx, sent);
        if (current.isEmpty()) {
            sessions.set(ctx.webContext(), Pac4jConstants.USER_PROFILES, null);
        } else if (refresh.isNewer(current.get(), sent)) {
            keep(ctx, current.get());
        }
        return current;
    }

    /** A renewed session that is too large for the browser, or whose store is away, goes on as this replica remembers it. */
    private void keep(CallContext ctx, OidcProfile profile) {
        try {
            sessions.set(ctx.webContext(), Pac4jConstants.USER_PROFILES, Map.of(Login.CLIENT, profile));
        } catch (IllegalArgumentException | TechnicalException e) {
            log.notKept(profile.getId(), String.valueOf(e.getMessage()));
        }
    }

    private AuthenticationStatus beginLogin(HttpServletRequest request, HttpServletResponse response) {
        String returnTo = request.getAttribute(RETURN_TO) instanceof String target ? target : "/";
        String location = login.begin(request, response, returnTo);
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", location);
        return AuthenticationStatus.SEND_CONTINUE;
    }

    /** {@code request.logout()}: the local session ends. */
    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        sessions.destroySession(login.context(request, response).webContext());
        context.cleanClientSubject();
    }
}
