package io.github.postern.fakes;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A query or a form, in order, repeated names kept.
 *
 * @param pairs decoded
 */
public record Parameters(List<Map.Entry<String, String>> pairs) {
    public Parameters {
        pairs = List.copyOf(pairs);
    }

    /** @param encoded with or without a question mark in front */
    public static Parameters parse(String encoded) {
        var text = encoded.startsWith("?") ? encoded.substring(1) : encoded;
        var pairs = new ArrayList<Map.Entry<String, String>>();
        for (var pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                pairs.add(Map.entry(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
        return new Parameters(pairs);
    }

    /** The first value, or an empty string. */
    public String get(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    public List<String> all(String name) {
        return pairs.stream()
                .filter(pair -> pair.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    public List<String> names() {
        return pairs.stream().map(Map.Entry::getKey).toList();
    }

    static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
