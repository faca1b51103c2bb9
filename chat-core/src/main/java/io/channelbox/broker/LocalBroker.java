package io.channelbox.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.channelbox.history.History;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The broker of a single node: no other program, no thread hop. Publications of one group pass one at a time; those that
 * arrive while a slow store is busy are appended together, so a caller returns when its message is durable and a busy
 * group is not held to one message per disk write.
 */
public final class LocalBroker implements Broker {

    private static final int LANES = 256;
    private static final Duration KEYS_KEPT = Duration.ofMinutes(5);
    private static final long MOST_KEYS = 100_000;

    private final HistoryStore store;
    private final Lane[] lanes = new Lane[LANES];
    private final Set<GroupName> watched = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Receiver> receiver = new AtomicReference<>();
    private final Cache<Key, Optional<StreamPosition>> published;
    // Set while this thread is inside a receiver, where publishing would break the order or deadlock.
    private final ThreadLocal<Boolean> delivering = ThreadLocal.withInitial(() -> false);

    private record Key(GroupName group, Optional<UserId> sender, String key) {}

    /** Makes a broker that keeps histories in memory. */
    public LocalBroker() {
        this(new InMemoryHistoryStore());
    }

    /** Makes a broker that keeps histories in this store. */
    public LocalBroker(HistoryStore store) {
        this(store, System::nanoTime);
    }

    /** Makes a broker that keeps histories in this store and forgets idempotency keys by this clock of nanoseconds. */
    public LocalBroker(HistoryStore store, LongSupplier nanoTime) {
        this.store = Objects.requireNonNull(store, "store");
        Objects.requireNonNull(nanoTime, "nanoTime");
        this.published = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterWrite(KEYS_KEPT)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new Lane(this::carry);
        }
    }

    @Override
    public void start(Receiver only) {
        if (!receiver.compareAndSet(null, Objects.requireNonNull(only, "receiver"))) {
            throw new IllegalStateException("This broker belongs to a box already. Make one for each ChannelBox.");
        }
    }

    @Override
    public PublishResult publish(Publication publication) {
        if (delivering.get()) {
            throw new IllegalStateException("A broadcast was started from inside another one (an event listener, an"
                    + " interceptor, or a predicate of its options). Hand it to an executor instead.");
        }
        int hash = publication.group().hashCode();
        return lanes[(hash ^ hash >>> 16) & LANES - 1].publish(publication);
    }

    @Override
    public void watch(GroupName group) {
        watched.add(group);
    }

    @Override
    public void unwatch(GroupName group) {
        watched.remove(group);
    }

    @Override
    public History history() {
        return store;
    }

    @Override
    public void close() {}

    /** Carries what waits in one lane, in its order. Called by one thread at a time for each lane. */
    private void carry(List<Pending> waiting) {
        for (int i = 0; i < waiting.size(); ) {
            Pending first = waiting.get(i);
            if (first.publication().keep().isEmpty()
                    || first.publication().options().idempotencyKey().isPresent()) {
                carryOne(first);
                i++;
            } else {
                List<Pending> together = keptTogether(waiting, i);
                carryKept(together);
                i += together.size();
            }
        }
    }

    /** Returns the run of publications from an index on that can be appended in one step. */
    private static List<Pending> keptTogether(List<Pending> waiting, int from) {
        Publication first = waiting.get(from).publication();
        int to = from + 1;
        while (to < waiting.size() && canFollow(first, waiting.get(to).publication())) {
            to++;
        }
        return waiting.subList(from, to);
    }

    private static boolean canFollow(Publication first, Publication next) {
        return next.group().equals(first.group())
                && next.options().idempotencyKey().isEmpty()
                && next.keep()
                        .map(Publication.Keep::retention)
                        .equals(first.keep().map(Publication.Keep::retention));
    }

    private void carryOne(Pending pending) {
        Optional<String> idempotencyKey = pending.publication().options().idempotencyKey();
        if (idempotencyKey.isEmpty()) {
            carryNew(pending);
            return;
        }
        Publication publication = pending.publication();
        var key = new Key(publication.group(), publication.options().sender(), idempotencyKey.get());
        Optional<StreamPosition> original = published.getIfPresent(key);
        if (original != null) {
            pending.succeed(new PublishResult.Duplicate(original));
            return;
        }
        carryNew(pending);
        if (pending.hasSucceeded()) {
            published.put(key, pending.result().keptAt());
        }
    }

    private void carryNew(Pending pending) {
        if (pending.publication().keep().isPresent()) {
            carryKept(List.of(pending));
        } else {
            pending.succeed(new PublishResult.Sent(deliver(pending.publication(), Optional.empty())));
        }
    }

    private void carryKept(List<Pending> together) {
        List<Message> messages = new ArrayList<>(together.size());
        for (Pending pending : together) {
            Publication.Keep keep = pending.publication().keep().orElseThrow();
            messages.add(pending.publication().toMessage(keep.payload()));
        }
        Publication first = together.get(0).publication();
        List<StreamPosition> positions;
        try {
            positions = store.append(
                    first.group(), messages, first.keep().orElseThrow().retention());
        } catch (RuntimeException e) {
            together.forEach(pending -> pending.fail(e));
            return;
        }
        for (int i = 0; i < together.size(); i++) {
            Optional<StreamPosition> position = positions.isEmpty() ? Optional.empty() : Optional.of(positions.get(i));
            Pending pending = together.get(i);
            Deliveries deliveries = deliver(pending.publication(), position);
            pending.succeed(
                    position.isPresent()
                            ? new PublishResult.Appended(position.get(), deliveries)
                            : new PublishResult.Sent(deliveries));
        }
    }

    private Deliveries deliver(Publication publication, Optional<StreamPosition> position) {
        Receiver here = receiver.get();
        if (here == null || !watched.contains(publication.group())) {
            return Deliveries.NONE;
        }
        delivering.set(true);
        try {
            return here.receive(publication, position);
        } finally {
            delivering.set(false);
        }
    }
}
