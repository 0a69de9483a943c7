package io.github.postern.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.postern.config.AdmissionSettings;
import io.github.postern.config.RuleBooks;
import io.github.postern.forwarded.ForwardedRequest;
import io.github.postern.forwarded.SkipRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A million checks of random rules against an oracle that is slow and obviously right: what is not known may be anything, so a
 * request may pass only if it passes in every world that agrees with what is known; in each, the first rule that matches decides.
 */
final class AccessRulesPropertyIT {
    private static final long SEED = Long.getLong("postern.seed", 20261127L);
    private static final int BOOKS = 100;
    private static final int CHECKS_OF_EACH = 10_000;
    private static final List<String> HOSTS = List.of("a.x", "b.x", "c.a.x", "x", "ax", "z.y");
    private static final List<String> HOST_PATTERNS = List.of("a.x", "b.x", ".x", "*.a.x", ".a.x", "x");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT");
    private static final List<String> PATHS =
            List.of("/", "/a", "/a/", "/a/b", "/ab", "/a/b/c", "/b", "/b/a", "/A", "/a1", "/a/1", "/open", "/a/b2/c");
    private static final List<String> PATH_PATTERNS = List.of(
            "/",
            "/a",
            "/a/*",
            "/a/b",
            "/a/b/*",
            "/*",
            "/b/*",
            "^/a",
            "^/a$",
            "^/a(/|$)",
            "^/a/[0-9]+$",
            "^/(a|b)",
            "^/a.*$",
            "^/a/b|^/b",
            "^.*b$",
            "^/a?b",
            "^(?i)/a$");
    private static final List<String> GROUPS = List.of("g0", "g1", "g2");
    private static final AdmissionSettings OPTIONS = new AdmissionSettings(
            List.of("*"),
            List.of("g0"),
            List.of(new AdmissionSettings.SkipRoute(
                    Optional.empty(), false, com.google.re2j.Pattern.compile("^/open$"))),
            false,
            List.of());

    /** A rule as the oracle sees it. */
    private record Plain(
            List<String> hosts, List<String> paths, List<String> methods, String who, List<String> groups) {
        boolean matches(World world) {
            return any(hosts, pattern -> covers(pattern, world.host()))
                    && any(methods, world.method()::equals)
                    && any(paths, pattern -> finds(pattern, world.path()));
        }

        private static boolean any(List<String> values, java.util.function.Predicate<String> test) {
            for (String value : values) {
                if (test.test(value)) {
                    return true;
                }
            }
            return values.isEmpty();
        }

        private static boolean covers(String pattern, String host) {
            String domain = pattern.replace("*.", ".");
            return domain.startsWith(".") ? ("." + host).endsWith(domain) : host.equals(domain);
        }

        private static boolean finds(String pattern, String path) {
            if (pattern.startsWith("^")) {
                return REGEXES.get(pattern).matcher(path).find();
            }
            return pattern.endsWith("/*")
                    ? (path + "/").startsWith(pattern.substring(0, pattern.length() - 1))
                    : path.equals(pattern);
        }

        boolean passes(Optional<Caller> caller) {
            return switch (who) {
                case "public" -> true;
                case "nobody" -> false;
                case "signed_in" -> caller.isPresent();
                case "any" ->
                    caller.isPresent() && groups.stream().anyMatch(caller.get().groups()::contains);
                default -> caller.isPresent() && caller.get().groups().containsAll(groups);
            };
        }

        String toml() {
            return "[[rule]]\n" + list("host", hosts) + list("path", paths) + list("method", methods)
                    + (groups.isEmpty() ? who + " = true\n" : who + " = { groups = " + texts(groups) + " }\n");
        }

        private static String list(String key, List<String> values) {
            return values.isEmpty() ? "" : key + " = " + texts(values) + "\n";
        }

        private static String texts(List<String> values) {
            return "["
                    + String.join(
                            ", ",
                            values.stream().map(value -> "'" + value + "'").toList()) + "]";
        }
    }

    /** One way it may really have been. */
    private record World(String host, String method, String path) {}

    private static final Map<String, Pattern> REGEXES = PATH_PATTERNS.stream()
            .filter(pattern -> pattern.startsWith("^"))
            .collect(java.util.stream.Collectors.toMap(pattern -> pattern, Pattern::compile));

    private final Random random = new Random(SEED);

