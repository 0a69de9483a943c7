package io.github.postern.session;

import java.util.Optional;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.logout.handler.SessionLogoutHandler;

/** Ends sessions by the provider's word. Nothing has to be recorded for that: a session tells itself whose it is. */
abstract class Endings implements SessionLogoutHandler {
    private static final String SID = "sid:";
    private static final String SUB = "sub:";

    /** Ends our sessions of one session at the provider. */
    abstract void endSid(String sid);

    /** Ends all sessions of a user. */
    abstract void endSub(String subject);

    /** @param key {@code sid:} or {@code sub:} and the provider's word for it; anything else is ignored */
    @Override
    public final void destroySession(CallContext context, String key) {
        if (key.startsWith(SID)) {
            endSid(key.substring(SID.length()));
        } else if (key.startsWith(SUB)) {
            endSub(key.substring(SUB.length()));
        }
    }

    @Override
    public final void recordSession(CallContext context, String key) {}

    @Override
    public final void renewSession(CallContext context, String oldSessionId) {}

    @Override
    public final Optional<String> cleanRecord(String sessionId) {
        return Optional.empty();
    }
}
