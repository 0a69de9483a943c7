package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@link EndpointSettings}. */
final class EndpointReader {
    // plain segments only: a path that can be written in two ways could be asked for in the other
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+");
    private static final Pattern STATIC = Pattern.compile("static://([2-5]\\d\\d)");
    private static final int DEFAULT_STATUS = 200;

    /** What those write who want no upstream, since oauth2-proxy asks for one: the Helm chart does by default. */
    private static final String NOWHERE = "file:///dev/null";

    private final Values values;
    private final Findings findings;

    EndpointReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    EndpointSettings read() {
        String prefix = path(PROXY_PREFIX);
        String ping = path(PING_PATH);
        String ready = path(READY_PATH);
        checkApart(prefix, ping, ready);
        return new EndpointSettings(
                prefix,
                ping,
                values.textIfAny(PING_USER_AGENT),
                ready,
                upstreamStatus(),
                values.isOn(SKIP_PROVIDER_BUTTON));
    }

    private String path(Option option) {
        String path = values.text(option).replaceFirst("(?<=.)/$", "");
        if (!PATH.matcher(path).matches()) {
            findings.mistake(
                    option,
                    "must begin with / and hold letters, digits, / and . _ ~ - only; the default is "
                            + option.defaultValue());
        }
        return path;
    }

    /** A probe answers anybody with 200, so it must not take the place of an endpoint that asks who it is. */
    private void checkApart(String prefix, String ping, String ready) {
        if (ping.equals(ready)) {
            findings.mistake(READY_PATH, "is the same as ping-path; give each its own path");
        }
        for (Option option : List.of(PING_PATH, READY_PATH)) {
            String path = option == PING_PATH ? ping : ready;
            if (path.equals(prefix) || path.startsWith(prefix + "/")) {
                findings.mistake(option, "lies below proxy-prefix, among the sign-in endpoints; move it out");
            }
        }
    }

    private int upstreamStatus() {
        List<String> upstreams = values.list(UPSTREAM);
        if (upstreams.size() > 1) {
            findings.mistake(UPSTREAM, "is given " + upstreams.size() + " times; keep one static://CODE at most");
        }
        // all are judged, so that each that cannot be served has its line
        List<Integer> statuses = upstreams.stream().map(this::status).toList();
        return statuses.stream().findFirst().orElse(DEFAULT_STATUS);
    }

    private int status(String upstream) {
        if (upstream.equals(NOWHERE)) {
            findings.note("upstream=" + NOWHERE
                    + " has no effect: the catch-all answers 200; write static://404 for the 404" + " that it was.");
            return DEFAULT_STATUS;
        }
        Matcher code = STATIC.matcher(upstream);
        if (code.matches()) {
            return Integer.parseInt(code.group(1));
        }
        findings.mistake(
                UPSTREAM,
                Quoted.address(upstream) + " is refused: Postern does not proxy; let your proxy serve the app and ask "
                        + "/oauth2/auth, and write static://200 or nothing here");
        return DEFAULT_STATUS;
    }
}
