package io.channelbox.broker;

import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.message.GroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The idempotency keys of what a store had kept before: by a server that ended between keeping and answering, or by an append
 * that failed after all was kept. For as long as such a key may be repeated, each group is read once, when the first
 * publication with a key comes to it.
 */
final class KeptKeys {

    private static final int FIRST_PAGE = 100; // most groups are quiet
    private static final int MOST = 20_000;

    private final HistoryStore store;
    private final RecentKeys keys;
    private final LongSupplier nanoTime;
    // Each group is added under its lane.
    private final Set<GroupName> read = ConcurrentHashMap.newKeySet();
    private volatile long until;

    KeptKeys(HistoryStore store, RecentKeys keys, LongSupplier nanoTime) {
        this.store = store;
        this.keys = keys;
        this.nanoTime = nanoTime;
        this.until = nanoTime.getAsLong();
        if (!(store instanceof InMemoryHistoryStore memory && memory.rememberedGroups() == 0)) {
            lookAgain();
        }
    }

    /** Something was given to the store, and nobody knows whether it was kept. */
    void lookAgain() {
        until = nanoTime.getAsLong() + RecentKeys.KEPT.toNanos();
        read.clear();
    }

    /**
     * Learns what may be needed to tell whether a publication was kept before.
     *
     * @throws io.channelbox.message.StoreException when the store cannot be read
     */
    void learnFor(Publication publication) {
        if (nanoTime.getAsLong() - until >= 0) {
            if (!read.isEmpty()) {
                read.clear();
            }
        } else if (publication.options().idempotencyKey().isPresent() && !read.contains(publication.group())) {
            learn(publication.group(), publication.sentAt());
            read.add(publication.group());
        }
    }

    private void learn(GroupName group, Instant now) {
        int learned = 0;
        HistoryPage page = store.read(group, HistoryQuery.latest(FIRST_PAGE));
        while (addAll(page.entries(), now)) {
            learned += page.entries().size();
            if (!page.more() || learned >= MOST) {
                return;
            }
            page = store.read(group, HistoryQuery.before(page.entries().get(0).position(), HistoryQuery.LARGEST));
        }
    }

    /** Adds them, the newest first, and tells whether earlier ones may be young enough too. */
    private boolean addAll(List<HistoryEntry> entries, Instant now) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            HistoryEntry entry = entries.get(i);
            Duration age = Duration.between(entry.message().sentAt(), now);
            if (age.compareTo(RecentKeys.KEPT) >= 0) {
                return false;
            }
            keys.addKept(entry, age.isNegative() ? Duration.ZERO : age);
        }
        return !entries.isEmpty();
    }

    /** Returns how many groups are remembered as read. */
    int size() {
        return read.size();
    }
}
