package io.github.postern.web;

import io.github.postern.session.KeptSession;
import io.github.postern.session.SessionDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.pac4j.core.exception.TechnicalException;

/** Sessions in a list; the handle of the session with the id {@code x} is {@code h-x}. {@link #goAway} makes it unreachable. */
final class FakeDirectory implements SessionDirectory {
    private static final Instant SINCE = Instant.parse("2026-11-24T08:05:59Z");
    private final List<KeptSession> sessions = new ArrayList<>();
    private boolean away;

    /** Adds a session of {@code NAME-subject}, {@code NAME@akko.local}. */
    FakeDirectory add(String name, String id, String userAgent, String address) {
        Instant seen = SINCE.plus(Duration.ofHours(50));
        sessions.add(new KeptSession(
                "h-" + id,
                name + "-subject",
                name + "@akko.local",
                name,
                userAgent,
                address,
                SINCE,
                seen,
                seen.plus(Duration.ofDays(7))));
        return this;
    }

    /** From now on nobody can ask. */
    void goAway() {
        away = true;
    }

    /** The handles that are left. */
    List<String> handles() {
        return sessions.stream().map(KeptSession::handle).toList();
    }

    @Override
    public List<KeptSession> of(String subject) {
        return asked().stream()
                .filter(session -> session.subject().equals(subject))
                .toList();
    }

    @Override
    public List<KeptSession> find(String who) {
        return asked().stream()
                .filter(session -> session.subject().equals(who)
                        || session.email().equalsIgnoreCase(who)
                        || session.userName().equalsIgnoreCase(who))
                .toList();
    }

    @Override
    public boolean end(String subject, String handle) {
        return asked().removeIf(session ->
                session.subject().equals(subject) && session.handle().equals(handle));
    }

    @Override
    public int endAll(String subject, String exceptHandle) {
        int before = asked().size();
        sessions.removeIf(session ->
                session.subject().equals(subject) && !session.handle().equals(exceptHandle));
        return before - sessions.size();
    }

    @Override
    public String handleOf(String sessionId) {
        return "h-" + sessionId;
    }

    private List<KeptSession> asked() {
        if (away) {
            throw new TechnicalException("the store is away");
        }
        return sessions;
    }
}
