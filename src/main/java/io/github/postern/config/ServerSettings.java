package io.github.postern.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the server listens. The launcher hands it to Tomcat; in a Tomcat of the operator's own, its {@code server.xml} decides instead.
 *
 * @param address where to listen; empty when the operator names none, so that the server's own default counts
 * @param tls the certificate and what TLS may be spoken; when present nothing but https is spoken
 * @param httpsPort the port that people who came by http are sent to, if they are to be sent at all ({@code force-https})
 * @param metrics where metrics are served; empty when they are not
 * @param shutdownDelay how long requests are still answered after the end was asked for, while {@code ready-path} says no
 */
public record ServerSettings(
        Optional<Address> address,
        Optional<Tls> tls,
        OptionalInt httpsPort,
        Optional<Address> metrics,
        Duration shutdownDelay) {
    /**
     * An address to listen on.
     *
     * @param host a name or address without brackets; {@code 0.0.0.0} for all
     * @param port from 1 to 65535
     */
    public record Address(String host, int port) {}

    /**
     * How https is spoken.
     *
     * @param certificate PEM file with our certificate and those that lead to its authority
     * @param key PEM file with the certificate's key
     * @param protocols in the names of the Java platform: {@code TLSv1.2}, {@code TLSv1.3}
     * @param suites suites for TLS 1.2; empty means the server's own choice
     */
    public record Tls(Path certificate, Path key, List<String> protocols, List<String> suites) {
        public Tls {
            protocols = List.copyOf(protocols);
            suites = List.copyOf(suites);
        }
    }
}
