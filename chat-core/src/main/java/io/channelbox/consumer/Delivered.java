package io.channelbox.consumer;

import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.util.Objects;

/**
 * Tells the members of the topic of the envelope that everything up to this number has reached a user, on one device at least. A later
 * one replaces an earlier one. See {@link Topics#receipts()}.
 *
 * @param user who has it
 * @param offset the {@code seq} of the newest message that they have
 */
@TypeName("delivered")
public record Delivered(UserId user, long offset) {

    /** Refuses missing parts. */
    public Delivered {
        Objects.requireNonNull(user, "user");
    }
}
