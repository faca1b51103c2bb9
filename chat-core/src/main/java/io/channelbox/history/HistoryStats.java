package io.channelbox.history;

import java.time.Instant;
import java.util.Optional;

/**
 * How much of a group's history there is.
 *
 * @param count the number of messages
 * @param bytes the bytes of their encoded payloads
 * @param oldest when the oldest one was sent
 * @param newest when the newest one was sent
 */
public record HistoryStats(long count, long bytes, Optional<Instant> oldest, Optional<Instant> newest) {

    /** Of a group that nothing is kept of. */
    public static final HistoryStats EMPTY = new HistoryStats(0, 0, Optional.empty(), Optional.empty());
}
