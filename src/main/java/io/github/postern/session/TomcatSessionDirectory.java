package io.github.postern.session;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.catalina.Session;
import org.pac4j.core.profile.jwt.JwtClaims;
import org.pac4j.oidc.profile.OidcProfile;
import org.pac4j.oidc.profile.OidcProfileDefinition;

/**
 * Finds and ends Tomcat's sessions, on every replica: each has them all. It looks through them, since what they hold is sealed; a
 * hundred thousand take some tenths of a second, and nobody looks but people, and the provider at a sign-out.
 */
public final class TomcatSessionDirectory extends Endings implements SessionDirectory {
    private static final int MOST_SHOWN = 200;
    private final TomcatSessions sessions;

    TomcatSessionDirectory(TomcatSessions sessions) {
        this.sessions = sessions;
    }

    private record Found(Session session, OidcProfile profile) {
        boolean isOf(String subject) {
            return subject.equals(profile.getId());
        }

        boolean goesBy(String who) {
            return who.equals(profile.getId())
                    || who.equalsIgnoreCase(text(OidcProfileDefinition.EMAIL))
                    || who.equalsIgnoreCase(text(OidcProfileDefinition.PREFERRED_USERNAME));
        }

        String text(String attribute) {
            return profile.getAttribute(attribute) instanceof String text ? text : "";
        }
    }

    private Stream<Found> all(Predicate<Found> wanted) {
        return sessions.all()
                .flatMap(session ->
                        sessions.read(session.getSession()).map(profile -> new Found(session, profile)).stream())
                .filter(wanted);
    }

    @Override
    public List<KeptSession> of(String subject) {
        return kept(found -> found.isOf(subject));
    }

    @Override
    public List<KeptSession> find(String who) {
        return who.isEmpty() ? List.of() : kept(found -> found.goesBy(who));
    }

    private List<KeptSession> kept(Predicate<Found> wanted) {
        return all(wanted)
                .map(this::kept)
                .sorted(Comparator.comparing(KeptSession::seen).reversed())
                .limit(MOST_SHOWN)
                .toList();
    }

    private KeptSession kept(Found found) {
        Visitor visitor = sessions.text(found.session().getSession(), TomcatSessions.BROWSER)
                .map(TomcatSessionDirectory::visitor)
                .orElse(Visitor.UNKNOWN);
        return new KeptSession(
                handleOf(BrowserSessionStore.sessionId(found.profile())),
                found.profile().getId(),
                found.text(OidcProfileDefinition.EMAIL),
                found.text(OidcProfileDefinition.PREFERRED_USERNAME),
                visitor.device(),
                visitor.address(),
                since(found.profile()),
                Instant.ofEpochMilli(found.session().getLastAccessedTimeInternal())
                        .truncatedTo(ChronoUnit.MINUTES),
                ends(found));
    }

    /** As {@link #visitor} reads it. */
    static String text(Visitor visitor) {
        return visitor.address() + " " + visitor.device();
    }

    private static Visitor visitor(String text) {
        int blank = text.indexOf(' ');
        return new Visitor(text.substring(blank + 1), text.substring(0, Math.max(0, blank)));
    }

    private static Instant since(OidcProfile profile) {
        return profile.getAttribute(JwtClaims.ISSUED_AT) instanceof Number seconds
                ? Instant.ofEpochSecond(seconds.longValue())
                : Instant.EPOCH;
    }

    private static Instant ends(Found found) {
        long ends = TomcatSessions.ends(found.profile());
        return ends > 0
                ? Instant.ofEpochSecond(ends)
                : Instant.ofEpochMilli(found.session().getLastAccessedTimeInternal())
                        .plusSeconds(found.session().getMaxInactiveInterval());
    }

    @Override
    public boolean end(String subject, String handle) {
        return end(found -> found.isOf(subject) && handle.equals(handle(found))) > 0;
    }

    @Override
    public int endAll(String subject, String exceptHandle) {
        return end(found -> found.isOf(subject) && !exceptHandle.equals(handle(found)));
    }

    private int end(Predicate<Found> wanted) {
        List<Found> found = all(wanted).toList();
        found.forEach(each -> sessions.end(each.session().getSession()));
        return found.size();
    }

    /** What has been revoked already is not found by {@link #all}. */
    private void expire(Predicate<OidcProfile> wanted) {
        sessions.all()
                .filter(session ->
                        sessions.stored(session.getSession()).filter(wanted).isPresent())
                .forEach(Session::expire);
    }

    private String handle(Found found) {
        return handleOf(BrowserSessionStore.sessionId(found.profile()));
    }

    @Override
    public String handleOf(String sessionId) {
        return Ticket.id(sessionId);
    }

    /** First what is remembered: a session may be on its way here. */
    @Override
    void endSid(String sid) {
        sessions.revocations().endSid(sid);
        expire(profile -> sid.equals(profile.getAttribute(ProfileCodec.SID)));
    }

    @Override
    void endSub(String subject) {
        sessions.revocations().endSub(subject);
        expire(profile -> subject.equals(profile.getId()));
    }
}
