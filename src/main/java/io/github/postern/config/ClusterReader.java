package io.github.postern.config;

import static io.github.postern.config.Option.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.postern.config.ClusterSettings.Discovery;
import io.github.postern.config.ClusterSettings.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** Fills {@link ClusterSettings}. */
final class ClusterReader {
    private static final Pattern NODE =
            Pattern.compile("(?:(?<name>[A-Za-z0-9.-]*)|\\[(?<v6>[0-9A-Fa-f:.]+)]):(?<port>\\d{1,5})");
    private static final int LAST_PORT = 65535;
    private static final int SHORTEST_SECRET = 16;

    private final Values values;
    private final Findings findings;

    ClusterReader(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /**
     * The cluster, if there is to be one.
     *
     * @param store where sessions are kept
     * @param cookies whose first secret encrypts what replicas tell each other unless there is one for it
     */
    Optional<ClusterSettings> read(StoreSettings store, CookieSettings cookies) {
        checkStore(store, cookies);
        Optional<Discovery> discovery = discovery();
        tell(store, discovery);
        if (discovery.isEmpty()) {
            return Optional.empty();
        }
        Optional<Node> own = node(CLUSTER_ADDRESS, values.text(CLUSTER_ADDRESS));
        List<Node> others = others(discovery.get(), own);
        Optional<SealingSecret> secret = secret(cookies);
        return own.flatMap(node -> secret.map(key -> new ClusterSettings(discovery.get(), node, others, key)));
    }

    private void checkStore(StoreSettings store, CookieSettings cookies) {
        if (store.type() == StoreSettings.Type.TOMCAT && cookies.domains().size() > 1) {
            findings.mistake(
                    SESSION_STORE_TYPE,
                    "tomcat has one session cookie for one domain, and cookie-domain names several; keep one of them, or choose redis or cookie");
        }
    }

    /** What replicas share, and what they do not. */
    private void tell(StoreSettings store, Optional<Discovery> discovery) {
        if (store.redis().isPresent() || store.type() == StoreSettings.Type.REDIS) {
            discovery.ifPresent(kind -> findings.mistake(
                    CLUSTER, "is of no use beside Redis, which replicas share; remove one of the two"));
        } else if (store.type() == StoreSettings.Type.TOMCAT) {
            findings.note(
                    discovery.isPresent()
                            ? "Sessions are kept in the memory of this server and of the other replicas in its cluster."
                            : "Sessions are kept in this server's memory and end with it; set cluster if there are several replicas.");
        } else {
            findings.note(
                    discovery.isPresent()
                            ? "Sessions are kept in the cookie; Tomcat's cluster is used to tell the other replicas who was signed out."
                            : "Sessions are kept in the cookie: a sign-out from elsewhere reaches only the replica that hears of it; if there are several, set redis-connection-url or cluster.");
        }
    }

    private Optional<Discovery> discovery() {
        String name = values.text(CLUSTER);
        Optional<Discovery> discovery = Arrays.stream(Discovery.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
        if (discovery.isEmpty() && !name.isEmpty()) {
            findings.mistake(CLUSTER, Quoted.of(name) + " is not known; choose static or kubernetes, or remove it");
        }
        return discovery;
    }

    private List<Node> others(Discovery discovery, Optional<Node> own) {
        List<Node> members = values.list(CLUSTER_MEMBER).stream()
                .flatMap(text -> node(CLUSTER_MEMBER, text).stream())
                .distinct()
                .toList();
        if (discovery == Discovery.KUBERNETES) {
            if (!members.isEmpty()) {
                findings.mistake(CLUSTER_MEMBER, "has no effect with cluster=kubernetes, which finds them; remove it");
            }
            return List.of();
        }
        own.filter(node -> !members.contains(node)).ifPresent(node -> tellStranger(node, members));
        return members.stream().filter(node -> !Optional.of(node).equals(own)).toList();
    }

    /** All replicas have one list, so that they know each other by the same names. */
    private void tellStranger(Node own, List<Node> members) {
        if (members.isEmpty()) {
            findings.mistake(CLUSTER_MEMBER, "is missing; name host:port of every replica, this one among them");
        } else {
            findings.mistake(
                    CLUSTER_ADDRESS,
                    Quoted.of(own) + " is none of cluster-members; write it as it is written there, a host among it");
        }
    }

    private Optional<Node> node(Option option, String text) {
        Matcher node = NODE.matcher(text);
        if (!node.matches() || !isPort(Integer.parseInt(node.group("port")))) {
            findings.mistake(
                    option, Quoted.of(text) + " is no address and port; write 10.0.0.1:4000 or replica-1:4000");
            return Optional.empty();
        }
        String host = Optional.ofNullable(node.group("v6")).orElse(node.group("name"));
        return Optional.of(new Node(host.toLowerCase(Locale.ROOT), Integer.parseInt(node.group("port"))));
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= LAST_PORT;
    }

    private Optional<SealingSecret> secret(CookieSettings cookies) {
        Optional<String> own = values.textIfAny(CLUSTER_SECRET);
        if (own.isEmpty()) {
            return cookies.secrets().stream().findFirst();
        }
        byte[] bytes = own.get().getBytes(UTF_8);
        if (bytes.length < SHORTEST_SECRET || WeakSecret.isWeak(own.get(), bytes)) {
            findings.mistake(CLUSTER_SECRET, "is too easy to guess; make one with: openssl rand -base64 32");
            return Optional.empty();
        }
        return Optional.of(SealingSecret.of(digest(bytes)));
    }

    private static byte[] digest(byte[] bytes) {
        var sha = new SHA256Digest();
        sha.update(bytes, 0, bytes.length);
        byte[] hash = new byte[sha.getDigestSize()];
        sha.doFinal(hash, 0);
        return hash;
    }
}
