package io.channelbox.broker;

import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Objects;

/** What holds for whoever speaks in a group as a user, on all nodes, from the next message on. */
public sealed interface Rule {

    /** Nobody may speak, or everybody may again. */
    record Freeze(boolean frozen) implements Rule {}

    /**
     * A user may not speak for this long.
     *
     * @param time zero when the user may again
     */
    record Mute(UserId user, Duration time) implements Rule {
        /** Refuses missing parts, and a time that is negative. */
        public Mute {
            Objects.requireNonNull(user, "user");
            checkTime("time", time);
        }
    }

    /**
     * Each user has to wait this long between two messages.
     *
     * @param pause zero when nobody has to
     */
    record SlowMode(Duration pause) implements Rule {
        /** Refuses a pause that is missing or negative. */
        public SlowMode {
            checkTime("pause", pause);
        }
    }

    private static void checkTime(String what, Duration time) {
        if (Objects.requireNonNull(time, what).isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, was " + time);
        }
    }
}
