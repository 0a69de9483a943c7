package io.github.postern.config;

import static io.github.postern.config.Option.WHITELIST_DOMAIN;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Decides where a login may return to: what the operator lists, and what the other settings already name. */
final class ReturnDomains {
    private static final Pattern ENTRY = Pattern.compile("(\\.?)([^:]+|\\[[0-9a-f:.]+])(:(?:\\d{1,5}|\\*))?");

    private final Values values;
    private final Findings findings;

    ReturnDomains(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    List<String> read(Optional<URI> redirectUrl, List<String> cookieDomains) {
        List<String> own = own(redirectUrl, cookieDomains);
        if (!own.isEmpty()) {
            findings.note("People may return after sign-in to " + String.join(", ", own)
                    + ", taken from cookie-domain and redirect-url; whitelist-domain adds others.");
        }
        return Stream.concat(listed().stream(), own.stream()).distinct().toList();
    }

    private static List<String> own(Optional<URI> redirectUrl, List<String> cookieDomains) {
        Optional<String> host = redirectUrl.map(url -> url.getHost().toLowerCase(Locale.ROOT));
        // behind a port of its own the apps are there too, and an entry without a port allows none
        String port = redirectUrl.map(ReturnDomains::unusualPort).orElse("");
        Stream<String> domains = cookieDomains.stream().flatMap(domain -> Stream.of("." + domain, "." + domain + port));
        return Stream.concat(domains, host.stream().map(name -> name + port))
                .distinct()
                .toList();
    }

    private static String unusualPort(URI url) {
        int usual = WebAddress.isEncrypted(url) ? 443 : 80;
        return url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
    }

    private List<String> listed() {
        return values.list(WHITELIST_DOMAIN).stream()
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .map(entry -> entry.startsWith("*.") ? entry.substring(1) : entry)
                .filter(this::isUsable)
                .toList();
    }

    private boolean isUsable(String entry) {
        var parts = ENTRY.matcher(entry);
        if (!parts.matches() || !isHost(parts.group(2))) {
            findings.mistake(
                    WHITELIST_DOMAIN,
                    Quoted.of(entry) + " is no host; write host, .host for its subdomains too, host:port or host:*");
            return false;
        }
        if (!parts.group(1).isEmpty() && HostName.isPublicSuffix(parts.group(2))) {
            findings.weak(
                    "whitelist-domain=" + entry + " lets a login return to strangers' hosts; name your own domain.");
        }
        return true;
    }

    private static boolean isHost(String host) {
        return HostName.isHost(host) || host.startsWith("[");
    }
}
