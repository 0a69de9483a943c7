package io.github.postern.login;

import java.util.Optional;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.util.Pac4jConstants;

/** Where the user was going when the login began; kept with the attempt, so that every tab finds its own way back. */
final class ReturnTo {
    private static final String HOME = "/";

    private ReturnTo() {}

    /** To be called before the attempt's state is set. */
    static void save(CallContext ctx, String target) {
        ctx.sessionStore().set(ctx.webContext(), Pac4jConstants.REQUESTED_URL, target);
    }

    /** @return a target that was allowed when it was saved, or {@code /} */
    static String restore(CallContext ctx) {
        return saved(ctx).orElse(HOME);
    }

    static Optional<String> saved(CallContext ctx) {
        return ctx.sessionStore()
                .get(ctx.webContext(), Pac4jConstants.REQUESTED_URL)
                .map(Object::toString);
    }
}
