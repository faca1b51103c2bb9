package io.channelbox.history;

import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Keeps histories in memory; they end with the process. Besides the retention of each group there is a bound for all of
 * them together, so that names that nobody uses again cost nothing for ever: when there are too many groups or they take too much heap, the
 * groups that nothing was said to for longest are forgotten whole, and begin a new epoch if they are used again.
 */
public final class InMemoryHistoryStore implements HistoryStore {

    private static final int MOST_GROUPS = 10_000;
    private static final long MOST_HEAP = 256L << 20;

    private final InstantSource clock;
    private final int mostGroups;
    private final long mostHeap;

    private final ConcurrentHashMap<GroupName, KeptStream> streams = new ConcurrentHashMap<>();
    private final AtomicLong heap = new AtomicLong();
    private final AtomicLong appends = new AtomicLong();
    private final AtomicBoolean forgetting = new AtomicBoolean();
    private final AtomicInteger nextScan = new AtomicInteger(1_024);

    /** Makes a store for at most 10,000 groups and about 256 MiB of heap, which tells ages by the system clock. */
    public InMemoryHistoryStore() {
        this(InstantSource.system());
    }

    /** Makes a store for at most 10,000 groups and about 256 MiB of heap, which tells ages by this clock. */
    public InMemoryHistoryStore(InstantSource clock) {
        this(clock, MOST_GROUPS, MOST_HEAP);
    }

    /** Makes a store for at most this many groups, and about this many bytes of heap. */
    public InMemoryHistoryStore(InstantSource clock, int mostGroups, long mostHeap) {
        this.clock = Objects.requireNonNull(clock, "clock");
        atLeastOne("mostGroups", mostGroups);
        atLeastOne("mostHeap", mostHeap);
        this.mostGroups = mostGroups;
        this.mostHeap = mostHeap;
    }

    private static void atLeastOne(String what, long most) {
        if (most < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, was " + most);
        }
    }

    @Override
    public List<StreamPosition> append(GroupName group, List<Message> messages, Retention retention) {
        List<StreamPosition> positions = List.of();
        while (positions.size() < messages.size()) { // a stream that was forgotten meanwhile takes nothing
            positions = streams.computeIfAbsent(group, name -> new KeptStream(heap))
                    .append(messages, retention, appends.incrementAndGet(), clock.instant());
        }
        makeRoom();
        return positions;
    }

    @Override
    public HistoryPage read(GroupName group, HistoryQuery query) {
        KeptStream stream = streams.get(group);
        return stream == null ? HistoryPage.ofUnknown(query) : stream.read(query, clock.instant());
    }

    @Override
    public HistoryStats stats(GroupName group) {
        KeptStream stream = streams.get(group);
        return stream == null ? HistoryStats.EMPTY : stream.stats(clock.instant());
    }

    @Override
    public Set<GroupName> groups() {
        var now = clock.instant();
        return streams.entrySet().stream()
                .filter(each -> each.getValue().stats(now).count() > 0)
                .map(each -> each.getKey())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void clear(GroupName group) {
        KeptStream stream = streams.get(group);
        if (stream != null) {
            stream.clear();
        }
    }

    @Override
    public void clearAll() {
        streams.values().forEach(KeptStream::clear);
    }

    /** Returns the number of groups anything is remembered of, if only where their positions go on. */
    public int rememberedGroups() {
        return streams.size();
    }

    private void makeRoom() {
        if (isWithinBounds() || !forgetting.compareAndSet(false, true)) {
            return;
        }
        try {
            forgetAged();
            if (streams.size() > mostGroups || heap.get() > mostHeap) {
                forgetLongestSilent();
            }
            nextScan.set(Math.max(1_024, 2 * streams.size()));
        } finally {
            forgetting.set(false);
        }
    }

    private boolean isWithinBounds() {
        int groups = streams.size();
        return groups <= mostGroups && heap.get() <= mostHeap && groups < nextScan.get();
    }

    /** Looks at all groups, but only when their number has doubled since the last look: a constant price per new group. */
    private void forgetAged() {
        var now = clock.instant();
        streams.forEach((group, stream) -> {
            if (stream.forgetIfAged(now)) {
                streams.remove(group, stream);
            }
        });
    }

    /** Goes a tenth below the bounds, so that the next look is not due at once. The group last written to always stays. */
    private void forgetLongestSilent() {
        record Candidate(GroupName group, KeptStream stream, long lastAppend) {}
        List<Candidate> candidates = streams.entrySet().stream()
                .map(each -> new Candidate(
                        each.getKey(), each.getValue(), each.getValue().lastAppend()))
                .sorted(Comparator.comparingLong(Candidate::lastAppend))
                .toList();
        for (Candidate candidate : candidates.subList(0, Math.max(0, candidates.size() - 1))) {
            if (streams.size() <= mostGroups - mostGroups / 10 && heap.get() <= mostHeap - mostHeap / 10) {
                return;
            }
            candidate.stream().forget();
            streams.remove(candidate.group(), candidate.stream());
        }
    }
}
