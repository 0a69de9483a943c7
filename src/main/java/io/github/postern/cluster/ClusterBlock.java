package io.github.postern.cluster;

import io.github.postern.config.ClusterSettings;
import io.github.postern.config.ClusterSettings.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.apache.catalina.ha.ClusterRuleSet;
import org.apache.catalina.ha.tcp.SimpleTcpCluster;
import org.apache.tomcat.util.IntrospectionUtils.PropertySource;
import org.apache.tomcat.util.digester.Digester;
import org.xml.sax.SAXException;

/**
 * The {@code <Cluster>} block of {@code tomcat-conf}, as Tomcat's own parser reads it. It is in a file of its own and not in
 * {@code server.xml}, so that settings can switch it on.
 */
final class ClusterBlock {
    private static final int KEY_BYTES = 32;
    private final Path file;

    /** @param conf the server's configuration folder */
    ClusterBlock(Path conf, ClusterSettings settings) {
        this.file = conf.resolve("cluster-" + settings.discovery().name().toLowerCase(Locale.ROOT) + ".xml");
    }

    /**
     * The cluster, not yet started.
     *
     * @throws IllegalStateException if there is no such block, or it cannot be read
     */
    SimpleTcpCluster read(ClusterSettings settings) {
        if (!Files.isReadable(file)) {
            throw new IllegalStateException(
                    "cluster=" + settings.discovery().name().toLowerCase(Locale.ROOT) + " needs " + file
                            + ", which is in Postern's folder tomcat-conf: put it there");
        }
        try {
            Map<String, String> values = values(settings);
            return (SimpleTcpCluster) digester(values::get).parse(file.toFile());
        } catch (IOException | SAXException e) {
            throw new IllegalStateException("the cluster cannot be set up from " + file, e);
        }
    }

    /** What {@code ${...}} in the block stands for. */
    private static Map<String, String> values(ClusterSettings settings) throws IOException {
        return Map.of(
                "postern.cluster.address", address(settings.own()),
                "postern.cluster.port", Integer.toString(settings.own().port()),
                "postern.cluster.key",
                        HexFormat.of().formatHex(settings.secret().derive("postern 1 cluster traffic", KEY_BYTES)));
    }

    private static String address(Node own) throws IOException {
        InetAddress address = own.host().isEmpty() ? InetAddress.getLocalHost() : InetAddress.getByName(own.host());
        return address.getHostAddress();
    }

    private static Digester digester(PropertySource values) {
        var digester = new Digester() {
            {
                source = new PropertySource[] {values};
            }
        };
        digester.setValidating(false);
        digester.addObjectCreate("Cluster", SimpleTcpCluster.class.getName(), "className");
        digester.addSetProperties("Cluster");
        digester.addRuleSet(new ClusterRuleSet("Cluster/"));
        return digester;
    }
}
