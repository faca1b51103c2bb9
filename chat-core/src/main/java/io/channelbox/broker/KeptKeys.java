package io.channelbox.broker;

import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.message.GroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The idempotency keys of what a store had kept before: by a server that ended between keeping and answering, or by an append
 * that failed after all was kept. For as long as such a key may be repeated, each group it may be in is read once, when the
 * first publication with a key comes to it: after a start every group, after a failed append the one that it was for.
 */
final class KeptKeys {

    static final int MOST_DOUBTFUL = 10_000;
    private static final int MOST_READ = 100_000;
    private static final int FIRST_PAGE = 100; // most groups are quiet
    private static final int MOST = 20_000;

    private final HistoryStore store;
    private final RecentKeys keys;
    private final LongSupplier nanoTime;
    // What is of one group is changed under its lane; forgetting them all is right at any time while until is to come.
    private final Set<GroupName> read = ConcurrentHashMap.newKeySet();
    private final Map<GroupName, Long> doubtful = new ConcurrentHashMap<>();
    // Until then a group that was not read may hold such keys.
    private volatile long until;

    KeptKeys(HistoryStore store, RecentKeys keys, LongSupplier nanoTime) {
        this.store = store;
        this.keys = keys;
        this.nanoTime = nanoTime;
        this.until = nanoTime.getAsLong();
        if (!(store instanceof InMemoryHistoryStore memory && memory.rememberedGroups() == 0)) {
            until = end();
        }
    }

    /** Something for this group was given to the store, and nobody knows whether it was kept. */
    void lookAgain(GroupName group) {
        doubtful.put(group, end());
        read.remove(group);
        if (doubtful.size() > MOST_DOUBTFUL) {
            doubtful.values().removeIf(this::isOver);
        }
        if (doubtful.size() > MOST_DOUBTFUL) { // the store fails everywhere, so every group is as good as doubtful
            until = end();
            read.clear();
            doubtful.clear();
        }
    }

    /**
     * Learns what may be needed to tell whether a publication was kept before.
     *
     * @throws io.channelbox.message.StoreException when the store cannot be read
     */
    void learnFor(Publication publication) {
        boolean isAnyGroup = !isOver(until);
        if (!isAnyGroup && !read.isEmpty()) {
            read.clear();
        }
        GroupName group = publication.group();
        if (publication.options().idempotencyKey().isEmpty()
                || !(isDoubtful(group) || (isAnyGroup && !read.contains(group)))) {
            return;
        }
        learn(group, publication.sentAt());
        doubtful.remove(group);
        if (isAnyGroup) {
            if (read.size() >= MOST_READ) {
                read.clear();
            }
            read.add(group);
        }
    }

    private boolean isDoubtful(GroupName group) {
        Long end = doubtful.get(group);
        if (end == null) {
            return false;
        }
        if (isOver(end)) {
            doubtful.remove(group);
            return false;
        }
        return true;
    }

    private void learn(GroupName group, Instant now) {
        Deque<RecentKeys.Kept> young = new ArrayDeque<>();
        int seen = 0;
        HistoryPage page = store.read(group, HistoryQuery.latest(FIRST_PAGE));
        while (addYoung(page.entries(), now, young)) {
            seen += page.entries().size();
            if (!page.more() || seen >= MOST) {
                break;
            }
            page = store.read(group, HistoryQuery.before(page.entries().get(0).position(), HistoryQuery.LARGEST));
        }
        young.forEach(keys::addKept);
    }

    /** Adds them in front, the newest first, and tells whether earlier ones may be young enough too. */
    private static boolean addYoung(List<HistoryEntry> entries, Instant now, Deque<RecentKeys.Kept> young) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            HistoryEntry entry = entries.get(i);
            Duration age = Duration.between(entry.message().sentAt(), now);
            if (age.compareTo(RecentKeys.KEPT) >= 0) {
                return false;
            }
            RecentKeys.Kept.of(entry, age.isNegative() ? Duration.ZERO : age).ifPresent(young::addFirst);
        }
        return !entries.isEmpty();
    }

    private long end() {
        return nanoTime.getAsLong() + RecentKeys.KEPT.toNanos();
    }

    private boolean isOver(long end) {
        return nanoTime.getAsLong() - end >= 0;
    }

    /** Returns how many groups are remembered, as read or as doubtful. */
    int size() {
        return read.size() + doubtful.size();
    }
}
