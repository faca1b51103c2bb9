package io.channelbox.channel;

import io.channelbox.broker.Deliveries;
import io.channelbox.broker.PublishResult;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a broadcast.
 *
 * @param message the id of the message; a repeated one has the id it got first
 * @param published whether it was kept, told only, or had been said before, and to how many
 */
public record BroadcastResult(MessageId message, PublishResult published) {

    /** Refuses missing parts. */
    public BroadcastResult {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(published, "published");
    }

    /** Returns how many members on this node have it on its way. */
    public int queued() {
        return published.deliveries().queued();
    }

    /** Returns how many members on this node do not get it because too much was waiting for them. */
    public int dropped() {
        return published.deliveries().dropped();
    }

    /** Returns how many members on this node do not get it because they are closing. */
    public int closed() {
        return published.deliveries().closed();
    }

    /** Tells whether nobody on this node was there to get it. */
    public boolean reachedNobody() {
        return published.deliveries().equals(Deliveries.NONE);
    }

    /** Tells whether it had been said before, with the same idempotency key. */
    public boolean isRepeated() {
        return published instanceof PublishResult.Duplicate;
    }

    /** Returns where it is kept; empty when it is not. */
    public Optional<StreamPosition> position() {
        return published.keptAt();
    }
}
