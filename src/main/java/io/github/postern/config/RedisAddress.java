package io.github.postern.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.postern.config.RedisSettings.Login;
import io.github.postern.config.RedisSettings.Node;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address such as {@code rediss://user:password@host:6379/2}. What is not written is the usual: localhost, 6379, 0.
 *
 * @param encrypted whether the scheme is {@code rediss}
 */
record RedisAddress(Node node, boolean encrypted, Login login, int database) {
    private static final int USUAL_PORT = 6379;
    private static final int HIGHEST_PORT = 65535;

    // a host name may hold an underscore, as Docker's service names do; a password may hold an @
    private static final Pattern SHAPE = Pattern.compile("(?<scheme>rediss?)://"
            + "(?:(?<user>[^:@/?]*)(?::(?<password>.*))?@)?"
            + "(?<host>\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]*)(?::(?<port>\\d{1,5}))?"
            + "(?:/(?<database>\\d{0,4}))?/?(?:\\?db=(?<query>\\d{1,4}))?");

    /** Empty after telling what is wrong, never with the address itself, which may hold a password. */
    static Optional<RedisAddress> parse(Option option, String text, Findings findings) {
        Matcher parts = SHAPE.matcher(text);
        if (text.startsWith("unix:")) {
            findings.mistake(option, "names a Unix socket, which is not spoken here; let Redis listen on loopback");
        } else if (!parts.matches() || port(parts) == 0 || port(parts) > HIGHEST_PORT) {
            findings.mistake(
                    option,
                    "is no address of Redis; write redis://HOST:6379, or rediss:// for TLS, with USER:PASSWORD@ and"
                            + " /DATABASE as needed");
        } else {
            return address(option, parts, findings);
        }
        return Optional.empty();
    }

    private static Optional<RedisAddress> address(Option option, Matcher parts, Findings findings) {
        try {
            var login = new Login(
                    decoded(parts.group("user")),
                    decoded(parts.group("password")).map(Secret::new));
            return Optional.of(
                    new RedisAddress(node(parts), parts.group("scheme").equals("rediss"), login, database(parts)));
        } catch (IllegalArgumentException e) {
            findings.mistake(option, "holds a % that begins no escape; write %25 for it in user and password");
            return Optional.empty();
        }
    }

    private static Node node(Matcher parts) {
        String host = parts.group("host");
        boolean bracketed = host.startsWith("[");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        return new Node(bare.isEmpty() ? "localhost" : bare, port(parts));
    }

    private static int port(Matcher parts) {
        String port = parts.group("port");
        return port == null ? USUAL_PORT : Integer.parseInt(port);
    }

    private static int database(Matcher parts) {
        String database = parts.group("database");
        String chosen = database == null || database.isEmpty() ? parts.group("query") : database;
        return chosen == null ? 0 : Integer.parseInt(chosen);
    }

    /** A plus sign stands for itself here. */
    private static Optional<String> decoded(@Nullable String part) {
        return part == null || part.isEmpty()
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(part.replace("+", "%2B"), UTF_8));
    }
}
