package io.github.postern.web;

import io.github.postern.forwarded.QueryString;
import io.github.postern.gate.Caller;
import io.github.postern.gate.Challenge;
import io.github.postern.gate.SessionMechanism;
import io.github.postern.session.SessionDirectory;
import io.github.postern.telemetry.AuthLog;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.pac4j.core.exception.TechnicalException;

/**
 * {@code /sessions}: where the user is signed in, with a way to end each; for members of {@code admin-group} also where somebody
 * else is ({@code ?who=}).
 */
public final class SessionsServlet extends Endpoint {
    /** Below our prefix. */
    static final String PATH = "/sessions";

    private final transient SecurityContext security;
    private final transient Lists lists;
    private final transient Places places;
    private final transient Pages pages;
    private final transient AuthLog log;
    private final transient Json json = new Json();

    /**
     * Where sessions are listed, and to whom.
     *
     * @param directory empty where sessions are in browsers only
     * @param sessionId the id of the session that a request belongs to, if it does to any
     * @param adminGroups who may see and end everybody's sessions
     */
    public record Lists(
            Optional<SessionDirectory> directory,
            BiFunction<HttpServletRequest, HttpServletResponse, Optional<String>> sessionId,
            List<String> adminGroups) {
        public Lists {
            adminGroups = List.copyOf(adminGroups);
        }

        Optional<KeptSessions> kept() {
            return directory.map(KeptSessions::new);
        }
    }

    /**
     * @param security who is asking
     * @param lists which sessions there are
     * @param places where our other pages are
     * @param pages what people see
     * @param log what operators see
     */
    public SessionsServlet(SecurityContext security, Lists lists, Places places, Pages pages, AuthLog log) {
        this.security = security;
        this.lists = lists;
        this.places = places;
        this.pages = pages;
        this.log = log;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        respond(request, response, caller -> list(request, response, caller));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        respond(request, response, caller -> end(request, response, caller));
    }

    /** What is done for somebody who is signed in. */
    private interface Work {
        void of(Caller caller) throws ServletException, IOException;
    }

    private void respond(HttpServletRequest request, HttpServletResponse response, Work work)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        if (Undecided.isSo(request)) {
            away(request, response);
        } else if (security.getCallerPrincipal() instanceof Caller caller) {
            try {
                work.of(caller);
            } catch (TechnicalException storeAway) {
                away(request, response); // whoever keeps the sessions tells the operator
            }
        } else if (Challenge.prefersJson(request)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            Challenges.tell(request, response, places.settings());
            json.write(response, Map.of("error", "unauthorized"));
        } else {
            pages.signIn(request, response, new SignInView(Target.HOME, SignInView.Notice.NONE));
        }
    }

    private void away(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (Challenge.prefersJson(request)) {
            Undecided.tell(response);
        } else {
            Undecided.show(request, response, pages, log.reference(), Target.HOME);
        }
    }

    private void list(HttpServletRequest request, HttpServletResponse response, Caller caller)
            throws ServletException, IOException {
        String who =
                QueryString.of(request.getQueryString()).first("who").orElse("").strip();
        if (!who.isEmpty() && !isAdmin(caller)) {
            refuse(request, response, caller);
        } else if (Challenge.prefersJson(request)) {
            var found = lists.kept().map(kept -> kept.listed(caller, who, current(kept, request, response)));
            json.write(response, Map.of("kept", found.isPresent(), "sessions", found.orElse(List.of())));
        } else {
            pages.sessions(request, response, view(request, response, caller, who));
        }
    }

    private SessionsView view(HttpServletRequest request, HttpServletResponse response, Caller caller, String who) {
        if (lists.kept().isEmpty()) {
            return new SessionsView(false, SessionsView.Notice.NONE, List.of(), SessionsView.Search.NONE);
        }
        KeptSessions kept = lists.kept().get();
        String current = current(kept, request, response);
        var found = who.isEmpty() ? List.<SessionsView.Found>of() : kept.find(who, current);
        var search = isAdmin(caller) ? new SessionsView.Search(true, who, found) : SessionsView.Search.NONE;
        return new SessionsView(true, SessionsView.Notice.NONE, kept.rows(caller, current), search);
    }

    private String current(KeptSessions kept, HttpServletRequest request, HttpServletResponse response) {
        return kept.handle(lists.sessionId().apply(request, response).orElse(""));
    }

    /** Somebody whom the rules keep out administers nothing, whatever their groups. */
    private boolean isAdmin(Caller caller) {
        return security.isCallerInRole(SessionMechanism.ADMITTED)
                && caller.groups().stream().anyMatch(lists.adminGroups()::contains);
    }

    private void end(HttpServletRequest request, HttpServletResponse response, Caller caller)
            throws ServletException, IOException {
        SessionsForm form = SessionsForm.read(request);
        String subject = form.subject().isEmpty() ? caller.subject() : form.subject();
        if (!new Wish(request, places::isOurOrigin).isFromOurPage()) {
            SessionsView view = view(request, response, caller, "");
            pages.sessions(
                    request,
                    response,
                    new SessionsView(view.kept(), SessionsView.Notice.ELSEWHERE, view.mine(), view.search()));
        } else if (!subject.equals(caller.subject()) && !isAdmin(caller)) {
            refuse(request, response, caller);
        } else {
            end(request, response, caller, new Wanted(form, subject));
        }
    }

    /** A form, and whose sessions it is about. */
    private record Wanted(SessionsForm form, String subject) {}

    private void end(HttpServletRequest request, HttpServletResponse response, Caller caller, Wanted wanted) {
        SessionsForm form = wanted.form();
        if (lists.kept().isPresent()) {
            KeptSessions kept = lists.kept().get();
            int ended = kept.end(form, wanted.subject(), current(kept, request, response));
            if (ended > 0) {
                log.sessionsEnded(caller.subject(), wanted.subject(), ended);
            }
        }
        boolean own =
                form.action() == SessionsForm.Action.ALL && wanted.subject().equals(caller.subject());
        // the session that asks ends as any other does, at the provider too
        String next = places.endpoint(request, own ? "/sign_out" : PATH, "/");
        String back =
                own || form.who().isEmpty() ? "" : "?who=" + URLEncoder.encode(form.who(), StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", next + back);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Caller caller)
            throws ServletException, IOException {
        var view = new RefusedView(
                Person.of(caller),
                RefusedView.Rule.GROUPS,
                lists.adminGroups(),
                new SignOutForm(Target.HOME),
                log.reference());
        log.sessionsRefused(view.reference(), caller.subject());
        if (Challenge.prefersJson(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            json.write(response, Map.of("error", "forbidden", "reference", view.reference()));
        } else {
            pages.refused(request, response, view);
        }
    }
}
