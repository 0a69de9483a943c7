package io.github.postern.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What each option comes to and where from, written as the TOML file that would bring it about; secrets do not show. */
public final class EffectiveSettings {
    private static final String HIDDEN = "***";

    /** Where the server listens unless an option says so, which the image decides. */
    private static final String ADDRESS_VARIABLE = "POSTERN_ADDRESS";

    private static final String PORT_VARIABLE = "POSTERN_PORT";

    private final Values values;
    private final Map<String, String> environment;

    private EffectiveSettings(Values values, Map<String, String> environment) {
        this.values = values;
        this.environment = environment;
    }

    /**
     * One line for each option that this version does not refuse, in the order of the documentation.
     *
     * @param flags the command line, which {@link SettingsReader} found in order
     * @param environment the variables it was read with
     */
    public static List<String> lines(List<String> flags, Map<String, String> environment) {
        var settings = new EffectiveSettings(Values.collect(flags, environment, new Findings()), environment);
        return Arrays.stream(Option.values())
                .filter(option -> option.standing().effect() != Standing.Effect.MISTAKE)
                .map(settings::line)
                .toList();
    }

    private String line(Option option) {
        if (option == Option.HTTP_ADDRESS && isListeningElsewhere()) {
            return option.key() + " = " + quoted(listening()) + "  # environment " + ADDRESS_VARIABLE + ", "
                    + PORT_VARIABLE;
        }
        boolean hidden = option.isSecret() && values.textIfAny(option).isPresent();
        // commented out what cannot stand in a file, so that the file made of these lines says what it lacks
        boolean idle = option.standing().effect() == Standing.Effect.NOTICE;
        String comment = hidden || idle || !option.isInFile() ? "#" : "";
        return comment + option.key() + " = " + (hidden ? quoted(HIDDEN) : value(option)) + "  # " + source(option);
    }

    private boolean isListeningElsewhere() {
        return !values.isSet(Option.HTTP_ADDRESS)
                && (environment.containsKey(ADDRESS_VARIABLE) || environment.containsKey(PORT_VARIABLE));
    }

    private String listening() {
        String host = environment.getOrDefault(ADDRESS_VARIABLE, "127.0.0.1");
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + environment.getOrDefault(PORT_VARIABLE, "4180");
    }

    private String value(Option option) {
        return switch (option.type()) {
            case BOOL -> String.valueOf(values.isOn(option));
            case INT -> String.valueOf(values.number(option));
            case LIST ->
                "["
                        + String.join(
                                ", ",
                                values.list(option).stream()
                                        .map(EffectiveSettings::quoted)
                                        .toList())
                        + "]";
            case STRING, DURATION -> quoted(values.text(option));
        };
    }

    private String source(Option option) {
        return Stream.of(Origin.values())
                .filter(origin -> values.isFrom(option, origin))
                .findFirst()
                .map(origin -> switch (origin) {
                    case FLAG -> "flag";
                    case ENVIRONMENT -> "environment " + option.environment();
                    case FILE -> "file " + file();
                })
                .orElse("default");
    }

    private String file() {
        return Optional.of(values.text(Option.CONFIG)).map(Quoted::plain).orElse("");
    }

    /** A basic string of TOML: whatever the value holds, it ends where its quotation marks do. */
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> quoted.append(escaped((char) unit)));
        return quoted.append('"').toString();
    }

    private static String escaped(char unit) {
        if (unit == '"' || unit == '\\') {
            return "\\" + unit;
        }
        return Character.isISOControl(unit) ? String.format("\\u%04x", (int) unit) : String.valueOf(unit);
    }
}
