package io.github.postern;

import io.github.postern.config.FileWatch;
import io.github.postern.config.LocalUserSettings;
import io.github.postern.config.Settings;
import io.github.postern.gate.AdmissionRules;
import io.github.postern.gate.BasicCredentials;
import io.github.postern.gate.Credentials;
import io.github.postern.gate.LocalUsers;
import io.github.postern.login.Login;
import io.github.postern.telemetry.AuthLog;
import io.github.postern.users.Passwords;
import io.github.postern.web.PasswordSignIn;
import io.github.postern.web.Places;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The parts for those whom the operator lists in files.
 *
 * @param listed who stands there
 * @param passwords what knows their passwords; empty where nobody has one
 * @param credentials what an {@code Authorization} header may hold of them
 * @param signIn what the form on the sign-in page leads to
 */
record LocalParts(
        AdmissionRules.Listed listed,
        Optional<Passwords> passwords,
        List<Credentials> credentials,
        Optional<PasswordSignIn> signIn)
        implements AutoCloseable {
    /** What every part is built with. */
    record Means(FileWatch files, SecureRandom random, InstantSource clock, AuthLog log) {}

    static LocalParts build(Settings settings, Places places, Login login, Means means) {
        LocalUserSettings lists = settings.users();
        var users = new LocalUsers(lists, means.clock());
        Optional<Passwords> passwords =
                lists.passwords().map(file -> new Passwords(means.files().follow(file), means.random()));
        Predicate<String> known =
                passwords.<Predicate<String>>map(some -> some::know).orElse(name -> false);
        return new LocalParts(
                new AdmissionRules.Listed(
                        lists.emails().map(file -> means.files().follow(file)), known),
                passwords,
                passwords
                        .<Credentials>map(some ->
                                new BasicCredentials(some, users, counts(settings), places::client, means.log()))
                        .stream()
                        .toList(),
                passwords.map(some -> new PasswordSignIn(some, users, login, places, means.log())));
    }

    /** Looking at a password costs time, so only where it decides something: a probe or a picture asks nobody who they are. */
    private static Predicate<HttpServletRequest> counts(Settings settings) {
        String signOut = settings.endpoints().prefix() + "/sign_out";
        return Parts.isCheck(settings.endpoints())
                .or(request -> request.getServletPath().equals(signOut));
    }

    @Override
    public void close() {
        passwords.ifPresent(Passwords::close);
    }
}
