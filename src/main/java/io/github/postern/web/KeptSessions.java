package io.github.postern.web;

import io.github.postern.gate.Caller;
import io.github.postern.session.KeptSession;
import io.github.postern.session.SessionDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sessions that are kept on the server, as pages and programs are shown them. Throws what its directory throws. */
final class KeptSessions {
    private final SessionDirectory directory;

    KeptSessions(SessionDirectory directory) {
        this.directory = directory;
    }

    /** The handle of the session with this id. */
    String handle(String sessionId) {
        return sessionId.isEmpty() ? "" : directory.handleOf(sessionId);
    }

    /** @param current the handle of the session that asks */
    List<SessionRow> rows(Caller caller, String current) {
        return rows(directory.of(caller.subject()), current);
    }

    private static List<SessionRow> rows(List<KeptSession> sessions, String current) {
        return sessions.stream().map(session -> SessionRow.of(session, current)).toList();
    }

    /** Everybody who goes by this name, whole, and is signed in. */
    List<SessionsView.Found> find(String who, String current) {
        Map<String, List<KeptSession>> bySubject = new LinkedHashMap<>();
        for (KeptSession session : directory.find(who)) {
            bySubject
                    .computeIfAbsent(session.subject(), subject -> new ArrayList<>())
                    .add(session);
        }
        return bySubject.entrySet().stream()
                .map(entry -> new SessionsView.Found(
                        person(entry.getValue().get(0)), entry.getKey(), rows(entry.getValue(), current)))
                .toList();
    }

    private static Person person(KeptSession session) {
        String name = session.userName().isEmpty() ? session.email() : session.userName();
        return new Person(name.isEmpty() ? session.subject() : name, session.email(), List.of());
    }

    /**
     * Ends what a form asks for.
     *
     * @param subject whose sessions
     * @param current the handle of the session that asks, which is spared: it ends by a sign-out
     * @return how many
     */
    int end(SessionsForm form, String subject, String current) {
        return switch (form.action()) {
            case ONE -> !form.handle().equals(current) && directory.end(subject, form.handle()) ? 1 : 0;
            case OTHERS, ALL -> directory.endAll(subject, current);
            case NOTHING -> 0;
        };
    }

    /** For programs: the sessions of whoever goes by a name, or else the caller's own. */
    List<Map<String, Object>> listed(Caller caller, String who, String current) {
        return (who.isEmpty() ? directory.of(caller.subject()) : directory.find(who))
                .stream().map(session -> asJson(session, current)).toList();
    }

    private static Map<String, Object> asJson(KeptSession session, String current) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("handle", session.handle());
        fields.put("subject", session.subject());
        fields.put("email", session.email());
        fields.put("user", session.userName());
        fields.put("device", session.device());
        fields.put("address", session.address());
        fields.put("since", text(session.since()));
        fields.put("seen", text(session.seen()));
        fields.put("ends", text(session.ends()));
        fields.put("current", session.handle().equals(current));
        return fields;
    }

    private static String text(Instant instant) {
        return Moment.of(instant).iso();
    }
}
