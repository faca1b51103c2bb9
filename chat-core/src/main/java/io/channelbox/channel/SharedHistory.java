package io.channelbox.channel;

import io.channelbox.history.History;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What members of this node read of histories when they come: whoever asks for what somebody else has just read, or is
 * reading, gets the same page. A page is shared until something more is kept of the group, and for one second at most.
 *
 * <p>A member asks when it is in the registry and the group is watched. What was delivered before that has ended the sharing
 * of what was read before it; what is delivered later, the member holds.
 */
final class SharedHistory {

    private static final int PAGE = 500;
    // Members that were at nearby positions ask from the same one, and skip what they have.
    private static final int ALIGNED = 100;
    private static final long SHARED_NANOS = 1_000_000_000;
    private static final long MOST_BYTES = 32 << 20;
    private static final int BYTES_PER_PAGE = 1_024;

    private record Shelf(long madeAt, ConcurrentHashMap<HistoryQuery, CompletableFuture<KeptPage>> pages) {}

    private final History history;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<GroupName, Shelf> shelves = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong(); // put on shelves since all were emptied

    SharedHistory(History history, LongSupplier nanoTime) {
        this.history = history;
        this.nanoTime = nanoTime;
    }

    /** What was read of the group is not shared any more: there is something new, or nobody will tell when there is. */
    void changed(GroupName group) {
        shelves.remove(group);
    }

    /** Nothing of what was read is shared any more. */
    void allChanged() {
        shelves.clear();
    }

    /** Forgets what is too old to be shared: most groups are silent for long when everybody has come. */
    void sweep() {
        long now = nanoTime.getAsLong();
        shelves.values().removeIf(shelf -> now - shelf.madeAt() > SHARED_NANOS);
        if (shelves.isEmpty()) {
            bytes.set(0);
        }
    }

    /** Returns the number of groups anything is remembered of. */
    int size() {
        return shelves.size();
    }

    /** Returns what was kept after a position. */
    KeptPage after(GroupName group, StreamPosition position) {
        long before = position.offset() - position.offset() % ALIGNED;
        KeptPage page = read(group, HistoryQuery.after(new StreamPosition(position.epoch(), before), PAGE));
        if (before < position.offset() && page.gap()) { // perhaps only what this member knows is gone
            return read(group, HistoryQuery.after(position, PAGE));
        }
        return isBeyond(position, page.top()) ? page.asGap() : page.after(position.offset());
    }

    private static boolean isBeyond(StreamPosition position, Optional<StreamPosition> top) {
        return top.isEmpty() || !position.isAtOrBefore(top.get());
    }

    /** Returns the newest messages. */
    KeptPage latest(GroupName group, int messages) {
        return read(group, HistoryQuery.latest(messages));
    }

    /** Returns where the stream of the group stands. */
    KeptPage top(GroupName group) {
        return new KeptPage(List.of(), latest(group, 1).top(), false, false);
    }

    private KeptPage read(GroupName group, HistoryQuery query) {
        var mine = new CompletableFuture<KeptPage>();
        var pages = shelfOf(group).pages();
        CompletableFuture<KeptPage> theirs = pages.putIfAbsent(query, mine);
        if (theirs != null) {
            return join(theirs);
        }
        boolean read = false;
        try {
            HistoryPage page = history.read(group, query);
            KeptPage kept = KeptPage.of(page, query.after().isPresent() && page.more());
            mine.complete(kept);
            read = true;
            bound(kept);
            return kept;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            if (!read) {
                pages.remove(query, mine);
            }
        }
    }

    private static KeptPage join(CompletableFuture<KeptPage> theirs) {
        try {
            return theirs.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private Shelf shelfOf(GroupName group) {
        long now = nanoTime.getAsLong();
        return Objects.requireNonNull(shelves.compute(
                group,
                (name, shelf) -> shelf == null || now - shelf.madeAt() > SHARED_NANOS
                        ? new Shelf(now, new ConcurrentHashMap<>())
                        : shelf));
    }

    private void bound(KeptPage page) {
        long size = page.entries().stream().mapToLong(KeptEntry::size).sum();
        if (bytes.addAndGet(size + BYTES_PER_PAGE) > MOST_BYTES) {
            bytes.set(0);
            shelves.clear();
        }
    }
}
