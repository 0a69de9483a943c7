package io.github.postern.gate;

import io.github.postern.forwarded.ForwardedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests and callers for tests of rules. */
final class AskedFor {
    static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private AskedFor() {}

    /** {@code METHOD URL}, told for certain. */
    static ForwardedRequest certain(String request) {
        String[] parts = request.split(" ", 2);
        return ForwardedRequest.told(parts[0], parts[1]).orElseThrow();
    }

    /** What a proxy told; empty texts are untold. */
    static ForwardedRequest told(String method, String host, String uri, boolean certain) {
        return new ForwardedRequest(
                Optional.of(method).filter(text -> !text.isEmpty()),
                "https",
                false,
                Optional.of(host).filter(text -> !text.isEmpty()),
                uri,
                "127.0.0.1",
                Optional.empty(),
                certain,
                true,
                false,
                "/");
    }

    static Caller caller(List<String> groups, String email, Map<String, List<String>> claims) {
        return new Caller("sub-1", email, "alice", groups, NOW, Instant.MAX, claims, Tokens.NONE);
    }

    static Caller in(String... groups) {
        return caller(List.of(groups), "alice@akko.local", Map.of());
    }
}
