package io.github.postern.login;

import io.github.postern.forwarded.QueryString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pac4j.jee.context.JEEContext;

/**
 * pac4j's view of one request. It sees only the parameters of an authorization response (RFC 6749, 4.1.2; RFC 9207),
 * so that {@code access_token}, {@code sid} or {@code logout_token} in a callback start nothing; and it reads the answer
 * itself, so that odd bytes or any other body cannot disturb.
 */
final class CallbackContext extends JEEContext {
    private static final Set<String> KNOWN =
            Set.of("code", "state", "iss", "error", "error_description", "error_uri", "session_state");
    private final HttpServletRequest request;

    CallbackContext(HttpServletRequest request, HttpServletResponse response) {
        super(request, response);
        this.request = request;
    }

    private QueryString answer() {
        return AuthorizationAnswer.of(request);
    }

    @Override
    public Optional<String> getRequestParameter(String name) {
        return KNOWN.contains(name) ? answer().first(name) : Optional.empty();
    }

    @Override
    public Map<String, String[]> getRequestParameters() {
        Map<String, String[]> parameters = new LinkedHashMap<>();
        answer().values().forEach((name, values) -> {
            if (KNOWN.contains(name)) {
                parameters.put(name, values.toArray(String[]::new));
            }
        });
        return parameters;
    }
}
