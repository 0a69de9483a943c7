package io.github.postern.tracing;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Where a variable sends spans. Its user, path and query may be keys: what is said of it shows none of them. */
final class Address {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int HIGHEST_PORT = 65_535;

    private Address() {}

    /** What is wrong with it. */
    static Optional<String> mistake(String address) {
        // wherever it stands: a password with a slash ends the host before it
        if (address.contains("@")) {
            return Optional.of("may name no user; put the collector's key into OTEL_EXPORTER_OTLP_HEADERS");
        }
        Optional<URI> uri = parsed(address);
        if (uri.isEmpty()) {
            return Optional.of("is no address such as http://collector:4318 or https://collector.example; correct it");
        }
        return uri.filter(known -> known.getRawQuery() != null || known.getRawFragment() != null)
                .map(known -> "may have nothing behind a ? or #; put the collector's key into"
                        + " OTEL_EXPORTER_OTLP_HEADERS");
    }

    private static Optional<URI> parsed(String address) {
        try {
            return Optional.of(new URI(address)).filter(Address::canBeCalled);
        } catch (URISyntaxException e) { // shows the address
            return Optional.empty();
        }
    }

    private static boolean canBeCalled(URI uri) {
        return Optional.ofNullable(uri.getScheme()).filter(SCHEMES::contains).isPresent()
                && uri.getHost() != null
                && uri.getPort() != 0
                && uri.getPort() <= HIGHEST_PORT;
    }

    /** For the log: whom it calls. */
    static String shown(String address) {
        return parsed(address)
                .filter(uri -> mistake(address).isEmpty())
                .map(uri -> uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
                .orElse("the collector");
    }
}
