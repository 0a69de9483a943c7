package io.github.postern.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a {@link PasswordFile}: {@code name:hash} a line; {@code #} begins a comment. Tells lines by number, never what is in them. */
final class PasswordFileReader {
    private static final int MOST_TOLD = 5;
    private final Map<String, PasswordHash> users = new LinkedHashMap<>();
    private final List<Integer> broken = new ArrayList<>();
    private final List<Integer> twice = new ArrayList<>();

    private PasswordFileReader() {}

    /** The people; what it returns besides mistakes does not count. */
    static PasswordFile read(byte[] bytes, Findings findings) {
        var reader = new PasswordFileReader();
        TextFile.decode(bytes, findings).ifPresent(text -> reader.read(text, findings));
        return new PasswordFile(reader.users);
    }

    private void read(String text, Findings findings) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                line(line, i + 1);
            }
        }
        if (!broken.isEmpty()) {
            findings.mistake(numbers(broken)
                    + " not name:hash with bcrypt (cost 4 to 16) or {SHA}; write it anew with htpasswd -B");
        } else if (users.isEmpty()) {
            findings.mistake("the file names nobody; add a user with htpasswd -B, or remove the setting");
        }
        tellWeak(findings);
    }

    private void line(String line, int number) {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(0, colon)).strip();
        Optional<PasswordHash> hash = PasswordHash.of(line.substring(colon + 1).strip());
        if (hash.isEmpty() || !isName(name)) {
            broken.add(number);
        } else if (users.put(name, hash.get()) != null) {
            twice.add(number);
        }
    }

    /** It becomes a header for apps. To oauth2-proxy, which reads CSV, quotation marks are no part of it. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= PasswordFile.LONGEST_NAME
                && name.chars().noneMatch(c -> c == '"' || Character.isISOControl(c));
    }

    private void tellWeak(Findings findings) {
        long sha = users.values().stream().filter(hash -> !hash.bcrypt()).count();
        if (sha > 0) {
            findings.weak("htpasswd-file: " + sha + " of its passwords are kept as {SHA}, which a thief of the file"
                    + " guesses quickly; write them anew with htpasswd -B.");
        }
        if (!twice.isEmpty()) {
            findings.weak("htpasswd-file: " + numbers(twice)
                    + " about a name that stands above already; the last one counts.");
        }
    }

    private static String numbers(List<Integer> lines) {
        String told = lines.stream().limit(MOST_TOLD).map(String::valueOf).collect(Collectors.joining(", "));
        String more = lines.size() > MOST_TOLD ? " and " + (lines.size() - MOST_TOLD) + " more" : "";
        return lines.size() == 1 ? "line " + told + " is" : "lines " + told + more + " are";
    }
}
