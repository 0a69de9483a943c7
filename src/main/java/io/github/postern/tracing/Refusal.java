package io.github.postern.tracing;

import static java.util.Comparator.reverseOrder;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is said to the operator whose variables are wrong: one sentence, in the words they used, that shows no key. */
final class Refusal {
    private static final Pattern PROPERTY = Pattern.compile("otel(\\.[a-z]+)+");

    private Refusal() {}

    /**
     * @param refusal what OpenTelemetry threw
     * @param worksWithout whether it takes the others without this one
     */
    static IllegalArgumentException of(Variables variables, RuntimeException refusal, Predicate<String> worksWithout) {
        String said = said(refusal);
        Optional<String> wrong =
                // the argument of a sampler before the sampler
                variables.given().keySet().stream()
                        .sorted(reverseOrder())
                        .filter(worksWithout)
                        .findFirst();
        return new IllegalArgumentException(wrong.map(name -> name + ": OpenTelemetry does not take it"
                        + (mayHoldKey(name) ? "" : " (" + said + ")") + "; correct it, or leave it out")
                .orElseGet(() -> several(variables, said)));
    }

    private static boolean mayHoldKey(String name) {
        return Stream.of("ENDPOINT", "HEADERS", "KEY").anyMatch(name::endsWith);
    }

    /** Whose value was quoted then is not known, so that none is shown. */
    private static String several(Variables variables, String said) {
        Optional<String> first = variables.given().keySet().stream()
                .filter(said::contains)
                .sorted(reverseOrder())
                .findFirst();
        return "OTEL_ variables: OpenTelemetry does not take several of them"
                + first.map(name -> ", " + name + " for one").orElse("")
                + "; correct them, or set OTEL_SDK_DISABLED=true for no traces";
    }

    /** It says so of whatever it does not expect itself. */
    private static boolean isEmpty(RuntimeException refusal) {
        return "Unexpected configuration error".equals(refusal.getMessage());
    }

    private static String said(RuntimeException refusal) {
        Throwable teller = Optional.ofNullable(refusal.getCause())
                .filter(cause -> isEmpty(refusal))
                .orElse(refusal);
        String said = Optional.ofNullable(teller.getMessage()).orElseGet(teller::toString);
        return PROPERTY.matcher(said.lines().findFirst().orElse(""))
                .replaceAll(found -> found.group().toUpperCase(Locale.ROOT).replace('.', '_'));
    }
}
