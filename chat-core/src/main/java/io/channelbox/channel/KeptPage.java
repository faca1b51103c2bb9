package io.channelbox.channel;

import io.channelbox.history.HistoryPage;
import io.channelbox.message.StreamPosition;
import java.util.List;
import java.util.Optional;

/**
 * A part of a group's history that is replayed in one go.
 *
 * @param entries the messages, oldest first, without holes
 * @param top the position of the newest message of the group
 * @param more whether there are further messages after these
 * @param gap whether what follows the position that was asked for is gone; then there are no entries
 */
record KeptPage(List<KeptEntry> entries, Optional<StreamPosition> top, boolean more, boolean gap) {

    // What waits for one member at most, of one topic, but for a single message that is larger.
    private static final long MOST_BYTES = 256 << 10;

    static KeptPage of(HistoryPage page, boolean more) {
        List<KeptEntry> all = page.entries().stream().map(KeptEntry::new).toList();
        return new KeptPage(all, page.top(), more, page.gap());
    }

    /** Returns what of this page comes after an offset. */
    KeptPage after(long offset) {
        int first = 0;
        while (first < entries.size() && entries.get(first).offset() <= offset) {
            first++;
        }
        return first == 0 ? this : new KeptPage(entries.subList(first, entries.size()), top, more, gap);
    }

    /** Returns the answer to one who asked for what comes after a position that this stream never had. */
    KeptPage asGap() {
        return new KeptPage(List.of(), top, false, true);
    }

    /** Returns the position up to which this page tells everything. */
    Optional<StreamPosition> end() {
        return more && !entries.isEmpty()
                ? Optional.of(entries.get(entries.size() - 1).position())
                : top;
    }

    /** Returns a page of nothing that is followed by these messages. Only for one that has some. */
    KeptPage putOff() {
        return new KeptPage(List.of(), start(), true, false);
    }

    /** Returns the position that is followed by what is on this page. */
    Optional<StreamPosition> start() {
        return entries.isEmpty()
                ? top
                : Optional.of(new StreamPosition(
                        entries.get(0).position().epoch(), entries.get(0).offset() - 1));
    }

    /** Returns the first of these messages, as many as may wait for a member at once. */
    KeptPage portion() {
        long bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += entries.get(i).size();
            if (bytes > MOST_BYTES && i > 0) {
                return new KeptPage(entries.subList(0, i), top, true, false);
            }
        }
        return this;
    }
}
