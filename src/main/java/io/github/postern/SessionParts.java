package io.github.postern;

import io.github.postern.config.Settings;
import io.github.postern.config.StoreSettings;
import io.github.postern.login.Login;
import io.github.postern.login.Turns;
import io.github.postern.session.CookieSessionStore;
import io.github.postern.session.Revocations;
import io.github.postern.session.Seal;
import io.github.postern.session.SessionDirectory;
import io.github.postern.web.Places;
import jakarta.servlet.ServletContext;
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
    static SessionParts build(
            Settings settings, Places places, ServletContext context, SecureRandom random, InstantSource clock) {
        var seal = new Seal(settings.cookies().secrets(), Parts.context(settings), random);
        var uses = new CookieSessionStore.Uses(
                places::host,
                settings.endpoints().prefix(),
                Login.STATE_KEY,
                settings.headers().authorization());
        var tomcat = new ClusterParts(settings, context, seal, uses, clock);
        if (settings.store().type() == StoreSettings.Type.TOMCAT) {
            return tomcat.sessions(places);
        }
        if (settings.cluster().isPresent()) {
            return tomcat.cookies(settings.cluster().get());
        }
        var revocations = new Revocations(settings.cookies().lifetime(), (key, at) -> {}, clock);
        var store = CookieSessionStore.of(settings.cookies(), seal, revocations, uses, clock);
        return new SessionParts(store, revocations, Optional.empty(), Turns.ALONE, Optional::empty, () -> {});
    }

    @Override
    public void close() {
        end.run();
    }
}
