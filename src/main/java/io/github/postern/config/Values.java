package io.github.postern.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The value of each option, from the strongest place that gives one, else its default. */
final class Values {
    private static final Set<String> YES = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> NO = Set.of("0", "f", "F", "false", "FALSE", "False");
    // a leading 0x or 0 changes the base, as in Go
    private static final Pattern WHOLE_NUMBER =
            Pattern.compile("\\+?(?:0[xX][0-9a-fA-F]{1,7}|0[0-7]{0,9}|[1-9]\\d{0,8})");

    // a raw key, and HTML that ends up in no header and in no line
    private static final Set<Option> MAY_HOLD_LINES = EnumSet.of(Option.COOKIE_SECRET, Option.BANNER, Option.FOOTER);

    private final Map<Origin, Map<Option, Given>> byOrigin;
    private final Findings findings;

    private Values(Map<Origin, Map<Option, Given>> byOrigin, Findings findings) {
        this.byOrigin = byOrigin;
        this.findings = findings;
    }

    /**
     * Reads all places.
     *
     * @throws InvalidSettings if the file cannot be read: what it sets is unknown, so nothing else can be judged
     */
    static Values collect(List<String> flags, Map<String, String> environment, Findings findings) {
        Map<Origin, Map<Option, Given>> byOrigin = new EnumMap<>(Origin.class);
        byOrigin.put(Origin.FLAG, CommandLine.read(flags, findings));
        byOrigin.put(Origin.ENVIRONMENT, Environment.read(environment, findings));
        Optional.ofNullable(byOrigin.get(Origin.FLAG).get(Option.CONFIG))
                .or(() -> Optional.ofNullable(byOrigin.get(Origin.ENVIRONMENT).get(Option.CONFIG)))
                .filter(file -> !file.text().isEmpty())
                .ifPresent(file -> TomlFile.read(file.text(), findings)
                        .ifPresentOrElse(values -> byOrigin.put(Origin.FILE, values), findings::throwIfMistaken));
        byOrigin.values().forEach(values -> values.forEach((option, given) -> checkLine(option, given, findings)));
        return new Values(byOrigin, findings);
    }

    /** What ends up in headers and log lines must not be able to start a new one. */
    private static void checkLine(Option option, Given given, Findings findings) {
        boolean broken = given.items().stream().anyMatch(item -> item.chars().anyMatch(Character::isISOControl));
        if (broken && !MAY_HOLD_LINES.contains(option)) {
            findings.mistake(option, "holds a control character; write the value on one line");
        }
    }

    /** The options set here, whether or not a stronger place sets them too. */
    List<Option> setIn(Origin origin) {
        return List.copyOf(byOrigin.getOrDefault(origin, Map.of()).keySet());
    }

    /** Whether this place is the strongest that sets the option. */
    boolean isFrom(Option option, Origin origin) {
        return Arrays.stream(Origin.values())
                .filter(place -> setIn(place).contains(option))
                .findFirst()
                .equals(Optional.of(origin));
    }

    /** Whether the operator gave a value. */
    boolean isSet(Option option) {
        return given(option).isPresent();
    }

    /** Whether the value is the default, given or not. */
    boolean isDefault(Option option) {
        return given(option)
                .map(given -> String.join(",", given.items()).toLowerCase(Locale.ROOT))
                .map(text -> text.isEmpty() || text.equals(option.defaultValue().toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    String text(Option option) {
        return given(option).map(Given::text).orElse(option.defaultValue());
    }

    Optional<String> textIfAny(Option option) {
        return Optional.of(text(option)).filter(text -> !text.isEmpty());
    }

    /** The pieces that are not blank; a list of nothing but blanks is a mistake, since it may have meant a restriction. */
    List<String> list(Option option) {
        List<String> items = given(option)
                .orElseGet(() -> Given.of(option, option.defaultValue()))
                .items();
        List<String> named = items.stream().filter(item -> !item.isEmpty()).toList();
        if (named.isEmpty() && !items.isEmpty()) {
            findings.mistake(option, "the list holds nothing but blanks; name an entry or remove it");
        }
        return named;
    }

    boolean isOn(Option option) {
        return parsed(option, Values::truth, "true or false");
    }

    /** What a switch's value means: only the words Go takes mean anything. */
    static Optional<Boolean> truth(String text) {
        return YES.contains(text) || NO.contains(text) ? Optional.of(YES.contains(text)) : Optional.empty();
    }

    /** Tells if the value is not of the option's type, for an option that nothing else reads. */
    void checkType(Option option) {
        switch (option.type()) {
            case BOOL -> isOn(option);
            case DURATION -> duration(option);
            case INT -> number(option);
            case STRING, LIST -> {
                // any text will do
            }
        }
    }

    int number(Option option) {
        return parsed(option, Values::wholeNumber, "a whole number of 0 or more");
    }

    Duration duration(Option option) {
        return parsed(
                option,
                text -> GoDuration.parse(text).filter(Values::isUsable),
                "a duration such as 168h, 1h30m, 15m or 0, of less than 68 years");
    }

    private Optional<Given> given(Option option) {
        return Arrays.stream(Origin.values())
                .flatMap(origin -> Optional.ofNullable(
                        byOrigin.getOrDefault(origin, Map.of()).get(option))
                        .stream())
                .findFirst();
    }

    private <T> T parsed(Option option, Function<String, Optional<T>> parser, String expected) {
        return parser.apply(text(option)).orElseGet(() -> {
            findings.mistake(option, expected + " is expected, not " + Quoted.of(text(option)));
            return parser.apply(option.defaultValue()).orElseThrow();
        });
    }

    private static Optional<Integer> wholeNumber(String text) {
        return WHOLE_NUMBER.matcher(text).matches() ? Optional.of(Integer.decode(text)) : Optional.empty();
    }

    /** Cookies count their age in seconds in 31 bits. */
    private static boolean isUsable(Duration duration) {
        return !duration.isNegative() && duration.toSeconds() <= Integer.MAX_VALUE;
    }
}
