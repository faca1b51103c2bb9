package io.channelbox.channel;

import java.util.Objects;

/**
 * How much may wait for one channel. A frame that nothing waits before is always taken, however large.
 *
 * @param bytes the largest sum of the sizes of the waiting frames
 * @param frames the largest number of waiting frames
 * @param policy what happens beyond that
 */
public record OutboxLimits(long bytes, int frames, OverflowPolicy policy) {

    /** 1 MiB in at most 16,384 frames; beyond that the channel is closed. */
    public static final OutboxLimits DEFAULT = new OutboxLimits(1 << 20, 16_384, OverflowPolicy.CLOSE);

    /** Refuses bounds below 1. */
    public OutboxLimits {
        atLeastOne("bytes", bytes);
        atLeastOne("frames", frames);
        Objects.requireNonNull(policy, "policy");
    }

    private static void atLeastOne(String what, long most) {
        if (most < 1) {
            throw new IllegalArgumentException(
                    what + " of an outbox must be at least 1, was " + most + ". One frame is taken in any case.");
        }
    }

    /** Returns the same limits, with this many bytes. */
    public OutboxLimits withBytes(long most) {
        return new OutboxLimits(most, frames, policy);
    }

    /** Returns the same limits, with this many frames. */
    public OutboxLimits withFrames(int most) {
        return new OutboxLimits(bytes, most, policy);
    }

    /** Returns the same limits, with this policy. */
    public OutboxLimits withPolicy(OverflowPolicy other) {
        return new OutboxLimits(bytes, frames, other);
    }
}
