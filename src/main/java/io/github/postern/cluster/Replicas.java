package io.github.postern.cluster;

import io.github.postern.config.ClusterSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.ha.tcp.SimpleTcpCluster;
import org.apache.catalina.tribes.ManagedChannel;
import org.apache.catalina.tribes.Member;
import org.apache.catalina.tribes.MembershipListener;
import org.apache.catalina.tribes.group.GroupChannel;
import org.pac4j.core.exception.TechnicalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This replica among the others: one Tomcat cluster for the sessions, for what has ended, and for whose turn it is.
 *
 * <p>The cluster is ours to start and to end with the application, not the server's, so that nothing listens and nothing runs
 * where it is not wanted.
 */
public final class Replicas implements AutoCloseable, MembershipListener {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
    private static final Duration LONGEST_TURN = Duration.ofSeconds(15);
    private static final Duration JOINING = Duration.ofSeconds(5);
    private static final Duration UNTIL_SESSIONS_ARRIVE = Duration.ofSeconds(30);
    private static final long ANSWER_MILLIS = 500;
    private static final long TRANSFER_MILLIS = 5000;
    private static final int LOOKED_UP_EVERY_SECONDS = 2;

    private final SimpleTcpCluster cluster;
    private final ManagedChannel channel;
    private final Optional<Peers> peers;
    private final Leases leases;
    private final Talk talk;
    private final InstantSource clock;
    private final Instant begun;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "postern-cluster");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<DeltaManager> sessions = Optional.empty();

    private Replicas(ClusterSettings settings, SimpleTcpCluster cluster, Talk.Knowledge knowledge, InstantSource clock)
            throws IOException {
        this.cluster = cluster;
        this.channel = (ManagedChannel) cluster.getChannel();
        this.clock = clock;
        this.begun = clock.instant();
        this.leases = new Leases(LONGEST_TURN, clock);
        this.talk = new Talk(channel, leases, knowledge);
        this.peers = Peers.of(settings, channel);
    }

    /**
     * Joins the others, and knows all that has ended when it returns.
     *
     * @param place where this replica runs
     * @param learn takes what other replicas tell: what ended, and when
     * @param known what is known here to have ended
     * @throws IllegalStateException when the cluster cannot be set up, with one sentence for the operator
     */
    public static Replicas join(
            ClusterSettings settings,
            Place place,
            BiConsumer<String, Instant> learn,
            Supplier<Map<String, Instant>> known) {
        SimpleTcpCluster cluster = new ClusterBlock(place.conf(), settings).read(settings);
        cluster.setContainer(place.engine());
        try {
            var replicas = new Replicas(settings, cluster, new Talk.Knowledge(learn, known), place.clock());
            replicas.start();
            return replicas;
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException("cluster-address: cannot listen at " + settings.own() + ": " + root(e), e);
        }
    }

    /**
     * Where this replica runs.
     *
     * @param engine the server this runs in
     * @param conf its configuration folder, where the cluster's block is
     * @param clock now
     */
    public record Place(Engine engine, Path conf, InstantSource clock) {}

    private static String root(Throwable cause) {
        return cause.getCause() == null ? String.valueOf(cause.getMessage()) : root(cause.getCause());
    }

    private void start() throws LifecycleException {
        peers.ifPresent(Peers::lookUp);
        channel.addMembershipListener(this);
        cluster.start();
        Instant patience = clock.instant().plus(JOINING);
        if (peers.isEmpty() && channel instanceof GroupChannel group) {
            group.heartbeat(); // or whoever is looked up elsewhere is known only after its first pause
        }
        while (peers.map(Peers::isAwaited).orElse(false) && clock.instant().isBefore(patience)) {
            pause();
        }
        for (Member other : channel.getMembers()) {
            talk.learnFrom(other, TRANSFER_MILLIS);
        }
        var unused = background.scheduleWithFixedDelay(
                this::lookAfter, LOOKED_UP_EVERY_SECONDS, LOOKED_UP_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The application's sessions are kept by all replicas from now on; to be called before it has any. */
    public void keepSessionsOf(Context application) {
        application.setDistributable(true);
        var manager = (DeltaManager) cluster.createManager(application.getName());
        application.setManager(manager);
        sessions = Optional.of(manager);
    }

    /** Why sessions cannot be told here yet, for the operator; empty when they can. */
    public Optional<String> trouble() {
        return awaitsSessions()
                ? Optional.of("the sessions of the other replicas have not arrived yet")
                : Optional.empty();
    }

    private boolean awaitsSessions() {
        return sessions.filter(manager -> !manager.getStateTransferred()).isPresent()
                && channel.hasMembers()
                && clock.instant().isBefore(begun.plus(UNTIL_SESSIONS_ARRIVE));
    }

    private void lookAfter() {
        try {
            peers.ifPresent(Peers::lookUp);
            if (awaitsSessions()) {
                sessions.filter(manager -> manager.getState().isAvailable())
                        .ifPresent(DeltaManager::getAllClusterSessions);
            }
        } catch (RuntimeException e) {
            LOG.error("Looking after the cluster failed", e);
        }
    }

    /** How many replicas know each other now, this one among them. */
    public int count() {
        return channel.getMembers().length + 1;
    }

    /** Tells the others that something ended. */
    public void tell(String key, Instant at) {
        talk.tellEnd(key, at);
    }

    /**
     * Takes the turn at something: one replica decides about each name, the same in the eyes of all.
     *
     * @return what gives the turn back; empty while somebody has it
     * @throws TechnicalException when the replica that decides does not answer
     */
    public Optional<Runnable> take(String name) {
        String holder = UUID.randomUUID().toString();
        Member decider = decider(name);
        if (decider.isLocal()) {
            return leases.take(name, holder) ? Optional.of(() -> leases.giveBack(name, holder)) : Optional.empty();
        }
        boolean mine = talk.take(decider, name, holder, ANSWER_MILLIS)
                .orElseThrow(() -> new TechnicalException("the replica that gives the turns does not answer"));
        return mine ? Optional.of(() -> talk.giveBack(decider, name, holder)) : Optional.empty();
    }

    private Member decider(String name) {
        Member decider = channel.getLocalMember(false);
        long most = weight(name, decider);
        for (Member other : channel.getMembers()) {
            long weight = weight(name, other);
            if (weight > most) {
                decider = other;
                most = weight;
            }
        }
        return decider;
    }

    /** Rendezvous hashing: the same for all, and only the names of a member that leaves get another one. */
    private static long weight(String name, Member member) {
        String text = name + HexFormat.of().formatHex(member.getUniqueId());
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }

    /** Whoever was away may have missed an end, or know of one that was missed here. */
    @Override
    public void memberAdded(Member member) {
        if (!background.isShutdown()) {
            background.execute(() -> talk.learnFrom(member, TRANSFER_MILLIS));
        }
    }

    @Override
    public void memberDisappeared(Member member) {}

    @Override
    public void close() {
        background.shutdownNow();
        try {
            cluster.stop();
            cluster.destroy();
        } catch (LifecycleException e) {
            LOG.warn("The cluster did not end as it should: {}", root(e));
        }
    }
}
