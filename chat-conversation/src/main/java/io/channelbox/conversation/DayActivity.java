package io.channelbox.conversation;

import java.time.LocalDate;
import java.util.Objects;

/**
 * What was said on one day.
 *
 * @param day of UTC
 * @param messages how many were said, those included that were deleted since
 * @param authors how many people said them
 */
public record DayActivity(LocalDate day, long messages, long authors) {

    /** Refuses a missing day. */
    public DayActivity {
        Objects.requireNonNull(day, "day");
    }
}
