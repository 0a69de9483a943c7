package io.github.postern.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * What a button on the page of sessions sends.
 *
 * @param action what to end
 * @param handle the session meant; empty for none
 * @param subject whose; empty for the user's own
 * @param who what the administrator was looking for, to come back to
 */
record SessionsForm(Action action, String handle, String subject, String who) {
    /** What to end. */
    enum Action {
        ONE,
        OTHERS,
        ALL,
        NOTHING
    }

    /** What was sent; nothing is ended for what is no form of ours. */
    static SessionsForm read(HttpServletRequest request) {
        return new SessionsForm(
                action(field(request, "end")),
                field(request, "handle"),
                field(request, "subject"),
                field(request, "who"));
    }

    private static Action action(String text) {
        return switch (text) {
            case "one" -> Action.ONE;
            case "others" -> Action.OTHERS;
            case "all" -> Action.ALL;
            default -> Action.NOTHING;
        };
    }

    /** The container bounds the form's size (maxPostSize). */
    private static String field(HttpServletRequest request, String name) {
        try {
            return Optional.ofNullable(request.getParameter(name)).orElse("");
        } catch (IllegalStateException unreadable) {
            return "";
        }
    }
}
