package io.github.postern.cluster;

import io.github.postern.config.ClusterSettings;
import io.github.postern.config.ClusterSettings.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.tribes.ChannelInterceptor;
import org.apache.catalina.tribes.ManagedChannel;
import org.apache.catalina.tribes.group.interceptors.StaticMembershipInterceptor;
import org.apache.catalina.tribes.membership.StaticMember;

/** The replicas of {@code cluster-members}, by their names: whoever has no address yet, or another one, is looked up again. */
final class Peers {
    private static final int PATIENCE_MILLIS = 500;
    private final ClusterSettings settings;
    private final ManagedChannel channel;
    private final StaticMembershipInterceptor list;
    private final Map<Node, StaticMember> known = new ConcurrentHashMap<>();

    private Peers(ClusterSettings settings, ManagedChannel channel, StaticMembershipInterceptor list) {
        this.settings = settings;
        this.channel = channel;
        this.list = list;
    }

    /** Empty where the channel finds its members otherwise. */
    static Optional<Peers> of(ClusterSettings settings, ManagedChannel channel) throws IOException {
        var interceptors = channel.getInterceptors();
        while (interceptors.hasNext()) {
            ChannelInterceptor interceptor = interceptors.next();
            if (interceptor instanceof StaticMembershipInterceptor list) {
                list.setLocalMember(member(
                        settings.own(), InetAddress.getByName(settings.own().host())));
                return Optional.of(new Peers(settings, channel, list));
            }
        }
        return Optional.empty();
    }

    /** Looks every name up, and tells the channel of those with a new address. */
    void lookUp() {
        settings.others().forEach(this::lookUp);
    }

    private void lookUp(Node node) {
        try {
            InetAddress address = InetAddress.getByName(node.host());
            StaticMember old = known.get(node);
            if (old != null && InetAddress.getByAddress(old.getHost()).equals(address)) {
                return;
            }
            StaticMember member = member(node, address);
            if (old != null) {
                list.removeStaticMember(old);
            }
            list.addStaticMember(member);
            known.put(node, member);
        } catch (UnknownHostException e) {
            // not started yet: next time
        } catch (IOException e) {
            throw new IllegalStateException("the address of " + node + " cannot be used", e);
        }
    }

    /** Whether somebody is there who is not among the members yet. */
    boolean isAwaited() {
        return known.values().stream().anyMatch(member -> channel.getMember(member) == null && answers(member));
    }

    private static boolean answers(StaticMember member) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getByAddress(member.getHost()), member.getPort()),
                    PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Named by what all replicas call it, so that they mean the same one. */
    private static StaticMember member(Node node, InetAddress address) throws IOException {
        UUID id = UUID.nameUUIDFromBytes(node.toString().getBytes(StandardCharsets.UTF_8));
        var member = new StaticMember(address.getHostAddress(), node.port(), 0);
        member.setUniqueId(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
        return member;
    }
}
