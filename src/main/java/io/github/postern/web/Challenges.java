package io.github.postern.web;

import io.github.postern.config.Level;
import io.github.postern.config.Settings;
import io.github.postern.forwarded.ApiRoutes;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.gate.BearerChallenge;
import io.github.postern.gate.Challenge;
import io.github.postern.gate.Proof;
import io.github.postern.gate.SessionMechanism;
import io.github.postern.telemetry.AuthLog;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers requests without a session: a login for people who open a page, a plain 401 for everything else. */
public final class Challenges {
    private static final Cookie[] NO_COOKIES = {};
    private final Places places;
    private final Logins logins;
    private final Pages pages;
    private final AuthLog log;
    private final ApiRoutes api;
    private final Json json = new Json();

    /**
     * @param places where people wanted to go
     * @param logins how they get there
     * @param pages what they see
     * @param log what operators see
     */
    public Challenges(Places places, Logins logins, Pages pages, AuthLog log) {
        this.places = places;
        this.logins = logins;
        this.pages = pages;
        this.log = log;
        this.api = new ApiRoutes(places.settings().api());
    }

    void answer(HttpServletRequest request, HttpServletResponse response, ForwardedRequest asked)
            throws ServletException, IOException {
        var settings = places.settings();
        Optional<Proof.Invalid> credentials = refusedCredentials(request);
        credentials.ifPresent(refused ->
                log.credentialsRefused(refused.detail(), asked.client().orElse(asked.peer())));
        boolean program = api.cover(asked);
        Challenge challenge = program || isForProgram(request)
                ? Challenge.UNAUTHORIZED
                : Challenge.of(request, asked, settings.forwarded().challenge());
        tell(request, challenge, credentials.isPresent());
        if (challenge == Challenge.UNAUTHORIZED) {
            unauthorized(request, response, program || Challenge.prefersJson(request));
        } else if (Undecided.isSo(request)) {
            logins.undecided(request, response, new Target(asked.url().orElse("/")));
        } else {
            lead(request, response, asked, challenge, Level.ANY);
        }
    }

    private void tell(HttpServletRequest request, Challenge challenge, boolean credentials) {
        if (Undecided.isSo(request)) {
            log.undecided("sessions-away");
        } else if (request.getAttribute(SessionMechanism.UNDECIDED_CREDENTIALS) != null) {
            log.undecided("credentials-not-judged");
        } else {
            log.challenged(challenge.name(), credentials ? "credentials-refused" : whyNobody(request));
        }
    }

    /** A session cookie that came and stands for nobody has ended, or was made under another secret, issuer or client. */
    private String whyNobody(HttpServletRequest request) {
        String name = places.settings().cookies().name();
        boolean sent = Stream.of(Optional.ofNullable(request.getCookies()).orElse(NO_COOKIES))
                .map(Cookie::getName)
                .anyMatch(sentName -> sentName.equals(name) || sentName.equals(name + "_0"));
        return sent ? "session-unusable" : "no-session";
    }

    /** Whether a redirect in answer to this request reaches a browser that opens a page, and nothing of the request is lost by it. */
    boolean mayRedirect(HttpServletRequest request, ForwardedRequest asked) {
        return asked.method().filter("GET"::equals).isPresent()
                && !api.cover(asked)
                && places.cookieReaches(request)
                && Challenge.of(request, asked, places.settings().forwarded().challenge()) == Challenge.REDIRECT;
    }

    /** For somebody who is signed in, but not at the level that a rule asks for. */
    void stepUp(HttpServletRequest request, HttpServletResponse response, ForwardedRequest asked, Level level)
            throws ServletException, IOException {
        boolean program = api.cover(asked);
        Challenge challenge =
                Challenge.of(request, asked, places.settings().forwarded().challenge());
        if (program || challenge == Challenge.UNAUTHORIZED || bringsCredentials(request)) {
            insufficient(response, level, program || Challenge.prefersJson(request));
        } else {
            lead(request, response, asked, challenge, level);
        }
    }

    /** A sign-in would change nothing: the same credentials would come again, and win over the new session. */
    private static boolean bringsCredentials(HttpServletRequest request) {
        return request.getAttribute(SessionMechanism.BY_CREDENTIALS) != null;
    }

