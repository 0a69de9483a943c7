package io.github.postern.config;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files that settings name again when they change. A version that cannot be used is told once, and the last good
 * one stays in force. Looks at them every second, because notifications do not reach files on network and overlay mounts. A
 * changed file is read once two looks found it the same: half of one that is being written may mean something else.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private final List<Followed<?>> files = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "postern-file-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** @param pause between two looks at the files */
    @SuppressWarnings("FutureReturnValueIgnored") // look catches and tells what goes wrong
    public FileWatch(Duration pause) {
        background.scheduleWithFixedDelay(this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the file holds, now and from now on; asking costs one read of a field. */
    public <T> Supplier<T> follow(SettingsFile<T> file) {
        return follow(file, content -> {});
    }

    /**
     * The same, for somebody who has to be told.
     *
     * @param changed is handed what the file holds, each time that is something new and good
     */
    public <T> Supplier<T> follow(SettingsFile<T> file, Consumer<T> changed) {
        var followed = new Followed<>(file, changed);
        files.add(followed);
        return followed;
    }

    private void look() {
        files.forEach(Followed::look);
    }

    @Override
    public void close() {
        background.shutdownNow();
    }

    /** One file, its last good version, and the versions that were read last and seen last. */
    private static final class Followed<T> implements Supplier<T> {
        private volatile SettingsFile<T> good;
        private final Consumer<T> changed;
        private SettingsFile.Version taken;
        private SettingsFile.Version seen;

        Followed(SettingsFile<T> file, Consumer<T> changed) {
            this.good = file;
            this.changed = changed;
            this.taken = file.version();
            this.seen = taken;
        }

        @Override
        public T get() {
            return good.content();
        }

        void look() {
            try {
                SettingsFile.Version now = good.versionNow();
                boolean settled = now.equals(seen);
                seen = now;
                if (settled && !now.equals(taken)) {
                    take(now);
                }
            } catch (InvalidSettings e) {
                LOG.error("{} has changed and cannot be used; what it held before stays in force.", good.label());
                e.mistakes().forEach(mistake -> LOG.error("Wrong setting: {}", mistake));
            } catch (RuntimeException e) {
                LOG.error("{} could not be read again; what it held before stays in force.", good.label(), e);
            }
        }

        private void take(SettingsFile.Version now) {
            taken = now;
            SettingsFile<T> fresh = good.again();
            if (!good.versionNow().equals(now)) {
                return; // somebody wrote while we read: what we have may be half of it; the next looks find the rest
            }
            good = fresh;
            LOG.info("{} has changed and was read again.", good.label());
            good.notices().stream().filter(Settings.Notice::weak).forEach(notice -> LOG.warn("{}", notice.text()));
            changed.accept(fresh.content());
        }
    }
}
