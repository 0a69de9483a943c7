package io.github.postern.cluster;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.catalina.tribes.Channel;
import org.apache.catalina.tribes.ChannelException;
import org.apache.catalina.tribes.Member;
import org.apache.catalina.tribes.group.Response;
import org.apache.catalina.tribes.group.RpcCallback;
import org.apache.catalina.tribes.group.RpcChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What replicas say to each other besides sessions, one line of text each: that something ended ({@code ended MILLIS KEY}), what
 * has ended so far ({@code ended?}, answered by such lines), whose turn it is ({@code take HOLDER NAME}, answered by yes or no)
 * and that a turn is over ({@code done HOLDER NAME}). What they say travels as text, so that no class of ours is ever read from the
 * network.
 */
final class Talk implements RpcCallback {
    private static final Logger LOG = LoggerFactory.getLogger(Talk.class);
    private static final byte[] NAME = "postern 1".getBytes(StandardCharsets.US_ASCII);
    private static final String ENDED = "ended ";
    private static final String WHAT_ENDED = "ended?";
    private static final String TAKE = "take ";
    private static final String DONE = "done ";
    private static final String YES = "yes";
    private final Channel channel;
    private final RpcChannel rpc;
    private final Leases leases;
    private final Knowledge knowledge;

    /**
     * What this replica knows of ends.
     *
     * @param learn takes what another replica tells: what ended, and when
     * @param all what has ended, and when
     */
    record Knowledge(BiConsumer<String, Instant> learn, Supplier<Map<String, Instant>> all) {}

    Talk(Channel channel, Leases leases, Knowledge knowledge) {
        this.channel = channel;
        this.leases = leases;
        this.knowledge = knowledge;
        this.rpc = new RpcChannel(NAME, channel, this);
    }

    /** Tells all others, and waits until each of them has heard it, a bounded time. */
    void tellEnd(String key, Instant at) {
        try {
            say(channel.getMembers(), ENDED + at.toEpochMilli() + " " + key);
        } catch (ChannelException e) {
            LOG.warn("Not every replica could be told of a sign-out: {}", e.getMessage());
        }
    }

    /** Asks another replica for all ends it knows of; false when it does not answer in time. */
    boolean learnFrom(Member other, long millis) {
        Optional<String> answer = ask(other, WHAT_ENDED, millis);
        answer.ifPresent(lines -> lines.lines().forEach(this::learn));
        return answer.isPresent();
    }

    /** Whether the holder has the turn now, by the word of the replica that decides; empty when it does not answer in time. */
    Optional<Boolean> take(Member decider, String name, String holder, long millis) {
        return ask(decider, TAKE + holder + " " + name, millis).map(YES::equals);
    }

    void giveBack(Member decider, String name, String holder) {
        try {
            say(new Member[] {decider}, DONE + holder + " " + name);
        } catch (ChannelException e) {
            LOG.debug("A turn was not given back; it ends by itself: {}", e.getMessage());
        }
    }

    private void say(Member[] others, String line) throws ChannelException {
        rpc.send(others, line, RpcChannel.NO_REPLY, Channel.SEND_OPTIONS_USE_ACK, 0);
    }

    private Optional<String> ask(Member other, String line, long millis) {
        try {
            Response[] answers =
                    rpc.send(new Member[] {other}, line, RpcChannel.FIRST_REPLY, Channel.SEND_OPTIONS_USE_ACK, millis);
            return answers.length > 0 && answers[0].getMessage() instanceof String text
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (ChannelException e) {
            return Optional.empty();
        }
    }

    @Override
    public Serializable replyRequest(Serializable message, Member sender) {
        String line = String.valueOf(message);
        if (line.equals(WHAT_ENDED)) {
            return knowledge.all().get().entrySet().stream()
                    .map(end -> ENDED + end.getValue().toEpochMilli() + " " + end.getKey())
                    .collect(Collectors.joining("\n"));
        }
        if (line.startsWith(TAKE)) {
            String[] words = line.split(" ", 3);
            return words.length == 3 && leases.take(words[2], words[1]) ? YES : "no";
        }
        if (line.startsWith(DONE)) {
            String[] words = line.split(" ", 3);
            leases.giveBack(words[words.length - 1], words[1]);
        } else {
            learn(line);
        }
        return "";
    }

    private void learn(String line) {
        String[] words = line.split(" ", 3);
        if (words.length == 3 && line.startsWith(ENDED) && words[1].matches("\\d{1,15}")) {
            knowledge.learn().accept(words[2], Instant.ofEpochMilli(Long.parseLong(words[1])));
        }
    }

    /** An answer that came too late is of no use. */
    @Override
    public void leftOver(Serializable message, Member sender) {}
}
