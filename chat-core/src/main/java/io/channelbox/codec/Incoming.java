package io.channelbox.codec;

import java.util.Optional;

/**
 * A frame that a codec has opened: what surrounds the message is known, the message itself is read when it is asked for.
 *
 * @param <M> what the message becomes
 */
public interface Incoming<M> {

    /** Returns what the discriminator says; empty where frames have none. */
    Optional<String> type();

    /** Returns the peer's own word for this frame, which its answer carries. */
    Optional<String> ref();

    /** Returns the topic the frame belongs to. */
    Optional<String> topic();

    /**
     * Returns the peer's own id of the message, if it gave one: a frame with the same one says the same again, most often
     * because its answer was lost.
     */
    default Optional<String> idempotencyKey() {
        return Optional.empty();
    }

    /**
     * Reads the message.
     *
     * @throws io.channelbox.message.PeerException when it is not one that is read here; code and text are told to the peer
     */
    M message();

    /** Returns a message that nothing surrounds. */
    static <M> Incoming<M> bare(M message) {
        return new BareMessage<>(message);
    }
}
