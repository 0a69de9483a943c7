package io.github.postern.testbed;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The realm the test bed brings: one client, three people, a few roles and groups; see {@code docs/compose/realm-akko.json}. */
public final class Realm {
    public static final String NAME = "akko";
    public static final String CLIENT = "akko-oauth2-proxy";
    public static final String CLIENT_SECRET = "demo-client-secret";
    public static final List<Account> ACCOUNTS = List.of(
            new Account("alice", "alice-pw", "groups /admins and /data, two realm roles, one client role"),
            new Account("bob", "bob-pw", "no groups"),
            new Account("carol", "carol-pw", "group /data/ml, e-mail not verified"));

    /** Somebody who can sign in. */
    public record Account(String name, String password, String described) {}

    private Realm() {}

    /** The realm for import, its client open to exactly these sites. */
    static String json(List<Site> sites) {
        var redirects = sites.stream()
                .map(site -> '"' + site.home("/oauth2/callback").toString() + '"')
                .collect(Collectors.joining(", "));
        return Documented.file("compose/realm-akko.json")
                .with(Map.of("\"https://akko.local/oauth2/callback\"", redirects));
    }
}
