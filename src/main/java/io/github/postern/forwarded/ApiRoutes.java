package io.github.postern.forwarded;

import com.google.re2j.Pattern;
import io.github.postern.config.ApiSettings;
import java.util.List;

/** Which requests are for programs, because the operator said so: a login would be of no use to them. */
public final class ApiRoutes {
    private final List<Pattern> routes;
    private final boolean all;

    public ApiRoutes(ApiSettings settings) {
        this.routes = settings.routes();
        this.all = settings.jsonErrors();
    }

    /** Whether this request is one; where the path is told in doubt, it is, so that nobody is sent round by mistake. */
    public boolean cover(ForwardedRequest asked) {
        return all || (!routes.isEmpty() && coversAddress(asked));
    }

    // The address as it was told counts too: oauth2-proxy looks at it, query included, and a match only ever says no.
    private boolean coversAddress(ForwardedRequest asked) {
        List<String> paths = asked.routePaths();
        return paths.isEmpty() || paths.stream().anyMatch(this::matches) || matches(asked.uri());
    }

    private boolean matches(String address) {
        return routes.stream().anyMatch(route -> route.matcher(address).find());
    }
}
