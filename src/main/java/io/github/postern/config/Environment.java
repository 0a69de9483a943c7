package io.github.postern.config;

import static io.github.postern.config.Option.ENVIRONMENT_PREFIX;
import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the variables whose names begin with {@code OAUTH2_PROXY_}. */
final class Environment {
    private static final Map<String, Option> BY_NAME =
            Arrays.stream(Option.values()).collect(toMap(Option::environment, Function.identity()));
    // Kubernetes sets such variables by itself in every pod beside a service called oauth2-proxy or oauth2-proxy-…
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "OAUTH2_PROXY_(?:\\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\\w+)?|PORT(?:_\\d+_(?:TCP|UDP|SCTP)(?:_\\w+)?)?)");

    private Environment() {}

    /** What the variables set; an empty one counts as not set, as in oauth2-proxy. */
    static Map<Option, Given> read(Map<String, String> environment, Findings findings) {
        Map<Option, Given> given = new EnumMap<>(Option.class);
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.regionMatches(true, 0, ENVIRONMENT_PREFIX, 0, ENVIRONMENT_PREFIX.length())) {
                known(name, findings)
                        .filter(option -> !value.isBlank())
                        .ifPresent(option -> given.put(option, Given.of(option, value)));
            }
        });
        return given;
    }

    private static Optional<Option> known(String name, Findings findings) {
        Option option = BY_NAME.get(name);
        if (option == null) {
            unknown(name, findings);
            return Optional.empty();
        }
        if (!option.isInEnvironment()) {
            findings.mistake(name + ": is no environment variable of Postern; give the flag --" + option.flag());
            return Optional.empty();
        }
        return Optional.of(option);
    }

    private static void unknown(String name, Findings findings) {
        String shown = Quoted.plain(name);
        if (SERVICE_LINK.matcher(name).matches()) {
            findings.note(shown + " looks like a service link of Kubernetes and is ignored; enableServiceLinks: false"
                    + " keeps it away.");
            return;
        }
        NearestName.of(name.substring(ENVIRONMENT_PREFIX.length()), keys())
                .ifPresentOrElse(
                        key -> findings.mistake(shown + ": is not a setting of Postern; did you mean "
                                + ENVIRONMENT_PREFIX + key + "?"),
                        () -> findings.weak(shown + " is not a setting of Postern; ignored."));
    }

    private static List<String> keys() {
        return BY_NAME.keySet().stream()
                .map(name -> name.substring(ENVIRONMENT_PREFIX.length()))
                .toList();
    }
}
