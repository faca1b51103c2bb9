package io.channelbox.consumer;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.ChannelInterceptor;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.channel.Opening;
import io.channelbox.codec.Codec;
import io.channelbox.codec.UnsupportedFrameException;
import io.channelbox.event.ChatEvent;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For transports: carries the events of one connection to its consumer, one at a time and in order, on the box's executor. The transport
 * calls it on any thread and never waits for the consumer.
 */
public final class ConsumerSession {

    private static final Logger log = LoggerFactory.getLogger(ConsumerSession.class);
    private static final Duration LOOK_AROUND = Duration.ofMillis(500);

    private final ChannelBox box;
    private final Channel channel;
    private final Mailbox mailbox;
    private final ConsumerOptions options;
    private final Callbacks<?> callbacks;
    private final Backlog backlog;
    private volatile boolean peerHasLeft;

    private <M> ConsumerSession(
            ChannelBox box,
            ChannelConsumer<M> consumer,
            Connection connection,
            Handshake handshake,
            User user,
            ConsumerOptions options) {
        consumer.refuseSecondConnection();
        Codec<M> codec = consumer.codec();
        this.box = box;
        this.options = options;
        this.mailbox = new Mailbox(box.executor());
        this.backlog = new Backlog(options.largestBacklog());
        this.channel = box.open(connection, new Opening(user, codec, handshake, options.expires(), false));
        this.callbacks = new Callbacks<>(consumer, codec);
        consumer.attach(box, channel);
    }

    /**
     * Opens a channel for a connection and calls the consumer's {@code onConnect}.
     *
     * @throws IllegalStateException when the box is closed, or the consumer belongs to another connection
     */
    public static ConsumerSession open(
            ChannelBox box,
            ChannelConsumer<?> consumer,
            Connection connection,
            Handshake handshake,
            User user,
            ConsumerOptions options) {
        var session = new ConsumerSession(box, consumer, connection, handshake, user, options);
        try {
            session.mailbox.add(session::connect);
        } catch (RejectedExecutionException e) {
            session.channel.ended(CloseStatus.SERVER_ERROR);
            throw e;
        }
        session.channel.onClose(session::disconnectSoon);
        return session;
    }

    private void disconnectSoon(CloseStatus status) {
        backlog.end();
        try {
            mailbox.add(() -> disconnect(status));
        } catch (RejectedExecutionException e) { // better here, and perhaps beside another callback, than never
            disconnect(status);
        }
    }

    /** Returns the channel. */
    public Channel channel() {
        return channel;
    }

    /** A whole message has come from the peer. */
    public void receive(Frame frame) {
        if (!channel.isOpen()) {
            return; // some containers go on handing over what comes after a close
        }
        channel.received();
        if (frame.size() > options.largestMessage()) {
            channel.close(CloseStatus.TOO_BIG);
        } else if (!backlog.add(frame)) {
            log.warn("Closing {}: it sends faster than its consumer works", channel);
            channel.close(CloseStatus.OVERLOAD);
        } else {
            mailbox.add(() -> handle(frame));
        }
    }

    /** Tells whether more than half of what may wait for the consumer does, so that its peer should be slowed down. */
    public boolean isBusy() {
        return backlog.isHalfFull();
    }

    /**
     * Waits until the consumer is no longer busy, the channel has ended, or the time is over. For transports that can let the
     * thread wait that reads from the peer, so that TCP slows the peer down. Meanwhile the peer counts as heard.
     */
    public void awaitRoom(Duration atMost) {
        long begun = System.nanoTime();
        boolean goOn = true;
        while (goOn) {
            goOn = backlog.awaitRoom(LOOK_AROUND) && channel.isOpen() && System.nanoTime() - begun < atMost.toNanos();
            channel.heard();
        }
    }

    /** A sign of life has come from the peer: a pong, or a part of a message. */
    public void heard() {
        channel.heard();
    }

    /** The connection is gone, for this reason. What had come before is still handled. */
    public void closed(CloseStatus status) {
        if (channel.isOpen()) {
            peerHasLeft = true;
        }
        channel.ended(status);
    }

    private void connect() {
        callbacks.guard(() -> {
            try {
                for (ChannelInterceptor interceptor : box.interceptors()) {
                    interceptor.onConnect(channel);
                }
                callbacks.connect();
                box.inbox(channel.user().id()).join(channel);
            } catch (PeerException refusal) {
                callbacks.tell(refusal);
                throw new CloseException(CloseStatus.POLICY.because(refusal.text()));
            }
        });
    }

    private void handle(Frame frame) {
        backlog.remove(frame);
        if (!callbacks.haveFailed() && (channel.isOpen() || peerHasLeft)) {
            callbacks.guard(() -> intercepted(frame).ifPresent(callbacks::receive));
        }
    }

    private Optional<Frame> intercepted(Frame frame) {
        Optional<Frame> passed = Optional.of(frame);
        for (ChannelInterceptor interceptor : box.interceptors()) {
            passed = passed.flatMap(next -> interceptor.onInbound(channel, next));
        }
        return passed;
    }

    private void disconnect(CloseStatus status) {
        callbacks.guard(() -> callbacks.disconnect(status));
        List<ChannelInterceptor> interceptors = box.interceptors();
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            ChannelInterceptor interceptor = interceptors.get(i);
            callbacks.guard(() -> interceptor.onDisconnect(channel, status));
        }
    }

    /** The consumer and what its exceptions mean. */
    private final class Callbacks<M> {

        private final ChannelConsumer<M> consumer;
        private final Codec<M> codec;
        private int malformedInARow;
        private boolean hasBegun;
        private boolean failed;

        Callbacks(ChannelConsumer<M> consumer, Codec<M> codec) {
            this.consumer = consumer;
            this.codec = codec;
        }

        void connect() {
            hasBegun = true;
            consumer.onConnect(channel);
        }

        void receive(Frame frame) {
            M message;
            try {
                message = codec.decode(frame);
            } catch (UnsupportedFrameException e) {
                throw new CloseException(CloseStatus.UNSUPPORTED);
            } catch (PeerException e) {
                if (e.code().equals(PeerException.MALFORMED)) {
                    countMalformed(e);
                }
                throw e;
            }
            malformedInARow = 0;
            consumer.onReceive(channel, message);
        }

        private void countMalformed(PeerException e) {
            if (options.closingMalformed()) {
                throw new CloseException(CloseStatus.UNSUPPORTED.because(e.text()));
            }
            if (++malformedInARow > options.malformedInARow()) {
                throw new CloseException(CloseStatus.MALFORMED);
            }
        }

        /** A connection that an interceptor refused was never this consumer's. */
        void disconnect(CloseStatus status) {
            if (hasBegun) {
                consumer.onDisconnect(channel, status);
            }
        }

        /** Tells whether one of the callbacks has ended this channel: then nothing more is read, also of what came before. */
        boolean haveFailed() {
            return failed;
        }

        void tell(PeerException mistake) {
            box.tell(new ChatEvent.PeerErred(channel.id(), mistake.code()));
            channel.send(consumer.errorReply(mistake));
        }

        void guard(Runnable callback) {
            try {
                try {
                    callback.run();
                } catch (PeerException mistake) {
                    tell(mistake);
                }
            } catch (CloseException wish) {
                failed = true;
                channel.close(wish.status());
            } catch (RuntimeException | Error failure) { // whatever it is, it ends this channel and no other
                failed = true;
                log.error("{} failed, which ends {}", consumer.getClass().getName(), channel, failure);
                box.tell(new ChatEvent.ConsumerFailed(channel.id()));
                channel.close(CloseStatus.SERVER_ERROR);
            }
        }
    }
}
