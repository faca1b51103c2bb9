package io.channelbox.testkit;

import io.channelbox.codec.Envelope;
import java.util.Objects;

/**
 * A message and what surrounded it.
 *
 * <pre>{@code
 * assertEquals(new Received<>(new Said("ann", "hello"), Envelope.NONE.topic("room:lobby").seq(1)), lobby.receiveEnveloped(Said.class));
 * }</pre>
 *
 * @param message what was said
 * @param envelope its topic, its number, the ref it answers, and whose it is
 */
public record Received<T>(T message, Envelope envelope) {

    /** Refuses missing parts. */
    public Received {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(envelope, "envelope");
    }
}