    @Test
    void aMillionChecksNeverPassWhatTheyShouldNot() {
        System.out.println("seed " + SEED);
        int passed = 0;
        int denied = 0;
        for (int book = 0; book < BOOKS; book++) {
            var rules = rules();
            var compiled =
                    RuleBooks.of(String.join("", rules.stream().map(Plain::toml).toList()));
            var decisions = new Decisions(
                    new AccessRules(() -> compiled),
                    new AdmissionRules(OPTIONS),
                    new SkipRules(OPTIONS),
                    () -> AskedFor.NOW);
            for (int check = 0; check < CHECKS_OF_EACH; check++) {
                boolean pass = check(rules, decisions);
                passed += pass ? 1 : 0;
                denied += pass ? 0 : 1;
            }
        }
        // a test in which everything is denied, or everything passes, would show nothing
        assertThat(passed).isGreaterThan(100_000);
        assertThat(denied).isGreaterThan(100_000);
    }

    private boolean check(List<Plain> rules, Decisions decisions) {
        ForwardedRequest asked = request();
        Optional<Caller> caller = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(AskedFor.in(groups()));
        boolean admitted = caller.filter(one -> one.groups().contains("g0")).isPresent();
        Verdict verdict = caller.map(one -> decisions.of(one, admitted, () -> asked, ""))
                .orElseGet(() -> decisions.ofNobody(asked, ""));
        boolean passes = verdict instanceof Verdict.Pass;
        boolean certain = asked.certain()
                && asked.host().isPresent()
                && asked.method().isPresent()
                && asked.routePaths().size() == 1;
        boolean may = mayPass(rules, asked, caller, admitted);
        if (passes != may && (passes || certain)) {
            throw new AssertionError("seed " + SEED + ": " + verdict + " but " + may + " for " + asked + " by "
                    + caller.map(Caller::groups) + " under\n" + rules);
        }
        return passes;
    }

    private static boolean mayPass(
            List<Plain> rules, ForwardedRequest asked, Optional<Caller> caller, boolean admitted) {
        boolean byOptions = admitted || new SkipRules(OPTIONS).grants(asked);
        for (World world : worlds(asked)) {
            boolean passes = byOptions;
            for (Plain rule : rules) {
                if (rule.matches(world)) {
                    passes = rule.passes(caller);
                    break;
                }
            }
            if (!passes) {
                return false;
            }
        }
        return true;
    }

    private static List<World> worlds(ForwardedRequest asked) {
        List<String> hosts = asked.certain() && asked.host().isPresent()
                ? List.of(asked.host().get().replaceFirst(":.*", "").replaceFirst("\\.$", ""))
                : HOSTS;
        List<String> methods = asked.certain() && asked.method().isPresent()
                ? List.of(asked.method().get())
                : METHODS;
        List<String> paths = asked.routePaths().isEmpty() ? PATHS : asked.routePaths();
        List<World> worlds = new ArrayList<>();
        hosts.forEach(host ->
                methods.forEach(method -> paths.forEach(path -> worlds.add(new World(host, method, path)))));
        return worlds;
    }

    private ForwardedRequest request() {
        String host = random.nextInt(100) == 0 ? "" : one(HOSTS) + one(List.of("", "", "", ":8443", "."));
        String method = random.nextInt(100) == 0 ? "" : one(METHODS);
        return AskedFor.told(method, host, mangled(one(PATHS)), random.nextInt(300) != 0);
    }

    private String mangled(String path) {
        return switch (random.nextInt(24)) {
            case 0 -> path.replace("/a", "/%61");
            case 1 -> path.replace("/", "//");
            case 2 -> path + ";p=1";
            case 3 -> path.replace("/b", ";x/b");
            case 4 -> "/x/.." + path;
            case 5 -> path + "%2fb";
            case 6 -> path + "?q=/a/b";
            default -> path;
        };
    }

    private List<Plain> rules() {
        List<Plain> rules = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String who = one(List.of("public", "nobody", "signed_in", "any", "all", "any"));
            boolean members = who.equals("any") || who.equals("all");
            List<String> hosts = some(HOST_PATTERNS);
            List<String> paths = some(PATH_PATTERNS);
            // a public rule must say of what
            boolean vague = who.equals("public") && hosts.isEmpty() && paths.isEmpty();
            rules.add(new Plain(
                    hosts,
                    vague ? List.of("/*") : paths,
                    some(METHODS),
                    who,
                    members ? atLeastOne(GROUPS) : List.of()));
        }
        return rules;
    }

    private String[] groups() {
        return GROUPS.stream().filter(group -> random.nextBoolean()).toArray(String[]::new);
    }

    private List<String> some(List<String> all) {
        return random.nextInt(3) == 0 ? List.of() : atLeastOne(all);
    }

    private List<String> atLeastOne(List<String> all) {
        return random.nextInt(3) == 0 ? List.of(one(all), one(all)) : List.of(one(all));
    }

    private String one(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
