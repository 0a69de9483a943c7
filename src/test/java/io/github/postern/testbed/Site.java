package io.github.postern.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

    private static final List<Integer> DEMO_PORTS = List.of(8080, 8180, 8280, 8380, 8480, 8580, 8680, 8780);
    private static final List<Integer> TEST_PORTS = List.of(18443, 18543, 18643, 18743, 18843, 18943);

    /**
     * For a person's own browser: plain http, as names below {@code localhost} lead to loopback by themselves and count as
     * trustworthy there, so no certificate has to be waved through.
     */
    public static List<Site> forDemo() {
        return DEMO_PORTS.stream()
                .map(port -> new Site("http", "akko.localhost", port))
                .toList();
    }

    /** For tests: https and a domain as in production. */
    public static List<Site> forTests() {
        return TEST_PORTS.stream()
                .map(port -> new Site("https", "akko.local", port))
                .toList();
    }

    /** The first of these whose port is free. */
    public static Site firstFree(List<Site> sites) {
        return sites.stream()
                .filter(Site::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("all of these ports are taken: "
                        + sites.stream().map(Site::port).toList()));
    }

    private boolean isFree() {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

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
