package io.github.postern.config;

import static io.github.postern.config.Option.FORCE_HTTPS;
import static io.github.postern.config.Option.HTTPS_ADDRESS;
import static io.github.postern.config.Option.HTTP_ADDRESS;
import static io.github.postern.config.Option.METRICS_ADDRESS;
import static io.github.postern.config.Option.SHUTDOWN_DELAY;

import io.github.postern.config.ServerSettings.Address;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@link ServerSettings}. */
final class ServerReader {
    private static final Pattern LISTEN = Pattern.compile(
            "(?!fd:)(?:(?<scheme>https?)://)?(?:(?<name>[A-Za-z0-9.-]*)|\\[(?<v6>[0-9A-Fa-f:.]+)]):(?<port>\\d{1,5})/?");
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final int LAST_PORT = 65535;
    private static final String ALL = "0.0.0.0";

    private final Values values;
    private final Findings findings;

    ServerReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    ServerSettings read() {
        var tls = new TlsReader(values, findings).read();
        Optional<Address> plain = address(HTTP_ADDRESS, "http", "127.0.0.1:4180");
        boolean force = values.isOn(FORCE_HTTPS);
        Optional<Address> encrypted =
                TlsReader.isAsked(values) || force ? address(HTTPS_ADDRESS, "https", "0.0.0.0:443") : Optional.empty();
        if (TlsReader.isAsked(values) && values.isSet(HTTP_ADDRESS)) {
            findings.note("http-address has no effect: with tls-cert-file nothing but https is spoken, at "
                    + values.text(HTTPS_ADDRESS) + ".");
        }
        Optional<Address> named = plain.filter(address -> values.isSet(HTTP_ADDRESS));
        return new ServerSettings(
                tls.isPresent() ? encrypted : named,
                tls,
                force ? port(encrypted) : OptionalInt.empty(),
                metrics(),
                shutdownDelay());
    }

    /** As oauth2-proxy has it, a hyphen means none. */
    private Optional<Address> metrics() {
        String wanted = values.text(METRICS_ADDRESS);
        return wanted.isEmpty() || wanted.equals("-")
                ? Optional.empty()
                : address(METRICS_ADDRESS, "http", "0.0.0.0:44180");
    }

    private Duration shutdownDelay() {
        Duration delay = values.duration(SHUTDOWN_DELAY);
        if (delay.compareTo(LONGEST_DELAY) > 0) {
            findings.mistake(
                    SHUTDOWN_DELAY, "is more than a minute, and whoever ends the server kills it first; lower it");
        }
        return delay;
    }

    private static OptionalInt port(Optional<Address> address) {
        return address.stream().mapToInt(Address::port).findFirst();
    }

    private Optional<Address> address(Option option, String scheme, String example) {
        Matcher address = LISTEN.matcher(values.text(option));
        boolean valid = address.matches()
                && Optional.ofNullable(address.group("scheme")).orElse(scheme).equals(scheme)
                && isPort(Integer.parseInt(address.group("port")));
        if (!valid) {
            findings.mistake(
                    option,
                    Quoted.of(values.text(option)) + " is no address and port; write "
                            + example.substring(example.indexOf(':')) + " or " + example);
            return Optional.empty();
        }
        return Optional.of(new Address(host(address), Integer.parseInt(address.group("port"))));
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= LAST_PORT;
    }

    private static String host(Matcher address) {
        return Optional.ofNullable(address.group("v6"))
                .or(() -> Optional.of(address.group("name")).filter(name -> !name.isEmpty()))
                .orElse(ALL);
    }
}
