package io.channelbox.history;

import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** What is kept of one group in memory. */
final class KeptStream {

    // What the objects around a small payload take on a 64-bit heap, and a payload as bytes and as the String made of
    // them.
    private static final int HEAP_PER_ENTRY = 400;
    private static final int HEAP_PER_BYTE = 2;

    private final AtomicLong heapOfAllStreams;
    private final String epoch = UUID.randomUUID().toString().substring(0, 8);

    // Guarded by this.
    private final ArrayDeque<HistoryEntry> entries = new ArrayDeque<>();
    private Retention retention = Retention.DEFAULT;
    private long bytes;
    private long lastOffset;
    private long lastAppend;
    private boolean forgotten;

    KeptStream(AtomicLong heapOfAllStreams) {
        this.heapOfAllStreams = heapOfAllStreams;
    }

    /** Returns the positions, or an empty list when this stream was forgotten and another one has to take the messages. */
    synchronized List<StreamPosition> append(
            List<Message> messages, Retention declared, long appendNumber, Instant now) {
        if (forgotten) {
            return List.of();
        }
        List<StreamPosition> positions = new ArrayList<>(messages.size());
        for (Message message : messages) {
            var position = new StreamPosition(epoch, ++lastOffset);
            entries.addLast(new HistoryEntry(position, message));
            count(message.size(), 1);
            positions.add(position);
        }
        retention = declared;
        lastAppend = appendNumber;
        trim(now);
        return positions;
    }

    synchronized HistoryPage read(HistoryQuery query, Instant now) {
        trim(now);
        Optional<StreamPosition> top = Optional.of(new StreamPosition(epoch, lastOffset));
        if (query.after().isPresent()) {
            return pageAfter(query.after().get(), query, top);
        }
        return newest(query, top);
    }

    private HistoryPage pageAfter(StreamPosition after, HistoryQuery query, Optional<StreamPosition> top) {
        if (isGap(after)) {
            return new HistoryPage(List.of(), top, false, true);
        }
        List<HistoryEntry> page = new ArrayList<>();
        Iterator<HistoryEntry> newestFirst = entries.descendingIterator();
        while (newestFirst.hasNext()) {
            HistoryEntry entry = newestFirst.next();
            if (entry.position().offset() <= after.offset()) {
                break;
            }
            if (query.wants(entry.message())) {
                page.add(entry);
            }
        }
        Collections.reverse(page);
        boolean more = page.size() > query.limit();
        return new HistoryPage(more ? page.subList(0, query.limit()) : page, top, more, false);
    }

    private boolean isGap(StreamPosition after) {
        if (!after.epoch().equals(epoch) || after.offset() > lastOffset) {
            return true;
        }
        long oldestKept = entries.isEmpty()
                ? lastOffset + 1
                : entries.getFirst().position().offset();
        return after.offset() + 1 < oldestKept;
    }

    private HistoryPage newest(HistoryQuery query, Optional<StreamPosition> top) {
        long below = query.before()
                .map(before -> before.epoch().equals(epoch) ? before.offset() : 0)
                .orElse(Long.MAX_VALUE);
        List<HistoryEntry> page = new ArrayList<>(Math.min(query.limit(), entries.size()));
        boolean more = false;
        Iterator<HistoryEntry> newestFirst = entries.descendingIterator();
        while (newestFirst.hasNext()) {
            HistoryEntry entry = newestFirst.next();
            if (entry.position().offset() < below && query.wants(entry.message())) {
                if (page.size() == query.limit()) {
                    more = true;
                    break;
                }
                page.add(entry);
            }
        }
        Collections.reverse(page);
        return new HistoryPage(page, top, more, false);
    }

    synchronized HistoryStats stats(Instant now) {
        trim(now);
        if (entries.isEmpty()) {
            return HistoryStats.EMPTY;
        }
        return new HistoryStats(
                entries.size(),
                bytes,
                Optional.of(entries.getFirst().message().sentAt()),
                Optional.of(entries.getLast().message().sentAt()));
    }

    synchronized void clear() {
        count(-bytes, -entries.size());
        entries.clear();
    }

    synchronized void forget() {
        clear();
        forgotten = true;
    }

    /** Forgets this stream when all it kept has grown too old, and tells so. */
    synchronized boolean forgetIfAged(Instant now) {
        trim(now);
        if (entries.isEmpty()) {
            forget();
        }
        return forgotten;
    }

    synchronized long lastAppend() {
        return lastAppend;
    }

    /** Count and bytes never take the newest message; age takes any. */
    private void trim(Instant now) {
        while (entries.size() > retention.count() || (bytes > retention.bytes() && entries.size() > 1)) {
            removeOldest();
        }
        Instant oldestKept = oldestKept(now);
        while (!entries.isEmpty() && entries.getFirst().message().sentAt().isBefore(oldestKept)) {
            removeOldest();
        }
    }

    /** An age that reaches back to before time began is no bound. */
    private Instant oldestKept(Instant now) {
        return retention.age().compareTo(Duration.between(Instant.EPOCH, now)) < 0
                ? now.minus(retention.age())
                : Instant.MIN;
    }

    private void removeOldest() {
        count(-entries.removeFirst().message().size(), -1);
    }

    private void count(long moreBytes, int moreEntries) {
        bytes += moreBytes;
        heapOfAllStreams.addAndGet(moreBytes * HEAP_PER_BYTE + (long) moreEntries * HEAP_PER_ENTRY);
    }
}
