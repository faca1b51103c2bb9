package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Objects;

/**
 * Somebody who may join a private group by themselves.
 *
 * @param number which of all of the store this is; later ones have larger numbers
 * @param by who has allowed it
 */
public record AllowedUser(long number, ConversationId conversation, UserId user, UserId by, Instant at) {

    /** Refuses missing parts. */
    public AllowedUser {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
    }

    AllowedUser allowedBy(UserId other) {
        return new AllowedUser(number, conversation, user, other, at);
    }
}
