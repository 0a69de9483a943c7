package io.github.postern.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.WebContext;
import org.pac4j.jee.context.JEEContext;

/**
 * What pac4j keeps of the trips to the provider that are under way: in the browser's cookies, whatever keeps the sessions, so
 * that somebody who never comes back leaves nothing on this side, and any replica can take a trip's answer.
 */
final class Trips {
    private static final String BEGUN = Trips.class.getName() + ".begun";
    private static final String RETURNING = Trips.class.getName() + ".returning";
    private final LoginCookies logins;
    private final String stateKey;

    /** @param stateKey pac4j's key for the {@code state} of a login; setting it begins a trip, setting it to null ends it */
    Trips(LoginCookies logins, String stateKey) {
        this.logins = logins;
        this.stateKey = stateKey;
    }

    /** What the trip that the request's {@code state} names holds under this key. */
    Optional<Object> get(WebContext context, String key) {
        return Optional.ofNullable(returning(context).get(key));
    }

    void set(WebContext context, String key, @Nullable Object value) {
        if (key.equals(stateKey) && value == null) {
            logins.delete(request(context), response(context), state(context));
        } else if (value != null) {
            begin(context, key, value.toString());
        }
    }

    /** Takes away every trip of this browser. */
    void deleteAll(WebContext context) {
        logins.deleteAll(request(context), response(context));
    }

    /** A trip begins empty, whatever {@code state} the request itself carries. */
    private void begin(WebContext context, String key, String value) {
        HttpServletRequest request = request(context);
        Map<String, String> begun = trip(request, BEGUN).orElseGet(LinkedHashMap::new);
        begun.put(key, value);
        request.setAttribute(BEGUN, begun);
        Optional.ofNullable(begun.get(stateKey))
                .ifPresent(state -> logins.write(request, response(context), state, begun));
    }

    /** The values that the cookie named by the request's {@code state} holds; opened once per request. */
    private Map<String, String> returning(WebContext context) {
        HttpServletRequest request = request(context);
        return trip(request, RETURNING).orElseGet(() -> {
            Map<String, String> read = logins.read(request, state(context));
            request.setAttribute(RETURNING, read);
            return read;
        });
    }

    @SuppressWarnings("unchecked")
    private static Optional<Map<String, String>> trip(HttpServletRequest request, String attribute) {
        return Optional.ofNullable((Map<String, String>) request.getAttribute(attribute));
    }

    private static String state(WebContext context) {
        return context.getRequestParameter("state").orElse("");
    }

    private static HttpServletRequest request(WebContext context) {
        return ((JEEContext) context).getNativeRequest();
    }

    private static HttpServletResponse response(WebContext context) {
        return ((JEEContext) context).getNativeResponse();
    }
}
