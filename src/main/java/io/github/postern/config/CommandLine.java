package io.github.postern.config;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads {@code --name=value}, {@code --name value}, {@code --switch} and repeated flags. */
final class CommandLine {
    private static final Map<String, Option> BY_FLAG =
            Arrays.stream(Option.values()).collect(toMap(Option::flag, Function.identity()));
    // one field of a comma-separated line; a field in double quotes may hold commas
    private static final Pattern FIELD = Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"(?=,|$)|([^,]*))");

    private final List<String> arguments;
    private final Findings findings;
    private final Map<Option, List<String>> texts = new EnumMap<>(Option.class);

    private CommandLine(List<String> arguments, Findings findings) {
        this.arguments = arguments;
        this.findings = findings;
    }

    /** What the flags set; whatever is no flag of ours is a mistake. */
    static Map<Option, Given> read(List<String> arguments, Findings findings) {
        var line = new CommandLine(arguments, findings);
        int next = 0;
        while (next < arguments.size()) {
            next = line.readAt(next);
        }
        Map<Option, Given> given = new EnumMap<>(Option.class);
        line.texts.forEach((option, values) -> given.put(option, given(option, values)));
        return given;
    }

    /** Reads one flag and returns the index of the next. */
    private int readAt(int index) {
        String argument = arguments.get(index);
        if (argument.isEmpty()) {
            // a variable that was empty where the command was put together
            return index + 1;
        }
        if (!argument.startsWith("--") || argument.length() == 2) {
            noFlag(index);
            return index + 1;
        }
        int equals = argument.indexOf('=');
        String name = argument.substring(2, equals < 0 ? argument.length() : equals);
        Option option = BY_FLAG.get(name);
        if (option == null) {
            unknown(name);
            return equals < 0 && hasValueAt(index + 1) ? index + 2 : index + 1;
        }
        if (equals >= 0) {
            add(option, argument.substring(equals + 1));
            return index + 1;
        }
        return readSeparate(option, index);
    }

    private int readSeparate(Option option, int index) {
        if (option.type() == ValueType.BOOL) {
            return readSwitch(option, index);
        }
        if (index + 1 == arguments.size()) {
            findings.mistake(option, "needs a value; write --" + option.flag() + "=VALUE");
        } else {
            add(option, arguments.get(index + 1));
        }
        return index + 2;
    }

    /** Oauth2-proxy drops a word after a switch, so {@code --switch true} means what it says and {@code --switch false} does not. */
    private int readSwitch(Option option, int index) {
        Optional<Boolean> word =
                index + 1 < arguments.size() ? Values.truth(arguments.get(index + 1)) : Optional.empty();
        if (word.isPresent() && !word.get()) {
            findings.mistake(
                    option,
                    "takes its value after =, and oauth2-proxy took this for true; write --" + option.flag()
                            + "=false");
            return index + 2;
        }
        add(option, "true");
        return word.isPresent() ? index + 2 : index + 1;
    }

    private void noFlag(int index) {
        String argument = arguments.get(index);
        String name = argument.replaceFirst("^-", "").replaceFirst("=.*", "");
        // otherwise not shown: it may be a secret that lost its flag
        String cure = argument.startsWith("-") && BY_FLAG.containsKey(name)
                ? "did you mean --" + name + "?"
                : "flags are written --name=value";
        findings.mistake("argument " + (index + 1) + ": is no flag; " + cure);
    }

    private boolean hasValueAt(int index) {
        return index < arguments.size() && !arguments.get(index).startsWith("--");
    }

    private void unknown(String name) {
        String cure = NearestName.of(name, BY_FLAG.keySet())
                .map(known -> "did you mean --" + known + "?")
                .orElse("see docs/settings.md");
        findings.mistake("--" + Quoted.plain(name) + ": is no flag of Postern; " + cure);
    }

    private void add(Option option, String text) {
        texts.computeIfAbsent(option, unused -> new ArrayList<>()).add(text);
    }

    private static Given given(Option option, List<String> values) {
        if (option.type() != ValueType.LIST) {
            return Given.of(option, values.get(values.size() - 1));
        }
        return Given.trimmed(
                values.stream().flatMap(value -> fields(value).stream()).toList());
    }

    private static List<String> fields(String line) {
        if (line.isBlank()) {
            return List.of();
        }
        return FIELD.matcher(line)
                .results()
                .map(field ->
                        field.group(1) == null ? field.group(2) : field.group(1).replace("\"\"", "\""))
                .toList();
    }
}
