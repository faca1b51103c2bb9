package io.channelbox.consumer;

import io.channelbox.channel.Loss;
import io.channelbox.channel.StreamStart;
import io.channelbox.channel.StreamWords;
import io.channelbox.codec.Envelope;
import java.util.Optional;

/** What a peer is told of its subscription. */
record SubscriptionWords(Envelope envelope) implements StreamWords {

    private static final String UNAVAILABLE = "unavailable";
    private static final long RETRY_AFTER_MILLIS = 1_000;

    @Override
    public Object started(StreamStart start) {
        return Subscribed.at(start);
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
