package io.github.postern.config;

import static io.github.postern.config.Option.CONFIG_TEST;
import static io.github.postern.config.Option.VERSION;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operator wants of the command line: most want a gateway, some only an answer. */
public enum Purpose {
    /** Start and answer requests. */
    SERVE,
    /** Print the version ({@code --version}), whatever else is asked. */
    TELL_VERSION,
    /** Check the settings and print them ({@code --config-test}). */
    TEST_SETTINGS;

    /** What these flags ask for; a switch with a value that is neither true nor false is told when settings are read. */
    public static Purpose of(List<String> flags) {
        Map<Option, Given> given = CommandLine.read(flags, new Findings());
        if (isOn(VERSION, given)) {
            return TELL_VERSION;
        }
        return isOn(CONFIG_TEST, given) ? TEST_SETTINGS : SERVE;
    }

    private static boolean isOn(Option option, Map<Option, Given> given) {
        return Optional.ofNullable(given.get(option))
                .flatMap(value -> Values.truth(value.text()))
                .orElse(false);
    }
}
