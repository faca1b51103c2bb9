package io.channelbox.consumer;

import io.channelbox.channel.Loss;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells a peer which messages of the topic of the envelope it will not get: those after one position, up to another, from
 * where the topic goes on. Comes in their place.
 *
 * @param from the position it was at
 * @param to the position it is at now; absent when nothing is known of the topic
 * @param cause {@code trimmed}: they were forgotten; {@code epoch}: the history began anew
 */
@TypeName("lost")
public record Lost(StreamPosition from, Optional<StreamPosition> to, String cause) {

    /** Refuses missing parts. */
    public Lost {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(cause, "cause");
    }

    static Lost of(Loss loss) {
        return new Lost(loss.from(), loss.to(), loss.cause().name().toLowerCase(Locale.ROOT));
    }
}
