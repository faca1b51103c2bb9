package io.channelbox.consumer;

import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.SendResult;
import io.channelbox.codec.Envelope;
import java.util.Optional;

/** One frame of the peer and what it is answered: every answer carries the peer's ref, and a ref is answered at least once. Used by one thread at a time. */
final class Exchange {

    private final Channel channel;
    private final Envelope envelope;
    private final FrameBroadcasts broadcasts;
    private boolean answered;

    private Exchange(Channel channel, Envelope envelope, FrameBroadcasts broadcasts) {
        this.channel = channel;
        this.envelope = envelope;
        this.broadcasts = broadcasts;
    }

    /** Returns an exchange that the peer has not begun. */
    static Exchange unasked(Channel channel) {
        return about(channel, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the answer to a frame. */
    static Exchange about(Channel channel, Optional<String> topic, Optional<String> ref, Optional<String> key) {
        Envelope envelope = topic.isEmpty() && ref.isEmpty()
                ? Envelope.NONE
                : new Envelope(topic, Envelope.NONE.seq(), ref, Optional.empty());
        return new Exchange(channel, envelope, new FrameBroadcasts(key));
    }

    /** Returns what is broadcast while the frame is handled. */
    FrameBroadcasts broadcasts() {
        return broadcasts;
    }

    SendResult reply(Object payload) {
        answered = true;
        return envelope.isEmpty() ? channel.send(payload) : channel.send(payload, envelope);
    }

    void answered() {
        answered = true;
    }

    /** Says what a handler returned. */
    void answer(Object value) {
        if (value instanceof Reply replies) {
            replies.payloads().forEach(this::reply);
        } else if (value instanceof BroadcastResult result) {
            acknowledge(Ack.of(result));
        } else {
            reply(value);
        }
    }

    /** Answers a ref that nothing else has answered, with what was broadcast first. */
    void finish() {
        if (!answered) {
            acknowledge(broadcasts.first().map(Ack::of).orElse(Ack.RECEIVED));
        }
    }

    private void acknowledge(Ack ack) {
        if (envelope.ref().isPresent()) {
            reply(ack);
        }
    }
}
