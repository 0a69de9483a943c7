package io.github.postern.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What reached the provider, and every secret that passed through it. */
public final class Journal {
    private final List<Call> calls = new ArrayList<>();
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /**
     * One request as the provider saw it.
     *
     * @param endpoint which address
     * @param method the HTTP method
     * @param query the parameters of the address
     * @param form the parameters of the body
     * @param authorization the {@code Authorization} header, or empty
     * @param trace the {@code traceparent} header, or empty
     */
    public record Call(
            Endpoint endpoint, String method, Parameters query, Parameters form, String authorization, String trace) {}

    synchronized void note(Call call) {
        calls.add(call);
    }

    /** Short texts are no secrets: they stand anywhere by chance. */
    void noteSecret(Object secret) {
        if (secret instanceof String text && text.length() > 15) {
            secrets.add(text);
        }
    }

    /** How often an endpoint was called so far. */
    public synchronized long count(Endpoint endpoint) {
        return calls.stream().filter(call -> call.endpoint() == endpoint).count();
    }

    /** Every call so far, in order. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The last call of an endpoint. */
    public synchronized Call last(Endpoint endpoint) {
        return calls.stream()
                .filter(call -> call.endpoint() == endpoint)
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("nobody called " + endpoint));
    }

    /** Codes, tokens and verifiers that were ever issued or received: none may be seen anywhere else. */
    public Set<String> secrets() {
        return Set.copyOf(secrets);
    }
}
