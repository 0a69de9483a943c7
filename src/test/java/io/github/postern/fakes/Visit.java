package io.github.postern.fakes;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The way of a browser through redirects.
 *
 * @param hops first to last; the last is not a redirect, unless following was stopped there
 */
public record Visit(List<Hop> hops) {
    /** One address and its answer. */
    public record Hop(Url url, Reply reply) {}

    public Visit {
        hops = List.copyOf(hops);
    }

    public Hop last() {
        return hops.get(hops.size() - 1);
    }

    /** Where the browser is now. */
    public String address() {
        return last().url().toString();
    }

    /** What it shows. */
    public Reply page() {
        return last().reply();
    }

    /** The first hop whose path ends so. */
    public Hop at(String pathEnd) {
        return hops.stream()
                .filter(hop -> hop.url().path().endsWith(pathEnd))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + pathEnd + " in " + this));
    }

    /** How many hops went to a path that ends so. */
    public long count(String pathEnd) {
        return hops.stream().filter(hop -> hop.url().path().endsWith(pathEnd)).count();
    }

    /** The address the last redirect points to. */
    public String target() {
        return last().url().resolve(page().location()).toString();
    }

    @Override
    public String toString() {
        return hops.stream().map(hop -> hop.reply().status() + " " + hop.url()).collect(Collectors.joining("\n"));
    }
}
