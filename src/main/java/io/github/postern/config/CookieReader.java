package io.github.postern.config;

import static io.github.postern.config.Option.*;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fills {@link CookieSettings}. */
final class CookieReader {
    // a token of RFC 9110; 200 leaves room for what the other cookies' names add
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}");
    private static final Duration SHORTEST_IDLE = Duration.ofMinutes(1);
    private static final Pattern PATH = Pattern.compile("/[!-:<-~]*");
    private static final Map<String, String> SAME_SITE =
            Map.of("", "", "lax", "Lax", "strict", "Strict", "none", "None");

    private final Values values;
    private final Findings findings;

    CookieReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    CookieSettings read() {
        String sameSite = sameSite(COOKIE_SAMESITE);
        tellSwitches();
        return new CookieSettings(
                name(),
                CookieSecret.read(values, findings),
                domains(),
                path(),
                values.isOn(COOKIE_SECURE),
                values.isOn(COOKIE_HTTPONLY),
                sameSite,
                lifetime(),
                refreshAfter(),
                loginLifetime(),
                loginLimit(),
                values.textIfAny(COOKIE_CSRF_SAMESITE).isPresent() ? sameSite(COOKIE_CSRF_SAMESITE) : sameSite,
                idleTimeout());
    }

    private String name() {
        String name = values.text(COOKIE_NAME);
        if (!NAME.matcher(name).matches()) {
            findings.mistake(
                    COOKIE_NAME,
                    "must be 1 to 200 letters, digits or signs without blanks, ;,=\"/ or brackets; rename it");
        }
        return name;
    }

    private List<String> domains() {
        return values.list(COOKIE_DOMAIN).stream()
                .flatMap(text -> domain(text).stream())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Tomcat refuses a leading dot, and browsers have ignored it since RFC 6265. */
    private Optional<String> domain(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String domain = lower.startsWith(".") ? lower.substring(1) : lower;
        if (!HostName.isDomain(domain)) {
            findings.mistake(
                    COOKIE_DOMAIN, Quoted.of(text) + " is no domain; write only its name, such as .akko.local");
            return Optional.empty();
        }
        if (HostName.isPublicSuffix(domain)) {
            findings.mistake(
                    COOKIE_DOMAIN,
                    Quoted.of(text)
                            + " is a public suffix, for which browsers refuse cookies; name your own domain below it");
            return Optional.empty();
        }
        return Optional.of(domain);
    }

    private String path() {
        String path = values.text(COOKIE_PATH);
        if (!PATH.matcher(path).matches()) {
            findings.mistake(
                    COOKIE_PATH, "must begin with / and hold no blanks, ; or letters beyond ASCII; / suits most");
        }
        return path;
    }

    private String sameSite(Option option) {
        String text = values.text(option);
        String attribute = SAME_SITE.get(text.toLowerCase(Locale.ROOT));
        if (attribute == null) {
            findings.mistake(option, Quoted.of(text) + " is not one of lax, strict, none; lax suits most");
            return "Lax";
        }
        return attribute;
    }

    private Duration lifetime() {
        Duration lifetime = values.duration(COOKIE_EXPIRE);
        if (!lifetime.isZero() && lifetime.toSeconds() == 0) {
            findings.mistake(COOKIE_EXPIRE, "is less than a second; 168h is the default");
        }
        return lifetime;
    }

    private Duration refreshAfter() {
        Duration refresh = values.duration(COOKIE_REFRESH);
        Duration lifetime = values.duration(COOKIE_EXPIRE);
        if (!lifetime.isZero() && refresh.compareTo(lifetime) >= 0) {
            findings.mistake(
                    COOKIE_REFRESH, "must be shorter than cookie-expire, or no session would live to see it; lower it");
        }
        return refresh;
    }

    private Duration idleTimeout() {
        Duration idle = values.duration(SESSION_IDLE_TIMEOUT);
        Duration lifetime = values.duration(COOKIE_EXPIRE);
        if (idle.isZero()) {
            return idle;
        }
        if (idle.compareTo(SHORTEST_IDLE) < 0) {
            findings.mistake(
                    SESSION_IDLE_TIMEOUT,
                    "must be a minute at least, or people at work are signed out; 30m suits most");
        } else if (!lifetime.isZero() && idle.compareTo(lifetime) >= 0) {
            findings.mistake(
                    SESSION_IDLE_TIMEOUT,
                    "must be shorter than cookie-expire, or no session would live to see it; lower it");
        }
        return idle;
    }

    private Duration loginLifetime() {
        Duration lifetime = values.duration(COOKIE_CSRF_EXPIRE);
        if (lifetime.toSeconds() == 0) {
            findings.mistake(COOKIE_CSRF_EXPIRE, "is less than a second, so nobody could sign in; 15m is the default");
        }
        return lifetime;
    }

    private int loginLimit() {
        int limit = values.number(COOKIE_CSRF_PER_REQUEST_LIMIT);
        if (limit > 0) {
            return limit;
        }
        findings.note("cookie-csrf-per-request-limit=0 means " + COOKIE_CSRF_PER_REQUEST_LIMIT.defaultValue()
                + " here: without a limit the cookies of unfinished sign-ins outgrow the request.");
        return Integer.parseInt(COOKIE_CSRF_PER_REQUEST_LIMIT.defaultValue());
    }

    private void tellSwitches() {
        if (!values.isOn(COOKIE_SECURE)) {
            findings.weak(
                    "cookie-secure=false: cookies cross the network in clear over http; set it to true behind TLS.");
        }
        if (!values.isOn(COOKIE_HTTPONLY)) {
            findings.weak("cookie-httponly=false: scripts of every app can read the session cookie; set it to true.");
        }
        if (!values.isOn(COOKIE_CSRF_PER_REQUEST)) {
            findings.note("cookie-csrf-per-request=false has no effect: each sign-in has its own cookie.");
        }
    }
}
