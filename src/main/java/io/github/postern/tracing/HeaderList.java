package io.github.postern.tracing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers for the collector, as a variable lists them. They hold keys: what is said of them shows nothing of them. */
final class HeaderList {
    private static final Pattern PAIR = Pattern.compile("[^\\s=]+=\\s*\\S.*");
    /** RFC 9110 §5.6.2 */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern VALUE = Pattern.compile("[ -~]*");
    /** The JDK's client takes them from nobody. */
    private static final Set<String> CLIENTS_OWN = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private HeaderList() {}

    /** What is wrong with the list; the client would say so with every batch, and show the key. */
    static Optional<String> mistake(String list) {
        List<String> pairs = Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty())
                .toList();
        if (!pairs.stream().allMatch(pair -> PAIR.matcher(pair).matches())) {
            return Optional.of("is no list of name=value, separated by commas");
        }
        if (!pairs.stream().allMatch(pair -> isName(pair.substring(0, pair.indexOf('='))))) {
            return Optional.of(
                    "a name in it is no header's, or one that HTTP itself needs; take the collector's word for it");
        }
        if (!pairs.stream().allMatch(pair -> isValue(pair.substring(pair.indexOf('=') + 1)))) {
            return Optional.of(
                    "a value in it, with its %-codes decoded, is not all printable ASCII; copy the key again");
        }
        return Optional.empty();
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches() && !CLIENTS_OWN.contains(name.toLowerCase(Locale.ROOT));
    }

    /** @param encoded as OpenTelemetry decodes it */
    private static boolean isValue(String encoded) {
        try {
            return VALUE.matcher(URLDecoder.decode(encoded, StandardCharsets.UTF_8))
                    .matches();
        } catch (IllegalArgumentException e) { // shows what it cannot decode
            return false;
        }
    }
}
