package io.channelbox.channel;

import io.channelbox.message.StreamPosition;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the stream of a new member begins.
 *
 * @param position the position before the first kept message that it gets; empty when nothing was ever kept
 * @param recovered whether it asked for what was said after a position, and gets all of it
 * @param loss what it asked for and does not get; then it gets nothing of it
 */
public record StreamStart(Optional<StreamPosition> position, boolean recovered, Optional<Loss> loss) {

    /** Refuses missing parts. */
    public StreamStart {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(loss, "loss");
    }
}
