package io.github.postern.config;

import java.util.List;

/**
 * The replicas that share what they know by Tomcat's own cluster.
 *
 * @param discovery how replicas find each other
 * @param own where this replica listens for the others; without a host, at this machine's own address
 * @param others where the other replicas listen; empty with {@link Discovery#KUBERNETES}, which tells
 * @param secret what the key comes from that all traffic among replicas is encrypted with
 */
public record ClusterSettings(Discovery discovery, Node own, List<Node> others, SealingSecret secret) {
    public ClusterSettings {
        others = List.copyOf(others);
    }

    /** How replicas find each other; the names are the option's values. */
    public enum Discovery {
        /** By a list that each of them has. */
        STATIC,
        /** By asking Kubernetes for the pods. */
        KUBERNETES
    }

    /**
     * Where a replica listens for the others.
     *
     * @param host a name or an address without brackets; empty for this machine's own address
     * @param port from 1 to 65535
     */
    public record Node(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
