package io.channelbox.consumer;

import io.channelbox.channel.BroadcastResult;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import java.util.Objects;
import java.util.Optional;

/**
 * What a peer is told that asked to hear of a message by a ref, when its handler answers nothing else.
 *
 * @param id the id of the message it led to
 * @param position where that message is kept
 */
@TypeName("ack")
public record Ack(Optional<MessageId> id, Optional<StreamPosition> position) {

    /** The message was handled, and that is all there is to say. */
    public static final Ack RECEIVED = new Ack(Optional.empty(), Optional.empty());

    /** Refuses missing parts. */
    public Ack {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(position, "position");
    }

    /** Returns what to tell of a broadcast; of a repeated one the same as the first time. */
    public static Ack of(BroadcastResult result) {
        return new Ack(Optional.of(result.message()), result.position());
    }
}
