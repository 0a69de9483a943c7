package io.github.postern.web;

import io.github.postern.config.AppHeaders;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.forwarded.SkipRules;
import io.github.postern.gate.AdmissionRules;
import io.github.postern.gate.Caller;
import io.github.postern.gate.QueryConstraints;
import io.github.postern.gate.Refusal;
import io.github.postern.gate.SessionMechanism;
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
    private final transient AdmissionRules rules;
    private final transient SkipRules skip;
    private final transient IdentityHeaders headers;
    private final transient Places places;
    private final transient Refusals refusals;
    private final transient Challenges challenges;
    private final transient Allowed allowed;
    private final transient AuthLog log;

    /**
     * @param security who is asking
     * @param rules who may pass
     * @param skip who passes without a session
     * @param answers how each outcome is answered
     */
    public AuthServlet(SecurityContext security, AdmissionRules rules, SkipRules skip, Answers answers) {
        this.security = security;
        this.rules = rules;
        this.skip = skip;
        this.headers = answers.headers();
        this.places = answers.places();
        this.refusals = answers.refusals();
        this.challenges = answers.challenges();
        this.allowed = answers.allowed();
        this.log = answers.log();
    }

    /** How each outcome is answered. */
    public record Answers(
            IdentityHeaders headers,
            Places places,
            Refusals refusals,
            Challenges challenges,
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
            decide(request, response, caller);
            return;
        }
        ForwardedRequest asked = places.asked(request);
        if (skip.grants(asked)) {
            log.skipped(asked.url().orElse(""));
            headers.writeNobody(response);
            allow(response);
            return;
        }
        challenges.answer(request, response, asked);
    }

    private void decide(HttpServletRequest request, HttpServletResponse response, Caller caller)
            throws ServletException, IOException {
        Optional<Refusal> refusal = refusal(request, caller);
        if (refusal.isEmpty()) {
            if (log.tellsAll()) {
                log.allowed(caller.subject(), places.asked(request).url().orElse(""));
            }
            headers.write(caller, AppHeaders.NONE, response);
            headers.sign(caller, AppHeaders.NONE, request, response);
            allow(response);
            return;
        }
        refusals.answer(request, response, caller, refusal.get());
    }

    private Optional<Refusal> refusal(HttpServletRequest request, Caller caller) {
        boolean admitted = security.isCallerInRole(SessionMechanism.ADMITTED) || skip.grants(places.asked(request));
        return admitted ? QueryConstraints.refusal(request.getQueryString(), caller) : rules.refusal(caller);
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
