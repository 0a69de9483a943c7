package io.github.postern.gate;

import io.github.postern.config.AccessRule;
import io.github.postern.config.RuleBook;
import io.github.postern.forwarded.ForwardedRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the rules about a request without looking at the others: by host, then by what the path begins with. Where it is not
 * certain what was asked, all are looked at; the answer is the same, see {@link RuleMatch}.
 */
final class RuleIndex {
    private final RuleBook book;
    private final List<Ruling> alone;
    private final PathIndex everyHost;
    private final Map<String, PathIndex> hosts;
    private final Map<String, PathIndex> domains;

    RuleIndex(RuleBook book) {
        this.book = book;
        this.alone = book.rules().stream().map(Ruling::of).toList();
        var everywhere = new PathIndex.Builder();
        Map<String, PathIndex.Builder> byHost = new HashMap<>();
        Map<String, PathIndex.Builder> byDomain = new HashMap<>();
        for (int number = 0; number < alone.size(); number++) {
            AccessRule.Scope scope = book.rules().get(number).scope();
            if (scope.hosts().isEmpty()) {
                everywhere.add(number, scope.paths());
            }
            for (String host : scope.hosts()) {
                var group = host.startsWith(".") ? byDomain : byHost;
                String name = host.startsWith(".") ? host.substring(1) : host;
                group.computeIfAbsent(name, any -> new PathIndex.Builder()).add(number, scope.paths());
            }
        }
        this.everyHost = everywhere.build();
        this.hosts = built(byHost);
        this.domains = built(byDomain);
    }

    private static Map<String, PathIndex> built(Map<String, PathIndex.Builder> groups) {
        Map<String, PathIndex> built = new HashMap<>();
        groups.forEach((name, group) -> built.put(name, group.build()));
        return Map.copyOf(built);
    }

    RuleBook book() {
        return book;
    }

    Ruling ruling(ForwardedRequest asked) {
        if (alone.isEmpty()) {
            return Ruling.OPTIONS;
        }
        String host = RequestHost.of(asked);
        List<String> paths = asked.routePaths();
        boolean plain = paths.size() == 1 || (paths.size() == 2 && paths.get(0).equals(paths.get(1)));
        return host.isEmpty() || !plain ? slowly(asked, host, paths) : quickly(asked, host, paths.get(0));
    }

    /** Host and path are known: what the index does not name cannot match. */
    private Ruling quickly(ForwardedRequest asked, String host, String path) {
        var search = new Search(asked, path);
        everyHost.visit(path, search);
        PathIndex exact = hosts.get(host);
        if (exact != null) {
            exact.visit(path, search);
        }
        if (!domains.isEmpty()) {
            for (int start = 0; start >= 0; start = next(host, start)) {
                PathIndex domain = domains.get(host.substring(start));
                if (domain != null) {
                    domain.visit(path, search);
                }
            }
        }
        return search.ruling();
    }

    /** Where the next part of a host's name begins; below zero after the last. */
    private static int next(String host, int start) {
        int dot = host.indexOf('.', start);
        return dot < 0 ? -1 : dot + 1;
    }

    private Ruling slowly(ForwardedRequest asked, String host, List<String> paths) {
        List<AccessRule> deciding = new ArrayList<>();
        for (AccessRule rule : book.rules()) {
            RuleMatch match = RuleMatch.of(rule.scope(), asked, host, paths);
            if (match != RuleMatch.NO) {
                deciding.add(rule);
            }
            if (match == RuleMatch.YES) {
                return new Ruling(deciding, false);
            }
        }
        return new Ruling(deciding, true);
    }

    /** Looks for the first rule that matches for certain, and for those before it that may. */
    private final class Search implements PathIndex.Visitor {
        private final ForwardedRequest asked;
        private final String path;
        private final BitSet maybe = new BitSet(0);
        private int first = alone.size();

        Search(ForwardedRequest asked, String path) {
            this.asked = asked;
            this.path = path;
        }

        @Override
        public boolean visit(PathIndex.Entry entry) {
            if (entry.rule() >= first) {
                return false;
            }
            RuleMatch match =
                    RuleMatch.method(book.rules().get(entry.rule()).scope().methods(), asked);
            if (match != RuleMatch.NO && entry.pattern().matchesBeyond(path)) {
                take(entry.rule(), match);
            }
            return true;
        }

        private void take(int rule, RuleMatch match) {
            if (match == RuleMatch.YES) {
                first = rule;
            } else {
                maybe.set(rule);
            }
        }

        Ruling ruling() {
            int doubtful = maybe.nextSetBit(0);
            if (doubtful < 0 || doubtful > first) {
                return first == alone.size() ? Ruling.OPTIONS : alone.get(first);
            }
            List<AccessRule> rules = new ArrayList<>();
            for (int rule = doubtful; rule >= 0 && rule < first; rule = maybe.nextSetBit(rule + 1)) {
                rules.add(book.rules().get(rule));
            }
            if (first < alone.size()) {
                rules.add(book.rules().get(first));
            }
            return new Ruling(rules, first == alone.size());
        }
    }
}
