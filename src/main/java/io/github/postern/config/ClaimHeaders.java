package io.github.postern.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code claim-header}: headers, each with the claim it carries. */
final class ClaimHeaders {
    /** With a header for each, an answer still fits into what proxies take. */
    private static final int MOST = 32;

    private static final int LONGEST_CLAIM = 200;
    private static final Set<String> TOKENS = Set.of("access_token", "id_token", "refresh_token");

    private final Findings findings;
    private final Map<String, String> claims = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();

    private ClaimHeaders(Findings findings) {
        this.findings = findings;
    }

    /** @param entries {@code X-Header=claim} each */
    static Map<String, String> read(List<String> entries, Findings findings) {
        var headers = new ClaimHeaders(findings);
        entries.forEach(headers::add);
        if (entries.size() > MOST) {
            headers.mistake("has " + entries.size() + " entries, at most " + MOST + " fit into an answer; remove some");
        }
        return headers.claims;
    }

    /** What is wrong with a claim's name, as words that follow it, and the cure; empty when nothing is. */
    static Optional<String> fault(String claim) {
        if (TOKENS.contains(claim)) {
            return Optional.of("is no claim but a token; pass-access-token and set-authorization-header send tokens");
        }
        return claim.isBlank() || claim.length() > LONGEST_CLAIM
                ? Optional.of("is no claim; write its name or dotted path, such as department or address.country")
                : Optional.empty();
    }

    private void add(String entry) {
        int sign = entry.indexOf('=');
        if (sign < 0) {
            mistake(Quoted.of(entry) + " names no claim; write X-Header=claim");
            return;
        }
        String name = entry.substring(0, sign).strip();
        String claim = entry.substring(sign + 1).strip();
        Optional<String> fault = HeaderName.fault(name)
                .map(words -> Quoted.of(name) + " " + words)
                .or(() -> fault(claim).map(words -> Quoted.of(claim) + " " + words))
                .or(() -> seen.add(HeaderName.folded(name))
                        ? Optional.empty()
                        : Optional.of(Quoted.of(name) + " is there twice; keep one"));
        fault.ifPresentOrElse(this::mistake, () -> claims.put(name, claim));
    }

    private void mistake(String sentence) {
        findings.mistake(Option.CLAIM_HEADER, sentence);
    }
}
