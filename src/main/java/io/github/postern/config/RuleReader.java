package io.github.postern.config;

import io.github.postern.config.AccessRule.Scope;
import io.github.postern.config.AccessRule.Who;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tomlj.TomlTable;

/** Reads one {@code [[rule]]}. */
final class RuleReader {
    private static final Set<String> KEYS = Set.of(
            "name",
            "host",
            "path",
            "method",
            "public",
            "nobody",
            "signed_in",
            "any",
            "all",
            "acr",
            "max_age",
            "user_id",
            "headers");
    private static final Set<String> USER_IDS = Set.of("sub", "preferred_username", "email");
    private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,20}");
    private static final Pattern ACR = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}");
    private static final int LONGEST_NAME = 80;

    /** A shorter one would be over before the page has its pictures. */
    private static final Duration SHORTEST_AGE = Duration.ofMinutes(1);

    private final RuleTable table;
    private final String name;

    /** @param number its place in the file, from 1 */
    RuleReader(TomlTable table, int number, int line, Findings findings) {
        String unnamed = "rule " + number;
        this.name = table.get("name") instanceof String given ? given : unnamed;
        String label = name.equals(unnamed) ? unnamed : unnamed + " " + Quoted.of(name);
        this.table = new RuleTable(table, line, label, findings);
    }

    /** @param roles whether the provider has roles */
    AccessRule read(boolean roles) {
        table.allow(KEYS);
        table.text("name")
                .filter(given -> given.length() > LONGEST_NAME)
                .ifPresent(
                        given -> table.mistake("name", "is longer than " + LONGEST_NAME + " characters; shorten it"));
        Who who = new WhoReader(table, roles).read();
        Level level = level();
        if (!level.isAny() && who.kind() != AccessRule.Kind.MEMBERS && who.kind() != AccessRule.Kind.SIGNED_IN) {
            table.mistake("has acr or max_age, but nobody signs in for it; remove them, or say who may pass");
        }
        Scope scope = scope();
        if (who.kind() == AccessRule.Kind.PUBLIC
                && scope.hosts().isEmpty()
                && scope.paths().isEmpty()) {
            // as half a file would, too, that somebody is just writing
            table.mistake(
                    "opens every host and path to everybody; name a host or a path, such as path = \"/public/*\"");
        }
        return new AccessRule(name, scope, who, level, headers());
    }

    private Scope scope() {
        List<PathPattern> paths = new ArrayList<>();
        for (String path : table.texts("path")) {
            PathPatterns.read(path, wrong -> table.mistake("path", Quoted.of(path) + " " + wrong))
                    .ifPresent(paths::add);
        }
        return new Scope(hosts(), paths, methods());
    }

    private List<String> hosts() {
        List<String> hosts = new ArrayList<>();
        for (String written : table.texts("host")) {
            String host =
                    written.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "").replaceFirst("^\\*\\.", ".");
            boolean valid = host.startsWith(".") ? HostName.isDomain(host.substring(1)) : isHost(host);
            if (!valid) {
                table.mistake(
                        "host",
                        Quoted.of(written) + " is neither a host such as app.akko.local nor a domain such as"
                                + " .akko.local; ports do not count, and every host is meant where host is left out");
            }
            hosts.add(host);
        }
        return hosts;
    }

    private static boolean isHost(String host) {
        return HostName.isHost(host.replace('_', '-')) || host.matches("\\[[0-9a-f:.]+]");
    }

    private List<String> methods() {
        List<String> methods = table.texts("method");
        methods.stream()
                .filter(method -> !METHOD.matcher(method).matches())
                .forEach(method -> table.mistake("method", Quoted.of(method) + " is no method such as GET"));
        return methods.stream().map(method -> method.toUpperCase(Locale.ROOT)).toList();
    }

    private Level level() {
        List<String> acr = table.texts("acr");
        acr.stream()
                .filter(value -> !ACR.matcher(value).matches())
                .forEach(value ->
                        table.mistake("acr", Quoted.of(value) + " is no level: letters, digits, signs, no blanks"));
        return new Level(acr, table.text("max_age").flatMap(this::maxAge));
    }

    private Optional<Duration> maxAge(String text) {
        Optional<Duration> age = GoDuration.parse(text)
                .filter(length -> length.compareTo(SHORTEST_AGE) >= 0 && length.toSeconds() <= Integer.MAX_VALUE)
                .map(length -> Duration.ofSeconds(length.toSeconds()));
        if (age.isEmpty()) {
            table.mistake("max_age", Quoted.of(text) + " is no duration of a minute or more, such as 15m or 8h");
        }
        return age;
    }

    private AppHeaders headers() {
        String userId = table.text("user_id").orElse("");
        if (!userId.isEmpty() && !USER_IDS.contains(userId)) {
            table.mistake("user_id", Quoted.of(userId) + " is none of sub, preferred_username and email");
        }
        return new AppHeaders(
                userId, table.table("headers").map(RuleReader::claims).orElse(Map.of()));
    }

    private static Map<String, String> claims(RuleTable headers) {
        Map<String, String> claims = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (String header : headers.keys()) {
            Optional<String> claim = headers.text(header);
            HeaderName.fault(header).ifPresent(wrong -> headers.mistake(header, wrong));
            claim.flatMap(ClaimHeaders::fault)
                    .ifPresent(wrong -> headers.mistake(header, Quoted.of(claim.orElse("")) + " " + wrong));
            if (seen.add(HeaderName.folded(header))) {
                claim.ifPresent(name -> claims.put(header, name));
            } else {
                headers.mistake(header, "is there twice: case, - and _ do not count; keep one");
            }
        }
        return claims;
    }
}
