package io.github.postern.web;

import io.github.postern.config.ForwardedSettings.ChallengeMode;
import io.github.postern.forwarded.ApiRoutes;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.gate.BearerChallenge;
import io.github.postern.gate.BearerCredentials;
import io.github.postern.gate.Caller;
import io.github.postern.gate.Challenge;
import io.github.postern.gate.Refusal;
import io.github.postern.telemetry.AuthLog;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** 403: signed in, but refused by a rule. A page for people, a small body for programs; never a new login, which would loop. */
public final class Refusals {
    private final Places places;
    private final Pages pages;
    private final AuthLog log;
    private final ApiRoutes api;
    private final Json json = new Json();

    /**
     * @param places where people wanted to go
     * @param pages what they see
     * @param log what operators see
     */
    public Refusals(Places places, Pages pages, AuthLog log) {
        this.places = places;
        this.pages = pages;
        this.log = log;
        this.api = new ApiRoutes(places.settings().api());
    }

    void answer(HttpServletRequest request, HttpServletResponse response, Caller caller, Refusal refusal)
            throws ServletException, IOException {
        RefusedView view = view(request, Person.of(caller), rule(caller, refusal), refusal);
        tell(caller.subject(), refusal, view);
        if (!view.cure().isEmpty()) {
            log.claimMissing(caller.subject(), refusal.rule().name(), view.cure());
        }
        show(request, response, view);
    }

    /** For a rule that refuses whoever asks: signing in would not help. */
    void answerNobody(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
            throws ServletException, IOException {
        RefusedView view = view(
                request, Person.UNKNOWN, RefusedView.Rule.valueOf(refusal.rule().name()), refusal);
        tell("", refusal, view);
        show(request, response, view);
    }

    private void tell(String subject, Refusal refusal, RefusedView view) {
        var because = new AuthLog.Because(
                view.reference(), refusal.name(), refusal.rule().name(), refusal.admitted());
        log.refused(subject, because);
    }

    private void show(HttpServletRequest request, HttpServletResponse response, RefusedView view)
            throws ServletException, IOException {
        ForwardedRequest asked = places.asked(request);
        boolean token = request.getAttribute(BearerCredentials.ACCEPTED) != null;
        boolean asJson = api.cover(asked);
        boolean program = token || asJson || Challenge.of(request, asked, ChallengeMode.AUTO) == Challenge.UNAUTHORIZED;
        if (!program) {
            pages.refused(request, response, view);
            return;
        }
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        if (token) {
            var challenge = BearerChallenge.of(places.settings().provider());
            response.setHeader("WWW-Authenticate", challenge.insufficient());
        }
        if (asJson || Challenge.prefersJson(request)) {
            json.write(response, new TreeMap<>(Map.of("error", "forbidden", "reference", view.reference())));
        } else {
            Json.writeText(response, "Forbidden");
        }
    }

    private RefusedView view(HttpServletRequest request, Person person, RefusedView.Rule rule, Refusal refusal) {
        String target = places.allowed(places.asked(request)
                        .returnTarget(places.settings().endpoints().prefix()))
                .orElse("/");
        return new RefusedView(
                person,
                rule,
                refusal.admitted(),
                new SignOutForm(new Target(target)),
                log.reference(),
                new RefusedView.Origin(refusal.name(), refusal.unknown()));
    }

    private static RefusedView.Rule rule(Caller caller, Refusal refusal) {
        return caller.isLocal() && refusal.rule() == Refusal.Rule.GROUPS
                ? RefusedView.Rule.LOCAL_GROUPS
                : RefusedView.Rule.valueOf(refusal.rule().name());
    }
}
