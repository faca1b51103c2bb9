package io.channelbox.channel;

import io.channelbox.codec.Codec;
import io.channelbox.codec.Envelope;
import io.channelbox.history.HistoryEntry;
import io.channelbox.message.Frame;
import io.channelbox.message.StreamPosition;
import org.jspecify.annotations.Nullable;

/** A kept message and its frame in each format it was replayed in so far, for all members who missed it. Safe for use by several threads. */
final class KeptEntry {

    private record Written(
            String format, Frame frame, @Nullable Written next) {}

    private final HistoryEntry entry;
    // Replaced as a whole, never changed. Two threads may write one format twice, and it comes out equal.
    private volatile @Nullable Written written;

    KeptEntry(HistoryEntry entry) {
        this.entry = entry;
    }

    StreamPosition position() {
        return entry.position();
    }

    long offset() {
        return entry.position().offset();
    }

    int size() {
        return entry.message().size();
    }

    /** Returns the frame that the members of the topic got when it was said. */
    Frame inTopic(Codec<?> codec) {
        String format = codec.format();
        for (Written made = written; made != null; made = made.next) {
            if (made.format.equals(format)) {
                return made.frame;
            }
        }
        Envelope envelope = Envelope.NONE.topic(entry.message().group().value()).seq(offset());
        Frame frame = codec.wrap(codec.restore(entry.message().payload()), envelope);
        written = new Written(format, frame, written);
        return frame;
    }
}
