package io.github.postern.testbed;

import java.net.URI;
import java.util.List;

/**
 * The addresses a browser sees: one domain, a host for the gate's own paths, one for the identity provider, one per app.
 *
 * @param scheme {@code http} or {@code https}
 * @param port where the gateway listens on loopback
 */
public record Site(String scheme, String domain, int port) {
    public static final List<String> APPS = List.of("portal", "console", "live");
    public static final String IDENTITY = "identity";

    /** The domain itself, where {@code /oauth2/callback} lives. */
    public URI home(String path) {
        return URI.create(scheme + "://" + domain + ":" + port + path);
    }

    /** An address on one of the hosts below the domain. */
    public URI at(String name, String path) {
        return URI.create(scheme + "://" + host(name) + ":" + port + path);
    }

    public String host(String name) {
        return name + "." + domain;
    }

    public URI issuer() {
        return at(IDENTITY, "/realms/" + Realm.NAME);
    }

    public boolean secure() {
        return scheme.equals("https");
    }

    /** Lines of a hosts file: Java asks no resolver that knows {@code *.localhost}, and nothing here needs one. */
    public String hostsFile() {
        return "127.0.0.1 localhost " + domain + " " + host(IDENTITY) + "\n";
    }
}
