package io.github.postern.config;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cookie secrets in force: the first seals, all open. After a change all new ones open at once, but the former first goes on
 * sealing for a while if it is still listed: other replicas read their file at other moments, and a cookie sealed by a secret
 * that one of them does not have yet would be thrown away there.
 */
public final class SealingSecrets implements Supplier<List<SealingSecret>> {
    /** Kubernetes takes about a minute and a half at most to bring a changed secret to every node. */
    static final Duration HELD = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(SealingSecrets.class);
    private final InstantSource clock;
    private volatile State state;

    /** @param secrets one at least */
    public SealingSecrets(List<SealingSecret> secrets, InstantSource clock) {
        this.clock = clock;
        this.state = State.settled(List.copyOf(secrets));
    }

    /** The secrets, the one that seals first; the same list until they change. */
    @Override
    public List<SealingSecret> get() {
        State now = state;
        boolean over =
                now.until().isPresent() && !clock.instant().isBefore(now.until().get());
        return over ? settle().order() : now.order();
    }

    private synchronized State settle() {
        if (state.until().isPresent()) {
            state = State.settled(state.listed());
            LOG.info("The first secret of cookie-secret-file seals from now on.");
        }
        return state;
    }

    /**
     * The file has changed.
     *
     * @param listed one at least, in the order of the file
     */
    public synchronized void take(List<SealingSecret> listed) {
        if (!state.listed().equals(listed)) {
            tell(state.order().get(0), listed);
            state = state.changed(listed, clock.instant().plus(HELD));
        }
    }

    private static void tell(SealingSecret sealing, List<SealingSecret> listed) {
        if (listed.get(0).equals(sealing)) {
            LOG.info("cookie-secret-file lists {} secret(s) now; the first seals as before.", listed.size());
        } else if (listed.contains(sealing)) {
            LOG.info(
                    "cookie-secret-file lists {} secret(s) now, and all open; the former first goes on sealing for {} minutes,"
                            + " until every replica has read the file.",
                    listed.size(),
                    HELD.toMinutes());
        } else {
            LOG.warn(
                    "cookie-secret-file lists {} secret(s) now, and no longer the one that sealed: the sessions it sealed"
                            + " have ended. List it after the new one to keep them.",
                    listed.size());
        }
    }

    /**
     * @param order what is in force
     * @param listed what the file says
     * @param until when that comes into force too; empty where it is
     */
    private record State(List<SealingSecret> order, List<SealingSecret> listed, Optional<Instant> until) {
        static State settled(List<SealingSecret> listed) {
            return new State(listed, listed, Optional.empty());
        }

        State changed(List<SealingSecret> fresh, Instant then) {
            SealingSecret sealing = order.get(0);
            if (fresh.get(0).equals(sealing) || !fresh.contains(sealing)) {
                return settled(fresh);
            }
            var others = fresh.stream().filter(secret -> !secret.equals(sealing));
            return new State(Stream.concat(Stream.of(sealing), others).toList(), fresh, Optional.of(then));
        }
    }
}
