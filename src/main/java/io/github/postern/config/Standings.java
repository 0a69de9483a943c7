package io.github.postern.config;

import static java.util.stream.Collectors.joining;

import io.github.postern.config.Standing.Effect;

/** Tells of options that are set but idle, not supported yet, or refused, and of where the others come from. */
final class Standings {
    private Standings() {}

    static void check(Values values, Findings findings) {
        for (Origin origin : Origin.values()) {
            sources(values, origin, findings);
        }
        for (Option option : Option.values()) {
            standing(option, values, findings);
        }
        // read before all others, when there was nobody to tell
        values.checkType(Option.CONFIG_TEST);
        values.checkType(Option.VERSION);
    }

    private static void standing(Option option, Values values, Findings findings) {
        Standing standing = option.standing();
        if (standing.effect() == Effect.NOTICE && values.isSet(option)) {
            findings.note(option.flag() + " " + standing.sentence() + ".");
            values.checkType(option);
        }
        // a value that is the default asks for nothing, and templates of settings are full of them
        if (standing.effect() == Effect.MISTAKE && !values.isDefault(option)) {
            findings.mistake(option, standing.sentence());
        }
    }

    /** Names only: the values may be secrets. */
    private static void sources(Values values, Origin origin, Findings findings) {
        var options = values.setIn(origin);
        if (!options.isEmpty()) {
            String names = options.stream()
                    .map(option -> option.flag() + (values.isFrom(option, origin) ? "" : " (overridden)"))
                    .collect(joining(", "));
            findings.note("Set by " + origin.words() + ": " + names + ".");
        }
    }
}
