package io.channelbox.testkit;

import io.channelbox.broker.PublishResult;
import io.channelbox.broker.Rule;
import io.channelbox.cluster.Backplane;
import io.channelbox.cluster.Backplane.Entry;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.cluster.Backplane.Page;
import io.channelbox.history.Retention;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the nodes share of one group. Guarded by the {@link SharedMemory} it belongs to. Times in nanoseconds. */
final class SharedStream {

    private static final long KEYS_NANOS = Duration.ofMinutes(5).toNanos();

    private record Key(Optional<UserId> sender, String text) {}

    private record Known(MessageId message, Optional<StreamPosition> position, long until) {}

    private record Kept(Entry entry, int bytes, long at) {}

    private String epoch = newName();
    private long offset;
    private boolean begun;
    private long bytes;
    private Retention retention = Retention.DEFAULT;
    private final ArrayDeque<Kept> entries = new ArrayDeque<>();
    private final Map<Key, Known> keys = new HashMap<>();

    private boolean frozen;
    private long pause;
    private final Map<UserId, Long> mutedUntil = new HashMap<>();
    private final Map<UserId, Long> saidAt = new HashMap<>();

    private static String newName() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    Outcome publish(Outgoing outgoing, long now) {
        keys.values().removeIf(known -> now - known.until() >= 0);
        Optional<Key> key = outgoing.key().map(text -> new Key(outgoing.sender(), text));
        Optional<Known> known = key.map(keys::get);
        if (known.isPresent()) {
            return new Outcome.Repeated(known.get().message(), known.get().position());
        }
        Optional<Outcome> refused = outgoing.ruled() ? refused(outgoing.sender(), now) : Optional.empty();
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<StreamPosition> position = outgoing.keep().map(keep -> append(outgoing.envelope(), keep, now));
        key.ifPresent(each -> keys.put(each, new Known(outgoing.message(), position, now + KEYS_NANOS)));
        return position.<Outcome>map(Outcome.Kept::new).orElseGet(Outcome.Told::new);
    }

    /** A group that is frozen is so for all; the other rules are for users. */
    private Optional<Outcome> refused(Optional<UserId> sender, long now) {
        return frozen
                ? Optional.of(new Outcome.Refused(PublishResult.Reason.FROZEN, Optional.empty()))
                : sender.flatMap(user -> refused(user, now));
    }

    private Optional<Outcome> refused(UserId user, long now) {
        long muted = mutedUntil.getOrDefault(user, now) - now;
        if (muted > 0) {
            return Optional.of(new Outcome.Refused(PublishResult.Reason.MUTED, Optional.of(Duration.ofNanos(muted))));
        }
        long wait = saidAt.getOrDefault(user, now - pause) + pause - now;
        if (wait > 0) {
            return Optional.of(
                    new Outcome.Refused(PublishResult.Reason.SLOW_MODE, Optional.of(Duration.ofNanos(wait))));
        }
        saidAt.put(user, now);
        return Optional.empty();
    }

    private StreamPosition append(byte[] envelope, Backplane.Keep keep, long now) {
        begun = true;
        retention = keep.retention();
        var position = new StreamPosition(epoch, ++offset);
        entries.addLast(new Kept(new Entry(position, envelope), keep.bytes(), now));
        bytes += keep.bytes();
        trim(now);
        return position;
    }

    private void trim(long now) {
        while (entries.size() > retention.count() || (bytes > retention.bytes() && entries.size() > 1)) {
            removeOldest();
        }
        while (!entries.isEmpty() && isTooOld(entries.getFirst(), now)) {
            removeOldest();
        }
    }

    private boolean isTooOld(Kept oldest, long now) {
        return retention.age().compareTo(Duration.ofNanos(now - oldest.at())) < 0;
    }

    private void removeOldest() {
        bytes -= entries.removeFirst().bytes();
    }

    Optional<StreamPosition> top() {
        return begun ? Optional.of(new StreamPosition(epoch, offset)) : Optional.empty();
    }

    /** Returns the position before the oldest entry. */
    private Optional<StreamPosition> start() {
        return entries.isEmpty()
                ? top()
                : Optional.of(new StreamPosition(
                        epoch, entries.getFirst().entry().position().offset() - 1));
    }

    Page read(StreamPosition after, int limit, long now) {
        trim(now);
        Optional<StreamPosition> top = top();
        if (top.isEmpty()
                || !after.epoch().equals(epoch)
                || after.offset() > offset
                || after.offset() < start().orElseThrow().offset()) {
            return new Page(List.of(), top, false, true, start());
        }
        List<Entry> found = entries().stream()
                .filter(entry -> entry.position().offset() > after.offset())
                .toList();
        boolean more = found.size() > limit;
        return new Page(more ? found.subList(0, limit) : found, top, more, false, start());
    }

    List<Entry> entries(long now) {
        trim(now);
        return entries();
    }

    private List<Entry> entries() {
        return entries.stream().map(Kept::entry).toList();
    }

    void renew(String present) {
        if (epoch.equals(present)) {
            epoch = newName();
            List<Kept> all = new ArrayList<>(entries);
            entries.clear();
            all.forEach(kept -> entries.addLast(new Kept(
                    new Entry(
                            new StreamPosition(epoch, kept.entry().position().offset()),
                            kept.entry().envelope()),
                    kept.bytes(),
                    kept.at())));
        }
    }

    /** As a failover does that knows nothing of the last entries. */
    void forgetLast(int messages) {
        for (int i = 0; i < messages && !entries.isEmpty(); i++) {
            bytes -= entries.removeLast().bytes();
            offset--;
        }
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    void rule(Rule rule, long now) {
        if (rule instanceof Rule.Freeze freeze) {
            frozen = freeze.frozen();
        } else if (rule instanceof Rule.SlowMode slow) {
            pause = slow.pause().toNanos();
        } else if (rule instanceof Rule.Mute mute) {
            mutedUntil.put(mute.user(), now + mute.time().toNanos());
        }
    }
}
