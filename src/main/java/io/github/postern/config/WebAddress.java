package io.github.postern.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Checks the addresses among the settings: absolute, http or https, with a host and nothing that does not belong there. */
final class WebAddress {
    private WebAddress() {}

    /** The address, or empty after telling what is wrong with it. It is never shown: it may hold a password. */
    static Optional<URI> parse(Option option, String text, Findings findings) {
        try {
            var address = new URI(text);
            Optional<String> fault = fault(address);
            fault.ifPresent(words -> findings.mistake(option, words));
            return fault.isPresent() ? Optional.empty() : Optional.of(address);
        } catch (URISyntaxException e) {
            findings.mistake(option, "is no web address; write it as https://host/path");
            return Optional.empty();
        }
    }

    static boolean isEncrypted(URI address) {
        return "https".equals(scheme(address));
    }

    private static Optional<String> fault(URI address) {
        if (!scheme(address).matches("https?")) {
            return Optional.of("does not begin with https:// or http://; write the whole address");
        }
        if (address.getHost() == null || address.getPort() > 65535) {
            return Optional.of("has no valid host and port; write it as https://host/path");
        }
        if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return Optional.of("holds a user name or a #fragment; remove it");
        }
        return Optional.empty();
    }

    private static String scheme(URI address) {
        return Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    }
}
