package io.channelbox.consumer;

import io.channelbox.channel.Loss;
import io.channelbox.channel.StreamStart;
import io.channelbox.channel.StreamWords;
import io.channelbox.message.TypeName;
import java.util.Optional;

/** What a peer is told of its subscription. */
enum SubscriptionWords implements StreamWords {
    PLAIN,
    /** For one that keeps in mind where it is. */
    FOLLOWING;

    /** Without a word about positions. */
    @TypeName("subscribed")
    record Plainly() {}

    private static final String UNAVAILABLE = "unavailable";
    private static final long RETRY_AFTER_MILLIS = 1_000;

    @Override
    public boolean follows() {
        return this == FOLLOWING;
    }

    @Override
    public Object started(StreamStart start) {
        return follows() ? Subscribed.at(start) : new Plainly();
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
