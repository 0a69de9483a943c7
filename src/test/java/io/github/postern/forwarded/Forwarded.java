package io.github.postern.forwarded;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.github.postern.config.ForwardedSettings;
import io.github.postern.config.ForwardedSettings.ChallengeMode;
import io.github.postern.config.ForwardedSettings.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The smallest settings and requests that the tests of this package need. */
final class Forwarded {
    private Forwarded() {}

    /** Believes 127.0.0.1 and 10.0.0.0/8. */
    static ForwardedRequests reader(Source source) {
        return reader(source, "X-Real-IP");
    }

    static ForwardedRequests reader(Source source, String clientAddressHeader) {
        return new ForwardedRequests(
                new ForwardedSettings(
                        source,
                        ChallengeMode.AUTO,
                        networks("127.0.0.1", "10.0.0.0/8"),
                        clientAddressHeader,
                        List.of(".akko.local")),
                "/oauth2");
    }

    static List<IPAddress> networks(String... texts) {
        return Arrays.stream(texts)
                .map(text -> new IPAddressString(text).getAddress())
                .toList();
    }

    /** A request that is certain, for a method and an ASCII uri. */
    static ForwardedRequest certain(String method, String uri) {
        return new ForwardedRequest(
                Optional.of(method).filter(text -> !text.isEmpty()),
                "https",
                false,
                Optional.of("app.akko.local"),
                uri,
                "127.0.0.1",
                Optional.of("203.0.113.7"),
                true,
                true,
                false,
                "/");
    }
}
