package io.channelbox.broker;

import io.channelbox.history.History;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker of a single node: no other program, no thread hop. Publications of one group pass one at a time; those that
 * arrive while a slow store is busy are appended together, so a caller returns when its message is durable and a busy
 * group is not held to one message per disk write.
 *
 * <p>What was published under an idempotency key is remembered for five minutes. Of what was kept, a new broker with the same
 * store learns it again: each group is read once for that, back to five minutes before, and at most its newest 20,000 messages.
 *
 * <p>Rules of groups are in memory: they hold for as long as the process lives.
 */
public final class LocalBroker implements Broker {

    private static final Logger log = LoggerFactory.getLogger(LocalBroker.class);
    private static final int LANES = 256;

    private final HistoryStore store;
    private final Lane[] lanes = new Lane[LANES];
    private final Set<GroupName> watched = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Receiver> receiver = new AtomicReference<>();
    private final RecentKeys keys;
    private final KeptKeys kept;
    private final GroupRules rules;
    // Set while this thread is inside a receiver, where publishing would break the order or deadlock.
    private final ThreadLocal<Boolean> delivering = ThreadLocal.withInitial(() -> false);

    /** Makes a broker that keeps histories in memory. */
    public LocalBroker() {
        this(new InMemoryHistoryStore());
    }

    /** Makes a broker that keeps histories in this store. */
    public LocalBroker(HistoryStore store) {
        this(store, System::nanoTime);
    }

    /** Makes a broker that keeps histories in this store and forgets idempotency keys, and ends mutes, by this clock of nanoseconds. */
    public LocalBroker(HistoryStore store, LongSupplier nanoTime) {
        this.store = Objects.requireNonNull(store, "store");
        Objects.requireNonNull(nanoTime, "nanoTime");
        this.keys = new RecentKeys(nanoTime);
        this.kept = new KeptKeys(store, keys, nanoTime);
        this.rules = new GroupRules(nanoTime);
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new Lane(this::carry, this::flush, !(store instanceof InMemoryHistoryStore));
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
        return laneOf(publication.group()).publish(publication);
    }

    private Lane laneOf(GroupName group) {
        int hash = group.hashCode();
        return lanes[(hash ^ hash >>> 16) & LANES - 1];
    }

    @Override
    public void rule(GroupName group, Rule rule) {
        Objects.requireNonNull(rule, "rule");
        if (delivering.get()) {
            throw new IllegalStateException(
                    "A rule was changed from inside a broadcast. Hand it to an executor instead.");
        }
        laneOf(group).alone(() -> rules.change(group, rule));
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

    /** Carries what waits in one lane, in its order: what can be is appended in one step. One thread at a time for each lane. */
    private void carry(List<Pending> waiting) {
        List<Pending> together = new ArrayList<>();
        for (Pending next : waiting) {
            if (!canBeAppendedWith(together, next)) {
                carryKept(together);
                together.clear();
            }
            Optional<PublishResult> repeated = answerToRepeated(next);
            if (next.isDone()) {
                continue; // it could not be told whether it is one
            }
            Optional<PublishResult> answer = repeated.or(() -> rules.refusalOf(next.publication()));
            if (answer.isPresent()) {
                next.succeed(answer.get());
            } else if (next.publication().keep().isPresent()) {
                together.add(next);
            } else {
                next.succeed(new PublishResult.Sent(deliver(next.publication(), Optional.empty())));
                noteSaid(next, Optional.empty());
            }
        }
        carryKept(together);
    }

    private Optional<PublishResult> answerToRepeated(Pending next) {
        try {
            kept.learnFor(next.publication());
            return keys.answerTo(next);
        } catch (RuntimeException e) {
            next.fail(e);
        } catch (Error e) {
            next.fail(new StoreException("The history store failed", e));
        }
        return Optional.empty();
    }

    private void noteSaid(Pending said, Optional<StreamPosition> position) {
        keys.add(said, position);
        rules.said(said.publication());
    }

    private boolean canBeAppendedWith(List<Pending> together, Pending next) {
        if (together.isEmpty()) {
            return true;
        }
        Publication first = together.get(0).publication();
        return next.publication().group().equals(first.group())
                && next.publication()
                        .keep()
                        .map(Publication.Keep::retention)
                        .equals(first.keep().map(Publication.Keep::retention))
                && together.stream().noneMatch(next::repeats)
                && !rules.isSlow(first.group()); // who has just spoken is known only when it is appended
    }

    private void carryKept(List<Pending> together) {
        if (together.isEmpty()) {
            return;
        }
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
            lookAgainFor(together);
            together.forEach(pending -> pending.fail(e));
            return;
        } catch (Error e) { // those who only waited for this thread are not to wait in vain
            lookAgainFor(together);
            together.forEach(pending -> pending.fail(new StoreException("The history store failed", e)));
            return;
        }
        if (!positions.isEmpty() && positions.size() != messages.size()) {
            var broken = new IllegalStateException("The history store gave " + positions.size() + " positions for "
                    + messages.size() + " messages. It must give one for each, or none when it keeps nothing.");
            together.forEach(pending -> pending.fail(broken));
            return;
        }
        for (int i = 0; i < together.size(); i++) {
            Optional<StreamPosition> position = positions.isEmpty() ? Optional.empty() : Optional.of(positions.get(i));
            Pending pending = together.get(i);
            Deliveries deliveries = deliver(pending.publication(), position);
            noteSaid(pending, position);
            pending.succeed(
                    position.isPresent()
                            ? new PublishResult.Appended(position.get(), deliveries)
                            : new PublishResult.Sent(deliveries));
        }
    }

    private void lookAgainFor(List<Pending> failed) {
        if (failed.stream().anyMatch(pending -> pending.key().isPresent())) {
            kept.lookAgain(failed.get(0).publication().group()); // they are all for one
        }
    }

    private void flush() {
        Receiver here = receiver.get();
        if (here != null) {
            here.flush();
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
        } catch (RuntimeException | Error e) {
            if (position.isEmpty()) {
                throw e;
            }
            log.error(
                    "{} was kept, and reaches nobody here", publication.id(), e); // who publishes knows that it is kept
            return Deliveries.NONE;
        } finally {
            delivering.set(false);
        }
    }
}
