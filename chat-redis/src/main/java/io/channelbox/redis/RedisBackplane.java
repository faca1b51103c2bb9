package io.channelbox.redis;

import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.cluster.Backplane;
import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import io.channelbox.presence.PresenceStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What nodes share in one Redis, alone, watched by Sentinels, or a cluster. Groups that could not be subscribed to because nobody answered
 * are subscribed to with all others as soon as there is a connection again.
 */
final class RedisBackplane implements Backplane {

    static final int LARGEST_ENVELOPE = 4 << 20;
    private static final Script TELL = Script.of("tell.lua");

    private final RedisLink link;
    private final Publishing publishing;
    private final Streams streams;
    private final RedisHistoryStore history;
    private final RedisPresenceStore presence;
    private final Nodes nodes;
    private final Moderation moderation;
    private final AtomicReference<@Nullable Subscriptions> subscriptions = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private RedisBackplane(RedisLink link, int largestEnvelope) {
        this.link = link;
        this.publishing = new Publishing(link, largestEnvelope);
        this.streams = new Streams(link);
        this.history = new RedisHistoryStore(link);
        this.presence = new RedisPresenceStore(link);
        this.nodes = new Nodes(link);
        this.moderation = new Moderation(link);
    }

    /**
     * Connects.
     *
     * @throws io.channelbox.message.StoreException when Redis cannot be reached, refuses, or is too old
     */
    static RedisBackplane connect(LinkOptions options) {
        return connect(options, LARGEST_ENVELOPE);
    }

    /** Connects, to publish nothing larger than this many bytes. */
    static RedisBackplane connect(LinkOptions options, int largestEnvelope) {
        RedisLink link = RedisLink.connect(options);
        try {
            ServerCheck.check(link);
            return new RedisBackplane(link, largestEnvelope);
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /** Returns the way to Redis, for what else is kept there. */
    RedisLink link() {
        return link;
    }

    /** Returns how often something was there that is none of ours, among what is published or what is kept. */
    long dropped() {
        return link.foreign().count();
    }

    @Override
    public void start(Listener listener) {
        var started = new Subscriptions(link, listener);
        if (!subscriptions.compareAndSet(null, started)) {
            throw new IllegalStateException("A backplane is started once. Make one for each broker.");
        }
        started.start();
    }

    private Subscriptions started() {
        link.requireOpen();
        return Optional.ofNullable(subscriptions.get())
                .orElseThrow(() -> new IllegalStateException("start the backplane first"));
    }

    @Override
    public Outcome publish(Outgoing outgoing) {
        return publishing.publish(outgoing);
    }

    @Override
    public void subscribe(Collection<GroupName> groups) {
        started().add(groups);
    }

    @Override
    public void unsubscribe(Collection<GroupName> groups) {
        started().remove(groups);
    }

    @Override
    public void resubscribe() {
        started().renew();
    }

    @Override
    public Map<GroupName, StreamPosition> tops(Collection<GroupName> groups) {
        return streams.tops(groups);
    }

    @Override
    public Page read(GroupName group, StreamPosition after, int limit) {
        return streams.after(group, after, limit, Bytes.NONE);
    }

    @Override
    public void newEpoch(GroupName group, String present) {
        streams.newEpoch(group, present);
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public void rule(GroupName group, Rule rule) {
        moderation.rule(group, rule);
    }

    @Override
    public void tell(byte[] signal) {
        link.await("Telling all nodes", link.publish(Subscriptions.channelOfAll(link), Arrivals.signal(signal)));
    }

    @Override
    public void tell(GroupName group, byte[] signal) {
        link.call(
                "Telling " + group,
                TELL,
                List.of(link.keys().of("stream", group)),
                List.of(Subscriptions.channelOf(link, group), Arrivals.signal(signal)));
    }

    @Override
    public boolean alive(String node, Duration within) {
        return nodes.alive(node, within);
    }

    @Override
    public List<String> claimGone(Duration again) {
        return nodes.claimGone(again);
    }

    @Override
    public void forget(String node) {
        nodes.forget(node);
    }

    @Override
    public void ban(Signal.Ban ban) {
        moderation.ban(ban);
    }

    @Override
    public List<Signal.Ban> bans() {
        return moderation.bans();
    }

    @Override
    public boolean enter(String node, UserId user, int most) {
        return nodes.enter(node, user, most);
    }

    @Override
    public void leave(String node, UserId user) {
        nodes.leave(node, user);
    }

    @Override
    public void entered(String node, Map<UserId, Integer> connections) {
        nodes.entered(node, connections);
    }

    @Override
    public <T> Optional<T> shared(Class<T> type) {
        return type.equals(PresenceStore.class) ? Optional.of(type.cast(presence)) : Optional.empty();
    }

    @Override
    public void ping() {
        link.ping();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Optional.ofNullable(subscriptions.get()).ifPresent(Subscriptions::close);
            link.close();
        }
    }
}
