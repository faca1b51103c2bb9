package io.channelbox.consumer;

import io.channelbox.channel.CatchUp;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import java.util.Optional;

/**
 * What a peer sends to subscribe to the topic of the envelope.
 *
 * @param position where it was before: it gets what was said since, or is told that it cannot
 * @param last so many of the newest messages, 1 to 1,000; where there is a position too, the position counts
 */
@TypeName("subscribe")
public record Subscribe(Optional<StreamPosition> position, Optional<Integer> last) {

    private static final int LONGEST_EPOCH = 100;

    /** Refuses what no history has. */
    public Subscribe {
        if (last.filter(messages -> messages < 1 || messages > 1_000).isPresent()) {
            throw new IllegalArgumentException("last must be 1 to 1000");
        }
        if (position.filter(at -> at.epoch().length() > LONGEST_EPOCH).isPresent()) {
            throw new IllegalArgumentException("the epoch is too long");
        }
    }

    CatchUp wanted() {
        return position.map(CatchUp::since)
                .orElseGet(() -> last.map(CatchUp::latest).orElse(CatchUp.NOTHING));
    }
}
