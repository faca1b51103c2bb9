package io.channelbox.consumer;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.Subprotocols;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.ChannelInterceptor;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.channel.Opening;
import io.channelbox.codec.Codec;
import io.channelbox.message.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For transports: carries the events of one connection to its consumer, one at a time and in order, on the box's executor. The transport
 * calls it on any thread and never waits for the consumer, unless it lends it a thread by {@link #receiveHere}.
 */
public final class ConsumerSession {

    private static final Logger log = LoggerFactory.getLogger(ConsumerSession.class);
    private static final Duration LOOK_AROUND = Duration.ofMillis(500);

    /** What a waiting frame or event weighs besides its bytes: a flood of empty ones is a flood too. */
    private static final int OVERHEAD = 128;

    private final ChannelBox box;
    private final Channel channel;
    private final Mailbox mailbox;
    private final ConsumerOptions options;
    private final Callbacks<?> callbacks;
    private final Turns turns;
    private final Runnable greeting;
    private final Backlog backlog;
    private volatile boolean peerHasLeft;
    private boolean hasDisconnected; // guarded by this

    private <M> ConsumerSession(
            ChannelBox box,
            ChannelConsumer<M> consumer,
            Connection connection,
            Handshake handshake,
            AuthResult.Accepted accepted,
            ConsumerOptions options) {
        consumer.refuseSecondConnection();
        Codec<M> codec = consumer.codec();
        this.box = box;
        this.options = options;
        this.mailbox = new Mailbox(box.executor());
        this.backlog = new Backlog(options.largestBacklog());
        this.channel = box.open(connection, opening(accepted, codec, handshake, options));
        this.callbacks = new Callbacks<>(box, channel, consumer, codec, options);
        this.turns = new Turns(channel, mailbox, callbacks);
        this.greeting = options.tellingAuthentication()
                ? () -> channel.send(Refusal.frame(consumer, codec, accepted))
                : () -> {};
        consumer.attach(box, channel);
    }

    private static Opening opening(
            AuthResult.Accepted accepted, Codec<?> codec, Handshake handshake, ConsumerOptions options) {
        Opening opening = Opening.of(accepted.user(), codec).from(handshake).joiningInboxLater();
        if (accepted.expires().isPresent()) {
            opening = opening.authenticatedUntil(accepted.expires().get());
        }
        if (options.expires().isPresent()) {
            opening = opening.expiringAfter(options.expires().get());
        }
        if (options.joiningMessages()
                && handshake
                        .subprotocol()
                        .filter(Subprotocols.CHANNELBOX_V1::equals)
                        .isPresent()) {
            opening = opening.joiningMessages();
        }
        return options.tellingCompletion() ? opening.withTrailer(codec.encode(new GroupComplete())) : opening;
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
            AuthResult.Accepted accepted,
            ConsumerOptions options) {
        var session = new ConsumerSession(box, consumer, connection, handshake, accepted, options);
        try {
            session.mailbox.add(session::connect);
        } catch (RejectedExecutionException e) {
            session.channel.ended(CloseStatus.SERVER_ERROR);
            throw e;
        }
        session.channel.onClose(session::disconnectSoon);
        return session;
    }

    /** Opens a channel for a connection of a user whose credential does not end. */
    public static ConsumerSession open(
            ChannelBox box,
            ChannelConsumer<?> consumer,
            Connection connection,
            Handshake handshake,
            User user,
            ConsumerOptions options) {
        return open(box, consumer, connection, handshake, new AuthResult.Accepted(user, Optional.empty()), options);
    }

    /**
     * Tells a peer that it is refused, and closes its connection with the code of the refusal: for transports, where
     * {@link ConsumerOptions#tellingAuthentication()} says so. There is no channel, and nothing is to be told of what becomes of the
     * connection; the transport sees to it that a peer that reads nothing does not keep it.
     */
    public static void refuse(
            ChannelBox box, ChannelConsumer<?> consumer, Connection connection, AuthResult.Rejected rejected) {
        consumer.refuseSecondConnection();
        Refusal.tell(consumer, connection, rejected, box.executor());
    }

    private void disconnectSoon(CloseStatus status) {
        backlog.end();
        try {
            turns.end();
            mailbox.add(() -> disconnect(status));
        } catch (RejectedExecutionException e) { // better here, and perhaps beside another callback, than never
            disconnect(status);
        }
    }

    /** Returns the channel. */
    public Channel channel() {
        return channel;
    }

    /** Returns what the consumer last threw that was not meant for its peer: for tests, since listeners and peers are not told. */
    public Optional<Throwable> failure() {
        return callbacks.failure();
    }

    /** A whole message has come from the peer. The consumer works on the box's executor, and nobody waits for it. */
    public void receive(Frame frame) {
        if (takes(frame)) {
            mailbox.add(() -> handle(frame));
        }
    }

    /**
     * Like {@link #receive}, on the thread that reads from this peer, where that may block or the consumer {@link #neverBlocks()}: if the consumer has nothing else to do,
     * it works on the calling thread before this returns. Meanwhile the peer counts as heard, since nobody reads what it
     * sends. After a few callbacks the executor goes on; a reply that comes later is not waited for.
     */
    public void receiveHere(Frame frame) {
        if (takes(frame) && mailbox.queue(() -> handle(frame))) {
            channel.workOnReader(mailbox::workHere);
        }
    }

    /** Tells whether {@link #receiveHere} is for every thread, because the consumer says that it never blocks. */
    public boolean neverBlocks() {
        return options.neverBlocks();
    }

    private boolean takes(Frame frame) {
        if (!channel.isOpen()) {
            return false; // some containers go on handing over what comes after a close
        }
        channel.received();
        if (frame.size() > options.largestMessage()) {
            channel.close(CloseStatus.TOO_BIG);
            return false;
        }
        if (!backlog.add(weight(frame))) {
            overloaded();
            return false;
        }
        return true;
    }

    /** Answers whether the event will be heard. */
    private boolean tell(Object event) {
        if (!backlog.add(OVERHEAD)) {
            overloaded();
            return false;
        }
        mailbox.add(() -> hear(event));
        return true;
    }

    private void overloaded() {
        log.warn("Closing {}: it is sent more than its consumer works off", channel);
        channel.close(CloseStatus.OVERLOAD);
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
        channel.onEvent(this::tell); // before anything can make it a member, and behind nothing but this
        channel.workBegins();
        callbacks.guardConnecting(() -> {
            greeting.run();
            for (ChannelInterceptor interceptor : box.interceptors()) {
                interceptor.onConnect(channel);
            }
            callbacks.connect();
            box.inbox(channel.user().id()).join(channel);
        });
        channel.workEnds();
    }

    private void handle(Frame frame) {
        backlog.remove(weight(frame));
        if (callbacks.haveFailed() || !(channel.isOpen() || peerHasLeft)) {
            return;
        }
        turns.take(
                () -> {
                    callbacks.admit(frame);
                    return intercepted(frame).flatMap(callbacks::receive);
                },
                callbacks::finishFrame);
    }

    private void hear(Object event) {
        backlog.remove(OVERHEAD);
        if (callbacks.haveFailed() || !channel.isOpen()) {
            return;
        }
        turns.take(() -> callbacks.hear(event), () -> {});
    }

    private static int weight(Frame frame) {
        return frame.size() + OVERHEAD;
    }

    private Optional<Frame> intercepted(Frame frame) {
        Optional<Frame> passed = Optional.of(frame);
        for (ChannelInterceptor interceptor : box.interceptors()) {
            passed = passed.flatMap(next -> interceptor.onInbound(channel, next));
        }
        return passed;
    }

    private void disconnect(CloseStatus status) {
        if (!isFirstToDisconnect()) {
            return; // the executor refused this once, and it was done without
        }
        callbacks.guard(() -> callbacks.disconnect(status));
        List<ChannelInterceptor> interceptors = box.interceptors();
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            ChannelInterceptor interceptor = interceptors.get(i);
            callbacks.guard(() -> interceptor.onDisconnect(channel, status));
        }
    }

    private synchronized boolean isFirstToDisconnect() {
        boolean first = !hasDisconnected;
        hasDisconnected = true;
        return first;
    }
}
