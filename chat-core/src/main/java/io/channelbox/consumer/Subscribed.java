package io.channelbox.consumer;

import io.channelbox.channel.StreamStart;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells a peer that it is subscribed to the topic of the envelope, and where its stream begins.
 *
 * @param position the position before the first kept message it gets; absent when none was ever kept
 * @param recovered whether it named a position, and gets everything since; absent for a peer that is told of no positions
 * @param lost what it gets nothing of, although it asked
 */
@TypeName("subscribed")
public record Subscribed(Optional<StreamPosition> position, Optional<Boolean> recovered, Optional<Missing> lost) {

    /**
     * What is missing.
     *
     * @param from the position the peer named
     * @param to the position from where the topic goes on; absent when nothing is known of it
     * @param cause {@code trimmed}, or {@code epoch}, see {@link Lost}
     */
    public record Missing(StreamPosition from, Optional<StreamPosition> to, String cause) {

        /** Refuses missing parts. */
        public Missing {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(cause, "cause");
        }
    }

    /** Refuses missing parts. */
    public Subscribed {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(recovered, "recovered");
        Objects.requireNonNull(lost, "lost");
    }

    static Subscribed at(StreamStart start) {
        return new Subscribed(
                start.position(), Optional.of(start.recovered()), start.loss().map(loss -> {
                    Lost lost = Lost.of(loss);
                    return new Missing(lost.from(), lost.to(), lost.cause());
                }));
    }
}
