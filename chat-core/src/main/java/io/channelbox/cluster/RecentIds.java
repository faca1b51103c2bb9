package io.channelbox.cluster;

import io.channelbox.message.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which message was at each of the last offsets of a stream: another one there means that the stream was set back. */
final class RecentIds {

    static final int MOST = 512;
    private static final int FEWEST = 8; // most groups are quiet

    private @Nullable MessageId[] ids = new @Nullable MessageId[FEWEST];
    private long last;
    private int count;

    /** Adds the message at the offset behind the last one, or begins anew there. */
    void add(long offset, MessageId id) {
        if (offset != last + 1) {
            clear();
        }
        if (count == ids.length && ids.length < MOST) {
            grow();
        }
        last = offset;
        count = Math.min(count + 1, ids.length);
        ids[slot(offset)] = id;
    }

    private void grow() {
        @Nullable MessageId[] larger = new @Nullable MessageId[ids.length * 4];
        for (long offset = last - count + 1; offset <= last; offset++) {
            larger[(int) (offset % larger.length)] = ids[slot(offset)];
        }
        ids = larger;
    }

    Optional<MessageId> at(long offset) {
        return offset > last - count && offset <= last ? Optional.ofNullable(ids[slot(offset)]) : Optional.empty();
    }

    /** Returns the offset before the first that is known. */
    long beforeFirst() {
        return last - count;
    }

    /** Returns all that are known, the oldest first. */
    List<MessageId> all() {
        List<MessageId> all = new ArrayList<>(count);
        for (long offset = last - count + 1; offset <= last; offset++) {
            at(offset).ifPresent(all::add);
        }
        return all;
    }

    void clear() {
        ids = new @Nullable MessageId[FEWEST];
        count = 0;
        last = 0;
    }

    private int slot(long offset) {
        return (int) (offset % ids.length);
    }
}
