package io.github.postern.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@code --help} prints: every option that can be set, as a flag. {@code docs/settings.md} says more. */
public final class Help {
    private static final List<String> HEAD = List.of(
            "Usage: postern [--flag[=value]]...                starts Postern",
            "       postern --config-test [--flag[=value]]...  checks the settings and prints what they come to",
            "       postern --version | --help                 answers and ends",
            "",
            "Each flag is also a variable, OAUTH2_PROXY_ and its name in capitals (lists in the plural: OAUTH2_PROXY_EMAIL_DOMAINS),",
            "and a key of the file that --config names (email_domains). A flag goes before a variable, that before the file.");

    private Help() {}

    /** One line for each flag, below the heading of its section. */
    public static List<String> lines() {
        List<String> lines = new ArrayList<>(HEAD);
        for (Section section : Section.values()) {
            List<String> flags = flags(section);
            if (!flags.isEmpty()) {
                lines.add("");
                lines.add(section.title() + ":");
                lines.addAll(flags);
            }
        }
        return List.copyOf(lines);
    }

    private static List<String> flags(Section section) {
        return Arrays.stream(Option.values())
                .filter(option -> option.section() == section)
                .filter(option -> option.standing().effect() == Standing.Effect.WORKS)
                .map(Help::line)
                .toList();
    }

    private static String line(Option option) {
        String value =
                option.type() == ValueType.BOOL ? "" : "=" + option.type().word();
        String usual = option.defaultValue().isEmpty() ? "" : " (default " + option.defaultValue() + ")";
        return "  --" + option.flag() + value + "\n        " + plain(option.meaning()) + usual;
    }

    /** The table is written for the documentation, which marks words and links pages. */
    private static String plain(String meaning) {
        return meaning.replaceAll("\\[([^]]*)]\\([^)]*\\)", "docs/$1").replace("`", "");
    }
}
