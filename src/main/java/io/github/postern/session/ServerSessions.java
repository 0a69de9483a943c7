package io.github.postern.session;

import io.github.postern.session.KeptCodec.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/** Sessions in Redis, records and index together: begun, renewed, found and ended. */
final class ServerSessions extends Endings implements SessionDirectory, AutoCloseable {
    /** For a session that ends with the browser, whose end nobody tells us: it lives on while it is used. */
    private static final Duration UNUSED = Duration.ofDays(7);

    private static final int MOST_LISTED = 500;
    private final SessionRecords records;
    private final SessionIndex index;
    private final InstantSource clock;
    private final Idle idle;
    private final LastSeen lastSeen;

    ServerSessions(SessionRecords records, SessionIndex index, Idle idle, InstantSource clock) {
        this.records = records;
        this.index = index;
        this.idle = idle;
        this.clock = clock;
        this.lastSeen = new LastSeen(this::seen, idle.betweenNotes());
    }

    /** The session of a ticket, as it was less than a second ago. */
    Optional<OidcProfile> recent(Ticket ticket) {
        Optional<OidcProfile> profile = records.recent(ticket);
        if (profile.isEmpty() || hasEnded(profile.get())) {
            return Optional.empty();
        }
        lastSeen.touch(ticket.id(), profile.get());
        return profile;
    }

    /** The session of a ticket, as it is now. */
    Optional<OidcProfile> current(Ticket ticket) {
        return records.current(ticket).filter(profile -> !hasEnded(profile));
    }

    private boolean hasEnded(OidcProfile profile) {
        long ends = ProfileCodec.time(profile, JwtClaims.EXPIRATION_TIME);
        return ends != 0 && clock.instant().getEpochSecond() >= ends;
    }

    /** First the index: a session that could not be found could not be ended. */
    void begin(Ticket ticket, OidcProfile profile, Visitor visitor) {
        index.put(kept(ticket, profile, visitor), lifetime(profile));
        records.add(ticket, profile, unused(profile));
        lastSeen.begin(ticket.id());
        if (index.get(profile.getId(), ticket.id()).isEmpty()) {
            records.remove(ticket.id());
            throw new TechnicalException("the session was ended while it began");
        }
    }

    /** @throws TechnicalException when the session has ended in the meantime; it is not brought back */
    void renew(Ticket ticket, OidcProfile profile) {
        if (!records.replace(ticket, withIdToken(ticket, profile), unused(profile))) {
            throw new TechnicalException("the session ended while it was renewed");
        }
        Visitor visitor = index.get(profile.getId(), ticket.id())
                .map(Kept::session)
                .map(old -> new Visitor(old.device(), old.address()))
                .orElse(Visitor.UNKNOWN);
        index.put(kept(ticket, profile, visitor), lifetime(profile));
    }

    /** A renewal brings no ID token where only the sign-out needs one; the one of the sign-in stays. */
    private OidcProfile withIdToken(Ticket ticket, OidcProfile profile) {
        Optional<String> kept = profile.getIdTokenString() == null
                ? records.current(ticket).map(OidcProfile::getIdTokenString)
                : Optional.empty();
        return kept.map(token -> BrowserSessionStore.with(profile, OidcProfileDefinition.ID_TOKEN, token))
                .orElse(profile);
    }

    /** Ends the session of a ticket, if there is one. */
    void end(Ticket ticket) {
        records.current(ticket).ifPresent(profile -> remove(profile.getId(), ticket.id()));
    }

    private void remove(String subject, String id) {
        records.remove(id);
        index.remove(subject, id);
    }

    /** Session and index live on together: what cannot be found cannot be ended. */
    private void seen(String id, OidcProfile profile) {
        String subject = profile.getId();
        Instant now = clock.instant();
        Duration lifetime = lifetime(profile);
        index.get(subject, id).ifPresent(kept -> index.put(kept.seen(now, now.plus(lifetime)), lifetime));
        if (!records.prolong(id, unused(profile))) {
            index.remove(subject, id); // it ended meanwhile: nothing of it is to come back
        }
    }

    @Override
    public List<KeptSession> of(String subject) {
        Instant now = clock.instant();
        return index.of(subject).stream()
                .map(Kept::session)
                .filter(session -> session.ends().isAfter(now) && !idle.ended(session.seen(), now))
                .sorted(Comparator.comparing(KeptSession::seen).reversed())
                .limit(MOST_LISTED)
                .toList();
    }

    @Override
    public List<KeptSession> find(String who) {
        Set<String> subjects = new TreeSet<>(index.subjects(who));
        subjects.add(who);
        return subjects.stream()
                .flatMap(subject -> of(subject).stream())
                .limit(MOST_LISTED)
                .toList();
    }

    @Override
    public boolean end(String subject, String handle) {
        boolean known = index.get(subject, handle).isPresent();
        if (known) {
            remove(subject, handle);
        }
        return known;
    }

    @Override
    public int endAll(String subject, String exceptHandle) {
        List<String> handles = index.of(subject).stream()
                .map(kept -> kept.session().handle())
                .filter(handle -> !handle.equals(exceptHandle))
                .toList();
        handles.forEach(handle -> remove(subject, handle));
        return handles.size();
    }

    @Override
    void endSid(String sid) {
        Map<String, String> sessions = index.ofProvider(sid);
        sessions.forEach((handle, subject) -> remove(subject, handle));
    }

    @Override
    void endSub(String subject) {
        endAll(subject, "");
    }

    @Override
    public String handleOf(String sessionId) {
        return Ticket.id(sessionId);
    }

    /** How long Redis keeps the session if it is not used; each note of a use prolongs that. */
    private Duration unused(OidcProfile profile) {
        Duration lifetime = lifetime(profile);
        Duration unused = idle.timeout().plus(idle.betweenNotes()); // the last use may not have been noted
        return idle.isOn() && unused.compareTo(lifetime) < 0 ? unused : lifetime;
    }

    /** How long the session lasts if it is used. */
    private Duration lifetime(OidcProfile profile) {
        Duration left = BrowserSessionStore.remaining(profile, clock);
        return left.isZero() ? UNUSED : left;
    }

    private Kept kept(Ticket ticket, OidcProfile profile, Visitor visitor) {
        Instant now = clock.instant();
        var session = new KeptSession(
                ticket.id(),
                profile.getId(),
                ProfileCodec.text(profile, OidcProfileDefinition.EMAIL),
                ProfileCodec.text(profile, OidcProfileDefinition.PREFERRED_USERNAME),
                visitor.device(),
                visitor.address(),
                Instant.ofEpochSecond(ProfileCodec.time(profile, JwtClaims.ISSUED_AT)),
                now,
                now.plus(lifetime(profile)));
        return new Kept(session, ProfileCodec.text(profile, ProfileCodec.SID));
    }

    @Override
    public void close() {
        lastSeen.close();
    }
}
