package io.github.postern.web;

import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.gate.Caller;
import io.github.postern.gate.Decisions;
import io.github.postern.gate.SessionMechanism;
import io.github.postern.gate.Verdict;
import io.github.postern.telemetry.AuthLog;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Answers the proxy's question: may this request pass? */
public final class AuthServlet extends HttpServlet {
    private final transient SecurityContext security;
    private final transient Decisions decisions;
    private final transient IdentityHeaders headers;
    private final transient Places places;
    private final transient Refusals refusals;
    private final transient Challenges challenges;
    private final transient Handover handover;
    private final transient Allowed allowed;
    private final transient AuthLog log;

    /**
     * @param security who is asking
     * @param decisions who may pass
     * @param answers how each outcome is answered
     */
    public AuthServlet(SecurityContext security, Decisions decisions, Answers answers) {
        this.security = security;
        this.decisions = decisions;
        this.headers = answers.headers();
        this.places = answers.places();
        this.refusals = answers.refusals();
        this.challenges = answers.challenges();
        this.handover = answers.handover();
        this.allowed = answers.allowed();
        this.log = answers.log();
    }

    /** How each outcome is answered. */
    public record Answers(
            IdentityHeaders headers,
            Places places,
            Refusals refusals,
            Challenges challenges,
            Handover handover,
            Allowed allowed,
            AuthLog log) {}

    /**
     * The answer to an allowed request.
     *
     * @param status its code
     * @param body its text; empty for none
     */
    public record Allowed(int status, String body) {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        if (security.getCallerPrincipal() instanceof Caller caller) {
            boolean admitted = security.isCallerInRole(SessionMechanism.ADMITTED);
            String demands = request.getQueryString();
            answer(request, response, caller, decisions.of(caller, admitted, () -> places.asked(request), demands));
        } else {
            answerNobody(request, response, places.asked(request));
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Caller caller, Verdict verdict)
            throws ServletException, IOException {
        if (verdict instanceof Verdict.Pass
                && handover.isDue(request, () -> target(request).isPresent())) {
            log.handedOver(caller.subject());
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", target(request).orElse("/"));
        } else if (verdict instanceof Verdict.Pass pass) {
            log.allowed(caller.subject(), pass.rule());
            headers.write(caller, pass.headers(), response);
            if (headers.hasPassword() && places.mayBeForApp(request)) {
                headers.writePassword(caller, response);
            }
            headers.sign(caller, pass.headers(), request, response);
            allow(response);
        } else if (verdict instanceof Verdict.StepUp stepUp) {
            log.stepUp(caller.subject(), stepUp.rule(), stepUp.level().query());
            challenges.stepUp(request, response, places.asked(request), stepUp.level());
        } else if (verdict instanceof Verdict.Refused refused) {
            refusals.answer(request, response, caller, refused.refusal());
        }
    }

    /** The page that is asked for, where people may be redirected to it. */
    private Optional<String> target(HttpServletRequest request) {
        ForwardedRequest asked = places.asked(request);
        return challenges.mayRedirect(request, asked) && places.isForApp(asked)
                ? asked.url().flatMap(places::allowed)
                : Optional.empty();
    }

    private void answerNobody(HttpServletRequest request, HttpServletResponse response, ForwardedRequest asked)
            throws ServletException, IOException {
        Verdict verdict = decisions.ofNobody(asked, request.getQueryString());
        if (verdict instanceof Verdict.Pass pass) {
            log.skipped(pass.rule());
            headers.writeNobody(response);
            allow(response);
        } else if (verdict instanceof Verdict.Refused refused) {
            refusals.answerNobody(request, response, refused.refusal());
        } else {
            challenges.answer(request, response, asked);
        }
    }

    private void allow(HttpServletResponse response) throws IOException {
        response.setStatus(allowed.status());
        if (allowed.body().isEmpty()) {
            response.setContentLength(0);
        } else {
            Json.writeText(response, allowed.body());
        }
    }
}
