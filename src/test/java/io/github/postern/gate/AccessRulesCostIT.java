package io.github.postern.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.Alone;
import io.github.postern.config.AdmissionSettings;
import io.github.postern.config.RuleBook;
import io.github.postern.config.RuleBooks;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.forwarded.SkipRules;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand rules cost a check no more than two microseconds over none: looking at each would cost ten at least. */
@Alone("a busy machine would fail its bounds of time")
final class AccessRulesCostIT {
    private static final int RULES = 1000;
    private static final int MOST_ROUNDS = 200;
    private static final int CHECKS = 5_000;
    private static final long MOST_NANOS = 2_000;

    /** Ways to write a thousand rules, and the request that the last but one is about. */
    enum Rules {
        A_HOST_EACH(i -> "host = \"app" + i + ".akko.local\"", "https://app998.akko.local/x/y?z=1"),
        A_DOMAIN_EACH(i -> "host = \".app" + i + ".akko.local\"", "https://a.b.app998.akko.local/x/y"),
        ONE_HOST(i -> "host = \"a.akko.local\"\npath = \"/team" + i + "/*\"", "https://a.akko.local/team998/x"),
        ONE_HOST_EXPRESSIONS(
                i -> "host = \"a.akko.local\"\npath = \"^/team" + i + "/[a-z]+$\"", "https://a.akko.local/team998/abc"),
        NO_HOST(i -> "path = [\"/team" + i + "/*\", \"/t/" + i + "\"]", "https://a.akko.local/team998/x"),
        NO_HOST_EXPRESSIONS(i -> "path = \"^/team" + i + "(/.*)?$\"", "https://a.akko.local/team998/x"),
        METHODS(
                i -> "host = \"a.akko.local\"\nmethod = \"PUT\"\npath = \"/team" + i + "/*\"",
                "https://a.akko.local/team998/x"),
        NONE_MATCHES(i -> "host = \"a.akko.local\"\npath = \"/team" + i + "/*\"", "https://a.akko.local/elsewhere");

        private final IntFunction<String> scope;
        private final String url;

        Rules(IntFunction<String> scope, String url) {
            this.scope = scope;
            this.url = url;
        }

        RuleBook book() {
            return RuleBooks.of(IntStream.range(0, RULES)
                    .mapToObj(i -> "[[rule]]\n" + scope.apply(i) + "\nany = { groups = [\"g" + i + "\", \"/data\"] }\n")
                    .collect(Collectors.joining()));
        }
    }

    @ParameterizedTest
    @EnumSource(Rules.class)
    void aThousandCostNoMoreThanTwoMicroseconds(Rules rules) {
        var asked = AskedFor.certain("GET " + rules.url);
        var with = decisions(fixed(rules.book()));
        var without = decisions(AccessRules.none());
        long[] least = {Long.MAX_VALUE, Long.MAX_VALUE};
        // the compiler needs its time, and on a busy machine more of it
        for (int round = 0; round < MOST_ROUNDS && (round < 10 || least[1] - least[0] > MOST_NANOS / 2); round++) {
            least[0] = Math.min(least[0], nanos(without, asked));
            least[1] = Math.min(least[1], nanos(with, asked));
        }
        System.out.printf("%s: %d ns a check with %d rules, %d ns with none%n", rules, least[1], RULES, least[0]);
        assertThat(least[1] - least[0]).isLessThan(MOST_NANOS);
    }

    private static long nanos(Decisions decisions, ForwardedRequest asked) {
        var threads = ManagementFactory.getThreadMXBean(); // the CPU's time: others use this machine too
        var caller = AskedFor.in("/data", "x", "y");
        long begun = threads.getCurrentThreadCpuTime();
        int passed = 0;
        for (int check = 0; check < CHECKS; check++) {
            passed += decisions.of(caller, true, () -> asked, "") instanceof Verdict.Pass ? 1 : 0;
        }
        assertThat(passed).isEqualTo(CHECKS);
        return (threads.getCurrentThreadCpuTime() - begun) / CHECKS;
    }

    private static AccessRules fixed(RuleBook book) {
        return new AccessRules(() -> book);
    }

    private static Decisions decisions(AccessRules rules) {
        var settings = new AdmissionSettings(List.of("*"), List.of(), List.of(), false, List.of());
        return new Decisions(rules, new AdmissionRules(settings), new SkipRules(settings), () -> AskedFor.NOW);
    }
}
