package io.channelbox.consumer;

import io.channelbox.channel.Loss;
import io.channelbox.channel.StreamStart;
import io.channelbox.channel.StreamWords;
import io.channelbox.codec.Envelope;
import io.channelbox.message.TypeName;
import java.util.Optional;

/**
 * What a peer is told of its subscription.
 *
 * @param follows whether it keeps in mind where it is
 */
record SubscriptionWords(Envelope envelope, boolean follows) implements StreamWords {

    /** Without a word about positions. */
    @TypeName("subscribed")
    record Plainly() {}

    private static final String UNAVAILABLE = "unavailable";
    private static final long RETRY_AFTER_MILLIS = 1_000;

    @Override
    public Object started(StreamStart start) {
        return follows ? Subscribed.at(start) : new Plainly();
    }

    @Override
    public Object lost(Loss loss) {
        return Lost.of(loss);
    }

    @Override
    public Object broken() {
        return new TopicError(
                UNAVAILABLE,
                "the rest cannot be read now: subscribe again",
                Optional.empty(),
                Optional.of(RETRY_AFTER_MILLIS));
    }
}
