package io.github.postern.config;

import static io.github.postern.config.Option.ACCESS_RULES_FILE;
import static io.github.postern.config.Option.PROVIDER;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads {@code access-rules-file}: a list of {@code [[rule]]} tables. */
final class AccessRulesReader {
    private static final String RULE = "rule";

    /** Names that every answer carries: they must fit into a proxy's buffer. */
    private static final int MOST_HEADERS = 32;

    private final Findings findings;
    private final boolean roles;

    private AccessRulesReader(Findings findings, boolean roles) {
        this.findings = findings;
        this.roles = roles;
    }

    /**
     * The file that the settings name, or empty where they name none or it cannot be used, which is then told.
     *
     * @param headers what every app gets besides
     */
    static Optional<SettingsFile<RuleBook>> read(Values values, HeaderSettings headers, Findings findings) {
        boolean roles = !values.text(PROVIDER).equals("oidc");
        BiFunction<byte[], Findings, RuleBook> parser = (bytes, told) -> {
            RuleBook book = parse(bytes, roles, told);
            RuleHeaders.check(book, headers, told);
            return book;
        };
        return values.textIfAny(ACCESS_RULES_FILE)
                .flatMap(name -> SettingsFile.read(ACCESS_RULES_FILE, name, parser, findings));
    }

    /**
     * The rules in a file's bytes; incomplete where something is wrong.
     *
     * @param roles whether the provider has roles
     */
    static RuleBook parse(byte[] bytes, boolean roles, Findings findings) {
        return content(bytes, findings)
                .map(content -> new AccessRulesReader(findings, roles).book(content))
                .orElse(RuleBook.EMPTY);
    }

    private static Optional<TomlParseResult> content(byte[] bytes, Findings findings) {
        try {
            var buffer = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            String text = buffer.toString();
            TomlParseResult content = Toml.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
            content.errors()
                    .forEach(
                            error -> findings.mistake("line " + error.position().line() + ": not valid TOML: "
                                    + Quoted.plain(String.valueOf(error.getMessage())) + "; mend it"));
            return content.hasErrors() ? Optional.empty() : Optional.of(content);
        } catch (CharacterCodingException e) {
            findings.mistake("the file is not UTF-8 text; save it as UTF-8");
            return Optional.empty();
        }
    }

    private RuleBook book(TomlParseResult content) {
        new RuleTable(content, 1, "the file", findings).allow(Set.of(RULE));
        Object list = content.get(RULE);
        if (!(list instanceof TomlArray tables) || !tables.toList().stream().allMatch(TomlTable.class::isInstance)) {
            findings.mistake(
                    list == null
                            ? "holds no rule; write one that begins with [[rule]], or remove the setting"
                            : "rule is not a list of tables; begin each rule with [[rule]], in two brackets");
            return RuleBook.EMPTY;
        }
        List<AccessRule> rules = new ArrayList<>();
        for (int index = 0; index < tables.size(); index++) {
            rules.add(new RuleReader(tables.getTable(index), index + 1, line(tables, index), findings).read(roles));
        }
        var book = new RuleBook(rules);
        judge(book);
        return book;
    }

    private static int line(TomlArray tables, int index) {
        return Optional.ofNullable(tables.inputPositionOf(index))
                .map(TomlPosition::line)
                .orElse(1);
    }

    private void judge(RuleBook book) {
        RuleHeaders.check(book, findings);
        if (book.headerNames().size() > MOST_HEADERS) {
            findings.mistake(
                    "the rules name " + book.headerNames().size() + " different headers, and every answer carries all;"
                            + " " + MOST_HEADERS + " at most: share names between rules");
        }
        Set<String> names = new HashSet<>();
        List<AccessRule> rules = book.rules();
        for (int index = 0; index < rules.size(); index++) {
            AccessRule rule = rules.get(index);
            if (!names.add(rule.name())) {
                findings.mistake("two rules are named " + Quoted.of(rule.name()) + "; give each a name of its own");
            }
            tell(rule, index == rules.size() - 1);
        }
    }

    private void tell(AccessRule rule, boolean isLast) {
        if (rule.scope().isEverything() && !isLast) {
            findings.note("access-rules-file: rule " + Quoted.of(rule.name())
                    + " is about every request: the rules after it are never asked.");
        }
    }
}
