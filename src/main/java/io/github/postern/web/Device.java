package io.github.postern.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A browser and its system in words people know, such as "Firefox on Linux", from what it says of itself. */
final class Device {
    private static final int MOST_CHARACTERS = 40;
    private static final String UNKNOWN = "Unknown browser";

    // the first that is found counts: most browsers name those they wish to be taken for besides
    private static final Map<String, String> BROWSERS = ordered(
            "Edg",
            "Edge",
            "OPR/",
            "Opera",
            "SamsungBrowser",
            "Samsung Internet",
            "Vivaldi",
            "Vivaldi",
            "FxiOS",
            "Firefox",
            "Firefox",
            "Firefox",
            "CriOS",
            "Chrome",
            "Chromium",
            "Chromium",
            "Chrome",
            "Chrome",
            "Safari",
            "Safari");
    private static final Map<String, String> SYSTEMS = ordered(
            "Android",
            "Android",
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "Windows",
            "Windows",
            "CrOS",
            "ChromeOS",
            "Macintosh",
            "macOS",
            "Linux",
            "Linux");

    private Device() {}

    /** @param userAgent the header a browser sends, of any content */
    static String of(String userAgent) {
        Optional<String> browser = first(BROWSERS, userAgent);
        Optional<String> system = first(SYSTEMS, userAgent);
        String name = browser.orElseGet(() -> system.isPresent() ? UNKNOWN : product(userAgent));
        return system.map(words -> name + " on " + words).orElse(name);
    }

    private static Optional<String> first(Map<String, String> words, String userAgent) {
        return words.entrySet().stream()
                .filter(word -> userAgent.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** What a program calls itself, such as {@code curl}. RFC 9110, 10.1.5 */
    private static String product(String userAgent) {
        String name = userAgent.strip().split("[/ ]", 2)[0];
        return name.isEmpty() ? UNKNOWN : HtmlText.clip(name, MOST_CHARACTERS);
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            ordered.put(pairs[i], pairs[i + 1]);
        }
        return ordered;
    }
}
