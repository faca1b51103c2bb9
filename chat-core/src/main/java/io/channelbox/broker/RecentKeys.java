package io.channelbox.broker;

import io.channelbox.history.HistoryEntry;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What was published under which idempotency key in the last minutes. Of too many keys of one sender that sender's oldest are
 * forgotten, so that nobody makes the broker forget what others are about to repeat; of too many altogether, the oldest.
 */
final class RecentKeys {

    static final Duration KEPT = Duration.ofMinutes(5);
    static final int MOST = 200_000;
    static final int MOST_OF_A_SENDER = 1_000;
    private static final int FORGOTTEN_AT_ONCE = 100; // more than is added, and still next to nothing

    private final LongSupplier nanoTime;

    // Guarded by this, both with the oldest first; the second has those of the first that have a sender.
    private final Map<Pending.Key, Known> published = new LinkedHashMap<>();
    private final Map<UserId, Set<Pending.Key>> bySender = new HashMap<>();

    // Written under this, read without: whether there is anything that may be too old by now.
    private volatile boolean remembersAny;

    /** What was published, and when it may be published again, which is sooner for what an earlier broker had published. */
    private record Known(PublishResult.Duplicate answer, long until) {}

    /** What a store has kept under a key, and for how long. */
    record Kept(Pending.Key key, PublishResult.Duplicate answer, Duration age) {

        static Optional<Kept> of(HistoryEntry entry, Duration age) {
            Message message = entry.message();
            return message.idempotencyKey()
                    .map(text -> new Kept(
                            new Pending.Key(message.group(), message.sender(), text),
                            new PublishResult.Duplicate(message.id(), Optional.of(entry.position())),
                            age));
        }
    }

    RecentKeys(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns the answer to a publication that repeats an earlier one. Whatever is published, what is too old is forgotten by and by. */
    Optional<PublishResult> answerTo(Pending pending) {
        if (remembersAny) {
            forgetOldest();
        }
        return pending.key().flatMap(this::known).map(Known::answer);
    }

    void add(Pending pending, Optional<StreamPosition> position) {
        pending.key()
                .ifPresent(key -> add(
                        key, new PublishResult.Duplicate(pending.publication().id(), position), KEPT));
    }

    /** Adds what a store has kept; what is known already is the newer. To be called with the oldest first. */
    synchronized void addKept(Kept kept) {
        if (known(kept.key()).isEmpty()) {
            add(kept.key(), kept.answer(), KEPT.minus(kept.age()));
        }
    }

    private synchronized Optional<Known> known(Pending.Key key) {
        return Optional.ofNullable(published.get(key)).filter(this::isValid);
    }

    private synchronized void add(Pending.Key key, PublishResult.Duplicate answer, Duration time) {
        forget(key); // it becomes the newest
        published.put(key, new Known(answer, nanoTime.getAsLong() + time.toNanos()));
        key.sender().ifPresent(sender -> addTo(sender, key));
        remembersAny = true;
        forgetOldest();
    }

    private void addTo(UserId sender, Pending.Key key) {
        Set<Pending.Key> own = bySender.computeIfAbsent(sender, s -> new LinkedHashSet<>(2)); // most say little
        own.add(key);
        if (own.size() > MOST_OF_A_SENDER) {
            forget(own.iterator().next());
        }
    }

    /** Forgets the oldest that are too old or too many: a few at a time, as nobody is to wait for all. */
    private synchronized void forgetOldest() {
        for (int i = 0; i < FORGOTTEN_AT_ONCE; i++) {
            Iterator<Map.Entry<Pending.Key, Known>> oldest =
                    published.entrySet().iterator();
            if (!oldest.hasNext()) {
                remembersAny = false;
                return;
            }
            Map.Entry<Pending.Key, Known> next = oldest.next();
            if (published.size() <= MOST && isValid(next.getValue())) {
                return;
            }
            forget(next.getKey());
        }
    }

    private void forget(Pending.Key key) {
        if (published.remove(key) == null) {
            return;
        }
        key.sender()
                .ifPresent(sender -> bySender.computeIfPresent(sender, (s, own) -> {
                    own.remove(key);
                    return own.isEmpty() ? null : own;
                }));
    }

    private boolean isValid(Known known) {
        return nanoTime.getAsLong() - known.until() < 0;
    }

    /** Returns how many are remembered. */
    synchronized int size() {
        return published.size();
    }

    /** Returns of how many senders something is remembered. */
    synchronized int senders() {
        return bySender.size();
    }
}
