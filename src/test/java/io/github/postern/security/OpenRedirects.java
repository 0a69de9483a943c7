package io.github.postern.security;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Several hundred ways to write an address that a check takes for ours and a browser does not. */
final class OpenRedirects {
    private static final List<String> EVIL = List.of(
            "evil.example",
            "evil.example:443",
            "evil.example.",
            "[2001:db8::1]",
            "192.0.2.66",
            "3221225986",
            "0xC0000242");
    private static final List<String> OURS = List.of("akko.local", "mlflow.akko.local", "akko.local:443");
    private static final List<String> SEPARATORS = List.of("/", "\\", "%2f", "%5c", "%252f", "%255c");
    private static final List<String> INVISIBLE = List.of(
            "\t", "\n", "\r", "\u000b", "\f", " ", "\u0000", "\u001f", "\u007f", "\u00a0", "\u2028", "\u200b", "\ufeff",
            "%09", "%0a", "%0d", "%0b", "%00", "%20", "%2509", "%c2%a0");
    private static final List<String> DOTS = List.of(".", "..", "...", "%2e", "%2e%2e", ".%2e", "%252e%252e", "./..");
    private static final List<String> LOOK_ALIKE = List.of(
            "akko.local.evil.example",
            "akko-local.evil.example",
            "evilakko.local",
            "akko.localevil.example",
            "akko.local-evil.example",
            "xakko.local",
            "akko.local..evil.example",
            "akko.local%2eevil.example",
            "akko.local\u3002evil.example",
            "akko.local\uff0eevil.example",
            "akko.local%00.evil.example",
            "akko.local%0a.evil.example",
            "akk\u043e.local",
            "akko.loc\u0430l",
            "xn--akk-rdd.local",
            "local",
            "akko",
            "\uff45vil.example",
            "evil.example\u2044.akko.local",
            "evil.example%2f.akko.local",
            "evil.example%5c.akko.local",
            "evil.example%23.akko.local",
            "evil.example%3f.akko.local",
            "evil.example\uff0f.akko.local",
            "evil.example\u2048.akko.local",
            "evil.example\uff03.akko.local",
            "*.akko.local.evil.example",
            ".akko.local.evil.example");
    private static final List<String> SCHEMES = List.of(
            "javascript:",
            "JaVaScRiPt:",
            "java\tscript:",
            "vbscript:",
            "data:text/html,",
            "file://",
            "ftp://",
            "blob:",
            "about:",
            "ws://",
            "wss://",
            "mailto:",
            "intent://",
            "view-source:https://",
            "feed:https://",
            "jar:https://",
            "http:",
            "https:",
            "http:/",
            "https:/",
            "https:\\\\",
            "https:///",
            "https:////",
            "hTTps:\\/",
            "://",
            "//:",
            ":");

    private OpenRedirects() {}

    /** Values of {@code rd}, before they are encoded for a query. */
    static List<String> all() {
        Set<String> targets = new LinkedHashSet<>();
        slashes(targets);
        invisible(targets);
        userInformation(targets);
        schemes(targets);
        lookAlikes(targets);
        dotSegments(targets);
        return new ArrayList<>(targets);
    }

    private static void slashes(Set<String> targets) {
        for (var first : SEPARATORS) {
            for (var second : SEPARATORS) {
                targets.add(first + second + "evil.example/a");
                targets.add("/" + first + second + "evil.example");
                targets.add("https:" + first + second + "evil.example/%2e%2e");
            }
        }
        EVIL.forEach(host -> targets.add("//" + host + "/"));
        EVIL.forEach(host -> targets.add("https://" + host + "/?akko.local"));
    }

    private static void invisible(Set<String> targets) {
        for (var character : INVISIBLE) {
            targets.add("/" + character + "/evil.example");
            targets.add("/" + character + "\\evil.example");
            targets.add("\\" + character + "/evil.example");
            targets.add(character + "//evil.example");
            targets.add(character + "https://evil.example");
            targets.add("https://evil.example" + character + ".akko.local/");
            targets.add("https:" + character + "//evil.example");
        }
    }

    private static void userInformation(Set<String> targets) {
        for (var ours : OURS) {
            for (var evil : EVIL) {
                targets.add("https://" + ours + "@" + evil + "/");
                targets.add("https://" + ours + "%40" + evil + "/");
                targets.add("https://" + ours + "\\@" + evil + "/");
                targets.add("//" + ours + "@" + evil);
                targets.add("https://" + evil + "#@" + ours + "/");
                targets.add("https://" + evil + "?@" + ours + "/");
                targets.add("https://" + evil + "\\@" + ours + "/");
            }
        }
    }

    private static void schemes(Set<String> targets) {
        for (var scheme : SCHEMES) {
            targets.add(scheme + "evil.example/x");
            targets.add(scheme + "alert(1)//akko.local");
            targets.add(" " + scheme + "evil.example");
        }
    }

    private static void lookAlikes(Set<String> targets) {
        for (var host : LOOK_ALIKE) {
            targets.add("https://" + host + "/");
            targets.add("//" + host);
            targets.add("https://" + host + ":443/");
        }
    }

    private static void dotSegments(Set<String> targets) {
        for (var dots : DOTS) {
            for (var separator : SEPARATORS) {
                targets.add("/" + dots + separator + separator + "evil.example");
                targets.add(separator + dots + separator + "evil.example");
            }
        }
    }
}
