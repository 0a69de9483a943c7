package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@link EndpointSettings} and checks what only the launcher uses of the server's settings. */
final class EndpointReader {
    // plain segments only: a path that can be written in two ways could be asked for in the other
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+");
    private static final Pattern STATIC = Pattern.compile("static://([2-5]\\d\\d)");
    private static final Pattern LISTEN =
            Pattern.compile("(?!fd:)(?:http://)?(?:[A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+]):(?<port>\\d{1,5})/?");
    private static final int DEFAULT_STATUS = 200;

    private final Values values;
    private final Findings findings;

    EndpointReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    EndpointSettings read() {
        checkListen();
        checkStore();
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
        return upstreams.stream().mapToInt(this::status).findFirst().orElse(DEFAULT_STATUS);
    }

    private int status(String upstream) {
        Matcher code = STATIC.matcher(upstream);
        if (code.matches()) {
            return Integer.parseInt(code.group(1));
        }
        findings.mistake(
                UPSTREAM,
                Quoted.of(upstream) + " is refused: Postern does not proxy; let your proxy serve the app and ask "
                        + "/oauth2/auth, and write static://200 or nothing here");
        return DEFAULT_STATUS;
    }

    private void checkListen() {
        Matcher address = LISTEN.matcher(values.text(HTTP_ADDRESS));
        boolean valid = address.matches()
                && Integer.parseInt(address.group("port")) >= 1
                && Integer.parseInt(address.group("port")) <= 65535;
        if (!valid) {
            findings.mistake(
                    HTTP_ADDRESS,
                    Quoted.of(values.text(HTTP_ADDRESS)) + " is no address and port; write :4180 or 127.0.0.1:4180");
        }
    }

    private void checkStore() {
        if (!values.text(SESSION_STORE_TYPE).equals("cookie")) {
            findings.mistake(
                    SESSION_STORE_TYPE,
                    Quoted.of(values.text(SESSION_STORE_TYPE))
                            + " is refused: this version keeps sessions in the cookie only; set cookie or remove it");
        }
    }
}
