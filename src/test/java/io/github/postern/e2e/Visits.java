package io.github.postern.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.testbed.Browser;
import io.github.postern.testbed.Fields;
import io.github.postern.testbed.Message;
import io.github.postern.testbed.Page;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** What the suites behind the gateways do alike. */
final class Visits {
    private static final Pattern HEADER = Pattern.compile("\\[\"([^\"]+)\", \"([^\"]*)\"]");

    private Visits() {}

    /** Opens an address that leads to Keycloak's form, and fills that in: the page where it ends. */
    static Page signIn(Browser browser, URI address, String user) {
        var login = browser.open(address);
        assertThat(login.form()).as("a login form at %s", login.hops()).isPresent();
        return browser.submit(login, Map.of("username", user, "password", user + "-pw"));
    }

    /** The headers that an app received, by its answer at {@code /api/headers}; none when the gateway refused. */
    static Fields told(Message answer) {
        return new Fields(HEADER.matcher(answer.text())
                .results()
                .map(line -> new Fields.Field(line.group(1), line.group(2)))
                .toList());
    }
}
