package io.channelbox.conversation;

import java.time.Duration;
import java.util.Objects;

/**
 * When members may speak in a group. Admins may at any time.
 *
 * @param frozen whether only admins may
 * @param slowMode how long each waits from one message to their next; zero is not at all
 */
public record SpeechLimits(boolean frozen, Duration slowMode) {

    private static final Duration SLOWEST = Duration.ofDays(1);

    /** Everybody may speak at any time. */
    public static final SpeechLimits NONE = new SpeechLimits(false, Duration.ZERO);

    /**
     * Refuses a slow mode of less than nothing or more than a day.
     *
     * @throws io.channelbox.message.PeerException {@code invalid}, with the place
     */
    public SpeechLimits {
        Objects.requireNonNull(slowMode, "slowMode");
        if (slowMode.isNegative() || slowMode.compareTo(SLOWEST) > 0) {
            throw Texts.refusal("slow_mode", "must be from nothing to one day, was " + slowMode);
        }
    }

    /** Returns the same, where only admins speak, or everybody again. */
    public SpeechLimits frozen(boolean isFrozen) {
        return new SpeechLimits(isFrozen, slowMode);
    }

    /** Returns the same with this time between two messages of a member. */
    public SpeechLimits slowedTo(Duration time) {
        return new SpeechLimits(frozen, time);
    }
}
