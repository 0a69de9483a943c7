package io.github.postern.web;

import io.github.postern.gate.LocalUsers;
import io.github.postern.login.Login;
import io.github.postern.telemetry.AuthLog;
import io.github.postern.users.Answer;
import io.github.postern.users.Passwords;
import io.github.postern.web.SignInView.Notice;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Signs local users in by the form on the sign-in page. */
public final class PasswordSignIn {
    private static final int TOO_MANY_REQUESTS = 429;

    private final Passwords passwords;
    private final LocalUsers users;
    private final Login login;
    private final Places places;
    private final AuthLog log;

    /**
     * @param passwords what knows whether they are right
     * @param users who they stand for
     * @param login where sessions begin
     * @param places where people may be sent
     * @param log what operators see
     */
    public PasswordSignIn(Passwords passwords, LocalUsers users, Login login, Places places, AuthLog log) {
        this.passwords = passwords;
        this.users = users;
        this.login = login;
        this.places = places;
        this.log = log;
    }

    /**
     * Answers a sent form with a session and 302, or sets the status of a page that is still to be written.
     *
     * @return that page; empty when the answer is complete
     */
    Optional<SignInView> answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PasswordForm form = PasswordForm.read(request);
        var target = new Target(target(request, form));
        // another site could sign somebody in under its own name, and read what they do then
        if (!new Wish(request, places::isOurOrigin).isTheUsers()) {
            return page(response, HttpServletResponse.SC_FORBIDDEN, target, Notice.ELSEWHERE, "");
        }
        if (form.name().isEmpty()) {
            return page(response, HttpServletResponse.SC_BAD_REQUEST, target, Notice.NAME_MISSING, "");
        }
        Optional<String> client = places.client(request);
        Answer answer = passwords.check(form.attempt(), client);
        if (answer.isRight()) {
            signIn(request, response, form.name(), target);
            return Optional.empty();
        }
        log.passwordRefused(
                passwords.nameForLog(form.name()),
                client.orElse(""),
                answer.kind().name());
        return refuse(response, answer, target, form.name());
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response, String name, Target target) {
        login.signIn(request, response, users.profile(name));
        log.signedIn(name, name, places.client(request).orElse(""), "password");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", target.url());
    }

    private static Optional<SignInView> refuse(
            HttpServletResponse response, Answer answer, Target target, String name) {
        return switch (answer.kind()) {
            case TOO_OFTEN -> later(response, TOO_MANY_REQUESTS, answer, page(target, Notice.TOO_OFTEN, name));
            case BUSY ->
                later(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, answer, page(target, Notice.BUSY, name));
            default -> page(response, HttpServletResponse.SC_UNAUTHORIZED, target, Notice.WRONG, name);
        };
    }

    private static Optional<SignInView> later(
            HttpServletResponse response, int status, Answer answer, SignInView view) {
        response.setStatus(status);
        response.setHeader("Retry-After", answer.retryAfter());
        return Optional.of(view);
    }

    private static Optional<SignInView> page(
            HttpServletResponse response, int status, Target target, Notice notice, String name) {
        response.setStatus(status);
        return Optional.of(page(target, notice, name));
    }

    private static SignInView page(Target target, Notice notice, String name) {
        return new SignInView(target, notice, name);
    }

    private String target(HttpServletRequest request, PasswordForm form) {
        return (form.target().isEmpty() ? places.wanted(request) : places.returnTo(request, form.target())).orElse("/");
    }
}
