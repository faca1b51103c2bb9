package io.channelbox.consumer;

import io.channelbox.channel.CatchUp;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import java.util.Optional;

/**
 * What a peer sends to subscribe to the topic of the envelope. One that names neither a position nor a number is told of no
 * positions: that it is subscribed is all it wants to know.
 *
 * @param position where it was before: it gets what was said since, or is told that it cannot; offset 0 of the epoch "" is the
 *     beginning, for a peer that was subscribed before anything was kept
 * @param last so many of the newest messages, 0 to 1,000; where there is a position too, the position counts
 */
@TypeName("subscribe")
public record Subscribe(Optional<StreamPosition> position, Optional<Integer> last) {

    private static final int LONGEST_EPOCH = 100;

    /** Refuses what no history has. */
    public Subscribe {
        if (last.filter(messages -> messages < 0 || messages > 1_000).isPresent()) {
            throw new IllegalArgumentException("last must be 0 to 1000");
        }
        if (position.filter(at -> at.epoch().length() > LONGEST_EPOCH).isPresent()) {
            throw new IllegalArgumentException("the epoch is too long");
        }
    }

    CatchUp wanted() {
        return position.map(CatchUp::since)
                .orElseGet(() -> last.filter(messages -> messages > 0)
                        .map(CatchUp::latest)
                        .orElse(CatchUp.NOTHING));
    }

    /** Tells whether the peer keeps in mind where it is. */
    boolean follows() {
        return position.isPresent() || last.isPresent();
    }
}
