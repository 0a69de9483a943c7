package io.github.postern.tracing;

import static java.util.Comparator.reverseOrder;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What is said to the operator whose variables are wrong: one sentence, in the words they used, that shows no key. */
final class Refusal {
    private static final Pattern PROPERTY = Pattern.compile("otel(\\.[a-z]+)+");

    private Refusal() {}

    /**
     * @param refusal what OpenTelemetry threw
     * @param worksWithout whether it takes the others without this one
     */
    static IllegalArgumentException of(Variables variables, RuntimeException refusal, Predicate<String> worksWithout) {
        String said = said(refusal, variables);
        Optional<String> wrong =
                // the argument of a sampler before the sampler
                variables.given().keySet().stream()
                        .sorted(reverseOrder())
                        .filter(worksWithout)
                        .findFirst();
        return new IllegalArgumentException(
                wrong.map(name -> name + ": OpenTelemetry does not take it (" + said + "); correct it, or leave it out")
                        .orElseGet(() -> "OTEL_ variables: OpenTelemetry does not take them (" + said
                                + "); correct them, or set OTEL_SDK_DISABLED=true for no traces"));
    }

    /** It says so of whatever it does not expect itself. */
    private static boolean isEmpty(RuntimeException refusal) {
        return "Unexpected configuration error".equals(refusal.getMessage());
    }

    private static String said(RuntimeException refusal, Variables variables) {
        Throwable teller = Optional.ofNullable(refusal.getCause())
                .filter(cause -> isEmpty(refusal))
                .orElse(refusal);
        String said = Optional.ofNullable(teller.getMessage()).orElseGet(teller::toString);
        for (Map.Entry<String, String> variable : variables.given().entrySet()) {
            if (variable.getKey().endsWith("HEADERS")) {
                said = said.replace(variable.getValue(), "***");
            }
        }
        return PROPERTY.matcher(said.lines().findFirst().orElse(""))
                .replaceAll(found -> found.group().toUpperCase(Locale.ROOT).replace('.', '_'));
    }
}
