package io.channelbox.channel;

import io.channelbox.message.Frame;
import java.util.Optional;

/**
 * Sees what passes a channel, and may change or swallow it. Interceptors are given to the box's builder: what comes in
 * passes them in that order, what goes out in the reverse order. Every method does nothing unless overridden.
 */
public interface ChannelInterceptor {

    /**
     * Sees a channel that was opened, before its consumer does. It may block. Throwing a {@link CloseException} refuses the
     * channel with that status, a {@link io.channelbox.message.PeerException} with 1008, anything else with 1011; its
     * consumer then never hears of it.
     */
    default void onConnect(Channel channel) {}

    /**
     * Sees a frame from the peer before it is decoded, and answers the frame to go on with; empty swallows it. It may
     * block. A {@link io.channelbox.message.PeerException} is told to the peer.
     */
    default Optional<Frame> onInbound(Channel channel, Frame frame) {
        return Optional.of(frame);
    }

    /**
     * Sees a frame to the peer, and answers the frame to send; empty swallows it, which counts as sent. It is called in the middle of
     * broadcasts, on any thread: it must be quick, and must not call the box.
     */
    default Optional<Frame> onOutbound(Channel channel, Frame frame) {
        return Optional.of(frame);
    }

    /** Sees that a channel has ended, after its consumer did; also when it was refused. It may block. */
    default void onDisconnect(Channel channel, CloseStatus status) {}
}
