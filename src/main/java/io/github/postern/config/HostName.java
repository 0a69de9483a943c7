package io.github.postern.config;

import com.google.common.net.InternetDomainName;
import java.util.regex.Pattern;

/** What counts as a host or a domain in settings. All names are in lower case. */
final class HostName {
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?\\d+");

    private HostName() {}

    /** A name or an IPv4 address. */
    static boolean isHost(String text) {
        return NAME.matcher(text).matches();
    }

    /** A name that can have hosts below it, so no address. */
    static boolean isDomain(String text) {
        return isHost(text) && !NUMERIC_END.matcher(text).matches();
    }

    /** Whether strangers register names directly below it, such as {@code com} or {@code github.io}. */
    static boolean isPublicSuffix(String domain) {
        return InternetDomainName.isValid(domain)
                && InternetDomainName.from(domain).isPublicSuffix();
    }

    /** Whether a cookie for {@code domain} is sent to {@code host} (RFC 6265 section 5.1.3). */
    static boolean covers(String domain, String host) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    /** Whether browsers treat http to this host like https. */
    static boolean isThisMachine(String host) {
        return covers("localhost", host) || host.equals("127.0.0.1") || host.equals("[::1]");
    }
}
