package io.github.postern.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The Redis server and how we talk to it.
 *
 * @param servers where it is found
 * @param login who we are to it
 * @param database its database; zero in a cluster
 * @param tls how it proves who it is; empty for connections in clear
 * @param timeout the longest one command may take
 */
public record RedisSettings(Servers servers, Login login, int database, Optional<Tls> tls, Duration timeout) {
    /** Where the server is found. */
    public sealed interface Servers {
        /** The addresses that are asked first. */
        List<Node> nodes();
    }

    /** One server. */
    public record Standalone(Node node) implements Servers {
        @Override
        public List<Node> nodes() {
            return List.of(node);
        }
    }

    /**
     * The server that Sentinels name.
     *
     * @param name the server's name at the Sentinels
     * @param login who we are to the Sentinels
     */
    public record Sentinels(String name, List<Node> nodes, Login login) implements Servers {
        public Sentinels {
            nodes = List.copyOf(nodes);
        }
    }

    /** A cluster, known by some of its nodes. */
    public record Cluster(List<Node> nodes) implements Servers {
        public Cluster {
            nodes = List.copyOf(nodes);
        }
    }

    /** An address, as {@code host:port}. */
    public record Node(String host, int port) {
        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /** A user and its password; either may be missing. */
    public record Login(Optional<String> user, Optional<Secret> password) {
        static final Login NONE = new Login(Optional.empty(), Optional.empty());

        /** This one, with what it lacks from {@code other}. */
        Login or(Login other) {
            return new Login(user.or(other::user), password.or(other::password));
        }
    }

    /**
     * What a server must prove.
     *
     * @param caFile PEM file with authorities that count besides the system's
     * @param verify whether certificate and name are checked at all
     */
    public record Tls(Optional<Path> caFile, boolean verify) {}
}
