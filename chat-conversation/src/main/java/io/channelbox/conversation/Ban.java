package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody who is kept out of a group.
 *
 * @param number which of all bans it is; later ones of the same conversation have larger numbers
 * @param by who banned them
 * @param until when it ends by itself; empty when somebody has to lift it
 */
public record Ban(
        long number,
        ConversationId conversation,
        UserId user,
        UserId by,
        String reason,
        Instant since,
        Optional<Instant> until) {

    /** Refuses missing parts. */
    public Ban {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
    }

    /** Tells whether it has not ended at this time. */
    public boolean holds(Instant now) {
        return until.map(now::isBefore).orElse(true);
    }

    Ban by(UserId other) {
        return new Ban(number, conversation, user, other, reason, since, until);
    }
}
