package io.github.postern.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.exception.TechnicalException;
import org.pac4j.core.logout.handler.SessionLogoutHandler;

/** Keeps what it was told to end; may be away. */
public final class FakeSessions implements SessionLogoutHandler {
    private final List<String> ended = new ArrayList<>();
    private boolean away;

    /** The keys of what was ended, in order. */
    public List<String> ended() {
        return List.copyOf(ended);
    }

    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    @Override
    public void destroySession(CallContext ctx, String key) {
        if (away) {
            throw new TechnicalException("away");
        }
        ended.add(key);
    }

    @Override
    public void recordSession(CallContext ctx, String key) {}

    @Override
    public void renewSession(CallContext ctx, String oldSessionId) {}

    @Override
    public Optional<String> cleanRecord(String sessionId) {
        return Optional.empty();
    }
}
