package io.github.postern.web;

import io.github.postern.config.Settings;
import io.github.postern.gate.Caller;
import io.github.postern.gate.SessionMechanism;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /userinfo}: who is signed in, as JSON for an app's own page; 401 when nobody is, 403 when they may not pass. */
public final class UserInfoServlet extends HttpServlet {
    private final transient SecurityContext security;
    private final transient Settings settings;
    private final transient Json json = new Json();

    /**
     * @param security who is asking
     * @param settings which credentials are accepted
     */
    public UserInfoServlet(SecurityContext security, Settings settings) {
        this.security = security;
        this.settings = settings;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Endpoint.isSpelledOut(request)) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            Json.writeText(response, "Not found");
            return;
        }
        if (Undecided.isSo(request)) {
            Undecided.tell(response);
        } else if (!(security.getCallerPrincipal() instanceof Caller caller)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            Challenges.tell(request, response, settings);
            Json.writeText(response, "Unauthorized");
        } else if (security.isCallerInRole(SessionMechanism.ADMITTED)) {
            json.write(response, user(caller));
        } else {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            Json.writeText(response, "Forbidden");
        }
    }

    private static Map<String, Object> user(Caller caller) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("user", caller.subject());
        user.put("email", caller.email());
        if (!caller.groups().isEmpty()) {
            user.put("groups", caller.groups());
        }
        if (!caller.preferredUsername().isEmpty()) {
            user.put("preferredUsername", caller.preferredUsername());
        }
        return user;
    }
}
