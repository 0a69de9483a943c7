package io.github.postern;

import io.github.postern.config.SealingSecrets;
import io.github.postern.config.Settings;
import io.github.postern.login.Login;
import io.github.postern.login.Turns;
import io.github.postern.session.CookieSessionStore;
import io.github.postern.session.Revocations;
import io.github.postern.session.Seal;
import io.github.postern.session.SessionDirectory;
import io.github.postern.web.Places;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.pac4j.core.context.session.SessionStore;
import org.pac4j.core.logout.handler.SessionLogoutHandler;

/**
 * What keeps sessions, as {@code session-store-type} says.
 *
 * @param store where the door and the login find them
 * @param endings ends sessions by the provider's word; its keys are {@code sid:} or {@code sub:} and the provider's id
 * @param directory finds sessions without a cookie; empty where none are kept on the server
 * @param turns lets one replica at a time renew a session
 * @param trouble why sessions cannot be kept now, for the operator; empty when they can
 * @param end stops what runs in the background
 */
record SessionParts(
        SessionStore store,
        SessionLogoutHandler endings,
        Optional<SessionDirectory> directory,
        Turns turns,
        Supplier<Optional<String>> trouble,
        Runnable end)
        implements AutoCloseable {
    /** What stores are built with. */
    record Means(Places places, SealingSecrets secrets, SecureRandom random, InstantSource clock) {}

    static SessionParts build(Settings settings, Means means) {
        var seal = new Seal(means.secrets(), Parts.context(settings), means.random());
        var uses = new CookieSessionStore.Uses(
                means.places()::host,
                settings.endpoints().prefix(),
                Login.STATE_KEY,
                settings.headers().authorization());
        var revocations = new Revocations(settings.cookies().lifetime(), (key, at) -> {}, means.clock());
        var store = CookieSessionStore.of(settings.cookies(), seal, revocations, uses, means.clock());
        return new SessionParts(store, revocations, Optional.empty(), Turns.ALONE, Optional::empty, () -> {});
    }

    @Override
    public void close() {
        end.run();
    }
}
