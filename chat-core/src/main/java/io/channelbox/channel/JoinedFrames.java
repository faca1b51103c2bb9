package io.channelbox.channel;

import io.channelbox.message.Frame;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was joined just now. A burst in a group waits for each of its members, and is joined for the first of them: the others are
 * sent the same frames, with their bytes and their text. Safe for use by many threads.
 */
final class JoinedFrames {

    private static final int SLOTS = 64; // a power of two

    // Two threads may join the same twice. Held weakly, so that all of it goes with the next collection.
    private final AtomicReferenceArray<@Nullable WeakReference<Joined>> recent = new AtomicReferenceArray<>(SLOTS);

    /** The very frames that waited, and what was made of them. */
    private record Joined(List<Frame> waiting, List<Frame> fewer) {

        boolean isOf(List<Frame> frames) {
            if (frames.size() != waiting.size()) {
                return false;
            }
            for (int i = 0; i < frames.size(); i++) {
                if (frames.get(i) != waiting.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Returns as few frames as these fit into: the same ones to all for whom the same frames wait. */
    List<Frame> of(List<Frame> frames) {
        int slot = slotOf(frames);
        WeakReference<Joined> known = recent.get(slot);
        Joined joined = known == null ? null : known.get();
        if (joined == null || !joined.isOf(frames)) {
            joined = new Joined(List.copyOf(frames), new Joining().of(frames));
            recent.set(slot, new WeakReference<>(joined));
        }
        return joined.fewer();
    }

    private static int slotOf(List<Frame> frames) {
        int first = System.identityHashCode(frames.get(0));
        int last = System.identityHashCode(frames.get(frames.size() - 1));
        int hash = (first * 31 + last) * 31 + frames.size();
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }
}
