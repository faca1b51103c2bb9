package io.channelbox.testkit;

import io.channelbox.codec.Envelope;
import io.channelbox.codec.Envelope.Mark;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** Returns the ref it answers. */
    public Optional<String> ref() {
        return envelope.ref();
    }

    /** Returns the topic it was said in. */
    public Optional<String> topic() {
        return envelope.topic();
    }

    /** Returns its number within the topic. */
    public OptionalLong seq() {
        return envelope.seq();
    }

    /** Returns whose it is, from where the client stands. */
    public Optional<Mark> mark() {
        return envelope.mark();
    }
}
