package io.channelbox.history;

import io.channelbox.message.Payload;
import io.channelbox.message.StreamPosition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A page of a group's history.
 *
 * @param entries the messages, oldest first
 * @param top the position of the newest message ever kept of the group, whether or not it is on the page; empty when the store knows nothing of the group
 * @param more whether there are further messages in the direction that was asked for
 * @param gap whether messages after the position that was asked for are gone, because they were trimmed or the store began anew; such a page has no entries, since a part would look like the whole
 */
public record HistoryPage(List<HistoryEntry> entries, Optional<StreamPosition> top, boolean more, boolean gap) {

    /** The page of a group that nothing is known of. */
    public static final HistoryPage EMPTY = new HistoryPage(List.of(), Optional.empty(), false, false);

    private static final HistoryPage ALL_IS_GONE = new HistoryPage(List.of(), Optional.empty(), false, true);

    /** Returns the answer of a store that knows nothing of the group: to one who was told a position once, that what followed is gone. */
    static HistoryPage ofUnknown(HistoryQuery query) {
        return query.after().isPresent() ? ALL_IS_GONE : EMPTY;
    }

    /** Copies the entries. */
    public HistoryPage {
        entries = List.copyOf(entries);
        Objects.requireNonNull(top, "top");
    }

    /** Tells whether there is nothing on the page. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns what was said, oldest first. A JSON codec writes these into a larger object as they are. */
    public List<Payload> payloads() {
        return entries.stream().map(entry -> entry.message().payload()).toList();
    }
}
