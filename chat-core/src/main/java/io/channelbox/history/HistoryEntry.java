package io.channelbox.history;

import io.channelbox.message.Message;
import io.channelbox.message.StreamPosition;
import java.util.Objects;

/** A kept message and where it stands in its group. */
public record HistoryEntry(StreamPosition position, Message message) {

    /** Refuses missing parts. */
    public HistoryEntry {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(message, "message");
    }
}
