package io.github.postern.session;

import java.util.Optional;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.logout.handler.SessionLogoutHandler;

/** Ends sessions that are kept on the server by the provider's word: one session of its own, or everything of a user. */
final class ServerEndings implements SessionLogoutHandler {
    private static final String SID = "sid:";
    private static final String SUB = "sub:";
    private final ServerSessions sessions;

    ServerEndings(ServerSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void destroySession(CallContext context, String key) {
        if (key.startsWith(SID)) {
            sessions.endProvider(key.substring(SID.length()));
        } else if (key.startsWith(SUB)) {
            sessions.endAll(key.substring(SUB.length()), "");
        }
    }

    /** The index knows. */
    @Override
    public void recordSession(CallContext context, String key) {}

    @Override
    public void renewSession(CallContext context, String oldSessionId) {}

    @Override
    public Optional<String> cleanRecord(String sessionId) {
        return Optional.empty();
    }
}
