package io.channelbox.broker;

import io.channelbox.codec.Envelope.Mark;
import io.channelbox.message.ChannelId;
import io.channelbox.message.UserId;
import java.util.Objects;
import java.util.Optional;

/**
 * Who said something, and on which connection, so that every recipient can be told whether it was their own.
 *
 * @param channel the connection
 * @param user the user; empty for a guest, who is nobody known
 */
public record Author(ChannelId channel, Optional<UserId> user) {

    /** Refuses missing parts. */
    public Author {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(user, "user");
    }

    /** Returns what a recipient is told. */
    public Mark markFor(Recipient recipient) {
        boolean current = recipient.id().equals(channel);
        boolean mine = user.isPresent() && user.get().equals(recipient.user().id());
        if (current) {
            return mine ? Mark.MINE_AND_CURRENT : Mark.CURRENT;
        }
        return mine ? Mark.MINE : Mark.NOT_MINE;
    }

    static Author of(Recipient recipient) {
        return new Author(
                recipient.id(),
                recipient.user().isGuest()
                        ? Optional.empty()
                        : Optional.of(recipient.user().id()));
    }
}
