package io.channelbox.testkit;

import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.cluster.Backplane.Entry;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.cluster.Backplane.Page;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import io.channelbox.presence.InMemoryPresenceStore;
import io.channelbox.presence.PresenceStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** What several nodes in one process share: the stand-in for the servers between real ones. It can lose what such servers lose. */
public final class SharedMemory {

    private record FromGroup(UserId user, Optional<GroupName> group) {}

    private record Believed(long until, long claimedUntil) {}

    private final LongSupplier nanoTime;
    private final List<InMemoryBackplane> nodes = new CopyOnWriteArrayList<>();
    private final InMemoryPresenceStore presence = new InMemoryPresenceStore();

    // Guarded by this, which is held while bytes are put on their way to the nodes too: that is their order.
    private final Map<GroupName, SharedStream> streams = new HashMap<>();
    private final Map<String, Believed> believed = new HashMap<>();
    private final Map<FromGroup, Long> bans = new HashMap<>();
    private final Map<UserId, Map<String, Integer>> connections = new HashMap<>();

    /** Makes an empty one that measures times by this clock of nanoseconds. */
    public SharedMemory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns the end of one more node. */
    public InMemoryBackplane newNode() {
        var node = new InMemoryBackplane(this, nanoTime);
        nodes.add(node);
        return node;
    }

    /**
     * Forgets so many of the last messages of every group, as a failover to a copy that lagged behind does.
     *
     * @throws IllegalArgumentException when that is less than none
     */
    public synchronized void failOver(int lostMessages) {
        if (lostMessages < 0) {
            throw new IllegalArgumentException("lostMessages must not be negative, was " + lostMessages);
        }
        streams.values().forEach(stream -> stream.forgetLast(lostMessages));
    }

    /** Forgets everything. */
    public synchronized void flush() {
        streams.clear();
        believed.clear();
        bans.clear();
        connections.clear();
    }

    void remove(InMemoryBackplane node) {
        nodes.remove(node);
    }

    synchronized Outcome publish(Outgoing outgoing) {
        Outcome outcome = stream(outgoing.group()).publish(outgoing, now());
        if (outcome instanceof Outcome.Kept kept) {
            nodes.forEach(node -> node.carry(
                    outgoing.group(),
                    listener ->
                            listener.published(outgoing.group(), Optional.of(kept.position()), outgoing.envelope())));
        } else if (outcome instanceof Outcome.Told) {
            nodes.forEach(node -> node.carry(
                    outgoing.group(),
                    listener -> listener.published(outgoing.group(), Optional.empty(), outgoing.envelope())));
        }
        return outcome;
    }

    synchronized void tell(byte[] signal) {
        nodes.forEach(node -> node.carry(listener -> listener.told(signal)));
    }

    synchronized void tell(GroupName group, byte[] signal) {
        nodes.forEach(node -> node.carry(group, listener -> listener.told(group, signal)));
    }

    private SharedStream stream(GroupName group) {
        return streams.computeIfAbsent(group, name -> new SharedStream());
    }

    private long now() {
        return nanoTime.getAsLong();
    }

    synchronized Optional<StreamPosition> top(GroupName group) {
        return Optional.ofNullable(streams.get(group)).flatMap(SharedStream::top);
    }

    synchronized Page read(GroupName group, StreamPosition after, int limit) {
        return stream(group).read(after, limit, now());
    }

    synchronized List<Entry> entries(GroupName group) {
        return stream(group).entries(now());
    }

    synchronized Set<GroupName> groups() {
        return streams.keySet().stream()
                .filter(group -> !entries(group).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    synchronized void clear(GroupName group) {
        stream(group).clear();
    }

    synchronized void renew(GroupName group, String present) {
        stream(group).renew(present);
    }

    synchronized void rule(GroupName group, Rule rule) {
        stream(group).rule(rule, now());
    }

    synchronized boolean alive(String node, Duration within) {
        Believed before = believed.put(node, new Believed(now() + within.toNanos(), now()));
        return before != null && before.until() - now() > 0;
    }

    synchronized List<String> claimGone(Duration again) {
        List<String> gone = new ArrayList<>();
        believed.replaceAll((node, known) -> {
            if (known.until() - now() > 0 || known.claimedUntil() - now() > 0) {
                return known;
            }
            gone.add(node);
            return new Believed(known.until(), now() + again.toNanos());
        });
        return gone;
    }

    synchronized void forget(String node) {
        believed.remove(node);
        connections.values().forEach(counts -> counts.remove(node));
    }

    synchronized void ban(Signal.Ban ban) {
        bans.put(new FromGroup(ban.user(), ban.group()), until(ban.time()));
    }

    private long until(Duration time) {
        return time.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE : now() + time.toNanos();
    }

    synchronized List<Signal.Ban> bans() {
        bans.values().removeIf(until -> until - now() <= 0);
        return bans.entrySet().stream()
                .map(ban -> new Signal.Ban(
                        ban.getKey().user(), ban.getKey().group(), Duration.ofNanos(ban.getValue() - now())))
                .toList();
    }

    synchronized boolean enter(String node, UserId user, int most) {
        Map<String, Integer> counts = connections.computeIfAbsent(user, id -> new HashMap<>());
        int living = counts.entrySet().stream()
                .filter(count -> isBelieved(count.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        if (living >= most) {
            return false;
        }
        counts.merge(node, 1, Integer::sum);
        return true;
    }

    private boolean isBelieved(String node) {
        Believed known = believed.get(node);
        return known != null && known.until() - now() > 0;
    }

    synchronized void leave(String node, UserId user) {
        connections.computeIfPresent(user, (id, counts) -> {
            counts.computeIfPresent(node, (name, count) -> count == 1 ? null : count - 1);
            return counts.isEmpty() ? null : counts;
        });
    }

    synchronized void entered(String node, Map<UserId, Integer> counted) {
        connections.values().forEach(counts -> counts.remove(node));
        counted.forEach((user, count) ->
                connections.computeIfAbsent(user, id -> new HashMap<>()).put(node, count));
    }

    <T> Optional<T> shared(Class<T> type) {
        return type.equals(PresenceStore.class) ? Optional.of(type.cast(presence)) : Optional.empty();
    }
}
