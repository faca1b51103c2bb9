package io.channelbox.channel;

import io.channelbox.message.Frame;

/**
 * What a transport offers for one connection. The library calls {@link #send} and {@link #ping} one at a time: never the
 * next one before the last has completed. What a transport hears, it tells its {@link Channel} (or the consumer session that
 * stands in front of it). {@code ConnectionContract} in chat-testkit states as tests what an implementation must do.
 */
public interface Connection {

    /**
     * Starts to send a frame and does not wait for the peer. It may be called on any thread. An exception or error counts as
     * {@link Completion#failed}.
     *
     * @param completion told once when the frame has left or failed, on any thread, also before this method returns
     */
    void send(Frame frame, Completion completion);

    /** Sends a ping. Unlike {@link #send} it may block; it is called on the box's executor. */
    void ping(Completion completion);

    /**
     * Closes the connection: with this status if the peer still listens, and without waiting for ever if it does not. It may
     * block and may be called more than once and during a send; it is called on the box's executor. The transport then tells
     * the channel that it has ended.
     *
     * @param status to be sent only when {@link CloseStatus#isSendable()}
     */
    void close(CloseStatus status);

    /** How a send ended. Only the first call counts. */
    interface Completion {

        /** The frame is out of our hands, which does not mean that the peer has it. */
        void succeeded();

        /** The frame could not be sent; the connection is of no more use. */
        void failed(Throwable cause);
    }
}
