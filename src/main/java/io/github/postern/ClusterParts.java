package io.github.postern;

import io.github.postern.cluster.Replicas;
import io.github.postern.config.ClusterSettings;
import io.github.postern.config.Settings;
import io.github.postern.login.Turns;
import io.github.postern.session.CookieSessionStore;
import io.github.postern.session.CookieSessionStore.Uses;
import io.github.postern.session.Revocations;
import io.github.postern.session.Seal;
import io.github.postern.session.TomcatSessionStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What keeps sessions with Tomcat's means: its own sessions, and its cluster. */
final class ClusterParts {
    private final Settings settings;
    private final SessionParts.Means means;
    private final Uses uses;
    private final Seal seal;

    /** @param means with the application, while it starts */
    ClusterParts(Settings settings, SessionParts.Means means, Uses uses) {
        this.settings = settings;
        this.means = means;
        this.uses = uses;
        this.seal = new Seal(means.secrets(), Parts.context(settings), means.random());
    }

    /** Sessions in Tomcat's memory, and in that of the other replicas if there is a cluster. */
    SessionParts sessions() {
        var surroundings = Surroundings.of(means.context());
        surroundings.leaveSessionsAlone();
        var application = surroundings.application();
        means.metrics()
                .ifPresent(metrics ->
                        metrics.sessions(() -> application.getManager().getActiveSessions()));
        TomcatSessionStore.dress(means.context(), settings.cookies());
        var joined = new AtomicReference<Replicas>();
        var revocations = revocations(joined);
        Optional<Replicas> replicas =
                settings.cluster().map(cluster -> join(cluster, revocations::learn, revocations::known));
        replicas.ifPresent(joined::set);
        replicas.ifPresent(others -> others.keepSessionsOf(application));
        var withWhat = new TomcatSessionStore.Means(
                uses,
                means.places()::client,
                () -> replicas.flatMap(Replicas::trouble).isPresent(),
                means.clock());
        var pair = TomcatSessionStore.of(settings.cookies(), seal, revocations, application::getManager, withWhat);
        return new SessionParts(
                pair.store(),
                pair.directory(),
                Optional.of(pair.directory()),
                replicas.<Turns>map(others -> others::take).orElse(Turns.ALONE),
                () -> replicas.flatMap(Replicas::trouble),
                () -> {
                    pair.store().close();
                    replicas.ifPresent(Replicas::close);
                });
    }

    /** Sessions in the cookie; the replicas of the cluster tell each other which have ended. */
    SessionParts cookies(ClusterSettings cluster) {
        var replicas = new AtomicReference<Replicas>();
        var revocations = revocations(replicas);
        Replicas joined = join(cluster, revocations::learn, revocations::known);
        replicas.set(joined);
        var store = CookieSessionStore.of(settings.cookies(), seal, revocations, uses, means.clock());
        return new SessionParts(store, revocations, Optional.empty(), joined::take, joined::trouble, joined::close);
    }

    private Revocations revocations(AtomicReference<Replicas> replicas) {
        var revocations = new Revocations(
                settings.cookies().lifetime(),
                (key, at) -> Optional.ofNullable(replicas.get()).ifPresent(others -> others.tell(key, at)),
                means.clock());
        means.metrics().ifPresent(metrics -> metrics.revocations(revocations::size));
        return revocations;
    }

    private Replicas join(
            ClusterSettings cluster, BiConsumer<String, Instant> learn, Supplier<Map<String, Instant>> known) {
        var surroundings = Surroundings.of(means.context());
        var joined = Replicas.join(
                cluster,
                new Replicas.Place(surroundings.engine(), surroundings.configuration(), means.clock()),
                learn,
                known);
        means.metrics().ifPresent(metrics -> metrics.replicas(joined::count));
        return joined;
    }
}