    private void insufficient(HttpServletResponse response, Level level, boolean asJson) throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("WWW-Authenticate", BearerChallenge.insufficient(level));
        body(response, asJson, BearerChallenge.INSUFFICIENT_LEVEL);
    }

    private void lead(
            HttpServletRequest request,
            HttpServletResponse response,
            ForwardedRequest asked,
            Challenge challenge,
            Level level)
            throws ServletException, IOException {
        if (!places.cookieReaches(request)) {
            unreachable(request, response);
            return;
        }
        var settings = places.settings();
        Logins.askFor(request, level);
        String target = places.allowed(challenge.returnTarget(
                        request, asked, settings.endpoints().prefix()))
                .orElse("/");
        switch (challenge) {
            case REDIRECT -> redirect(request, response, target, level);
            case SEE_OTHER -> seeOther(request, response, target, level);
            case SIGN_IN_LINK -> signInLink(request, response, target, level);
            default -> pages.framed(request, response, new FramedView(new Target(target)));
        }
    }

    /** Who sends credentials is a program, unless it names a page; and where bad ones are final, a login is no way out. */
    private static boolean isForProgram(HttpServletRequest request) {
        return refusedCredentials(request)
                .filter(refused -> refused.isFinal() || !Challenge.namesPage(request))
                .isPresent();
    }

    private static Optional<Proof.Invalid> refusedCredentials(HttpServletRequest request) {
        return Optional.ofNullable(request.getAttribute(SessionMechanism.REFUSED_CREDENTIALS))
                .filter(Proof.Invalid.class::isInstance)
                .map(Proof.Invalid.class::cast);
    }

    /** Says to a program what was wrong with its credentials, or that tokens are accepted here (RFC 6750, 3). */
    static void tell(HttpServletRequest request, HttpServletResponse response, Settings settings) {
        Optional<String> bare = settings.bearer().accepted()
                ? Optional.of(BearerChallenge.of(settings.provider()).bare())
                : Optional.empty();
        refusedCredentials(request)
                .map(Proof.Invalid::challenge)
                .filter(challenge -> !challenge.isEmpty())
                .or(() -> bare)
                .ifPresent(challenge -> response.setHeader("WWW-Authenticate", challenge));
    }

    private void unauthorized(HttpServletRequest request, HttpServletResponse response, boolean asJson)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        if (request.getAttribute(SessionMechanism.UNDECIDED_CREDENTIALS) instanceof Proof.Undecided undecided) {
            response.setStatus(undecided.status());
            response.setHeader("Retry-After", undecided.retryAfter());
        }
        if (Undecided.isSo(request)) {
            Undecided.tell(response);
            return;
        }
        tell(request, response, places.settings());
        body(response, asJson, "unauthorized");
    }

    private void body(HttpServletResponse response, boolean asJson, String error) throws IOException {
        if (asJson) {
            json.write(response, Map.of("error", error));
        } else {
            Json.writeText(response, "Unauthorized");
        }
    }

    /** Signing in would start over for ever, so it does not start. */
    private void unreachable(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String host = places.host(request);
        String domains = String.join(",", places.settings().cookies().domains());
        var facts = List.of(new FailedView.Fact("host", host), new FailedView.Fact("cookie-domain", domains));
        String detail = "the session cookie of cookie-domain=" + domains + " does not reach the host " + host;
        logins.foreignHost(request, response, detail, facts);
    }

    /** Straight to the provider; by way of our own page where a script can save the fragment on it. */
    private void redirect(HttpServletRequest request, HttpServletResponse response, String target, Level level)
            throws ServletException, IOException {
        if (runsScripts(request)) {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", places.endpoint(request, ContinueServlet.PATH, target, level));
        } else {
            logins.begin(request, response, target);
        }
    }

    /**
     * Whether a browser of today asks for a page: all of them send one of these hints with a navigation. A browser keeps
     * {@code #/page} over redirects, but loses it at the provider's login form.
     */
    private static boolean runsScripts(HttpServletRequest request) {
        return "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && (request.getHeader("Sec-CH-UA") != null || request.getHeader("Priority") != null);
    }

    /** The sign-in page shows those who are signed in their account; at a step-up the page comes at once. */
    private void seeOther(HttpServletRequest request, HttpServletResponse response, String target, Level level)
            throws ServletException, IOException {
        if (!level.isAny()) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            pages.signIn(request, response, new SignInView(new Target(target), SignInView.Notice.FORM_NOT_SENT));
            return;
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        String signIn = places.endpoint(request, "/sign_in", target);
        response.setHeader("Location", signIn + (signIn.contains("?") ? "&" : "?") + SignInServlet.FORM + "=1");
    }

    private void signInLink(HttpServletRequest request, HttpServletResponse response, String target, Level level)
            throws ServletException, IOException {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        String path = runsScripts(request) ? ContinueServlet.PATH : "/start";
        response.setHeader("Location", places.endpoint(request, path, target, level));
        var notice = level.isAny() ? SignInView.Notice.NONE : SignInView.Notice.LEVEL;
        pages.signIn(request, response, new SignInView(new Target(target).shortened(), notice));
    }
}
