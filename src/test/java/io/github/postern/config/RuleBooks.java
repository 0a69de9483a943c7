package io.github.postern.config;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rules as an operator writes them, for tests of other packages. */
public final class RuleBooks {
    private RuleBooks() {}

    /** The rules of a file that has no mistake. */
    public static RuleBook of(String toml) {
        var findings = new Findings();
        var book = AccessRulesReader.parse(toml.getBytes(StandardCharsets.UTF_8), true, findings);
        if (!findings.mistakes().isEmpty()) {
            throw new AssertionError(findings.mistakes() + " in\n" + toml);
        }
        return book;
    }

    /** What is wrong with a file. */
    static List<String> mistakes(String toml) {
        var findings = new Findings();
        AccessRulesReader.parse(toml.getBytes(StandardCharsets.UTF_8), true, findings);
        return findings.mistakes();
    }

    /** The smallest settings with this rules file. */
    public static Settings settings(String file, String... flags) {
        var all = new java.util.ArrayList<>(List.of(flags));
        all.add("--access-rules-file=" + file);
        return Samples.read(all.toArray(new String[0]));
    }
}
