package io.github.postern.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody as an operator describes them on a command line. */
final class Described {
    private final String email;
    private final List<String> groups = new ArrayList<>();
    private final Map<String, List<String>> claims = new LinkedHashMap<>();
    private String unknown = "";

    private Described(String email) {
        this.email = email;
    }

    /**
     * A description.
     *
     * @param email an address, or {@code -} for somebody who is not signed in
     * @param facts {@code group=NAME}, {@code role=NAME}, {@code claim.NAME=VALUE}, {@code acr=LEVEL}, {@code age=SECONDS}; names
     *     may begin with two dashes, and {@code --groups a,b} names several
     */
    static Described of(String email, List<String> facts) {
        var person = new Described(email);
        for (int at = 0; at < facts.size(); at++) {
            String fact = facts.get(at).replaceFirst("^--", "");
            boolean apart = fact.indexOf('=') < 0 && at + 1 < facts.size();
            person.take(apart ? fact + "=" + facts.get(++at) : fact);
        }
        return person;
    }

    private void take(String fact) {
        String name = fact.replaceFirst("=.*", "");
        String value = fact.substring(Math.min(fact.length(), name.length() + 1));
        List<String> several =
                Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        switch (name) {
            case "group" -> groups.add(value);
            case "groups" -> groups.addAll(several);
            case "role" -> groups.add("role:" + value);
            case "roles" -> several.forEach(role -> groups.add("role:" + role));
            case "acr" -> claim("acr", value);
            case "age" -> claim("auth_time", authTime(value, fact));
            default -> {
                if (name.startsWith("claim.") && !value.isEmpty()) {
                    claim(name.substring("claim.".length()), value);
                } else {
                    unknown = fact;
                }
            }
        }
    }

    private String authTime(String seconds, String fact) {
        if (!seconds.matches("\\d{1,9}")) {
            unknown = fact;
            return "";
        }
        return String.valueOf(Instant.now().getEpochSecond() - Long.parseLong(seconds));
    }

    private void claim(String name, String value) {
        claims.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    /** What was not understood; empty when all was. */
    String unknown() {
        return unknown;
    }

    boolean knowsGroups() {
        return !groups.isEmpty();
    }

    /** Empty for somebody who is not signed in. */
    Optional<Caller> caller() {
        if (email.equals("-")) {
            return Optional.empty();
        }
        String subject = claims.getOrDefault("sub", List.of(email)).get(0);
        String name = claims.getOrDefault("preferred_username", List.of("")).get(0);
        return Optional.of(
                new Caller(subject, email, name, groups, Instant.now(), Instant.MAX, Map.copyOf(claims), Tokens.NONE));
    }

    @Override
    public String toString() {
        String who = email.equals("-") ? "Somebody who is not signed in" : email;
        return groups.isEmpty() ? who : who + " of " + String.join(", ", groups);
    }
}
