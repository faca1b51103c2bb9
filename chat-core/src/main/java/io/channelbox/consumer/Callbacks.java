package io.channelbox.consumer;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Incoming;
import io.channelbox.codec.UnsupportedFrameException;
import io.channelbox.event.ChatEvent;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.StoreException;
import io.channelbox.message.TooLargeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer, what is answered for it, and what its exceptions mean. Used by one thread at a time: that of the mailbox. */
final class Callbacks<M> {

    private static final Logger log = LoggerFactory.getLogger(ConsumerSession.class);
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final ChannelBox box;
    private final Channel channel;
    private final ChannelConsumer<M> consumer;
    private final Codec<M> codec;
    private final ConsumerOptions options;
    private final Exchange unasked;
    private Exchange exchange;
    private int malformedInARow;
    private boolean hasBegun;
    private boolean failed;
    private volatile @Nullable Throwable failure; // read by any thread

    Callbacks(ChannelBox box, Channel channel, ChannelConsumer<M> consumer, Codec<M> codec, ConsumerOptions options) {
        this.box = box;
        this.channel = channel;
        this.consumer = consumer;
        this.codec = codec;
        this.options = options;
        this.unasked = Exchange.unasked(channel);
        this.exchange = unasked;
    }

    void connect() {
        hasBegun = true;
        consumer.onConnect(channel);
        consumer.groups().forEach(consumer::join);
    }

    /** A connection that an interceptor refused was never this consumer's. */
    void disconnect(CloseStatus status) {
        if (hasBegun) {
            consumer.disconnect(channel, status);
        }
    }

    /** Tells whether one of the callbacks has ended this channel: then nothing more is read, also of what came before. */
    boolean haveFailed() {
        return failed;
    }

    /** Returns what was last thrown that was not meant for the peer. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Asks whether this peer may be heard now. The frame of one that may not is opened all the same, for the ref it is answered by. */
    void admit(Frame frame) {
        try {
            channel.admitMessage();
        } catch (PeerException refusal) {
            beginUnread(frame);
            throw refusal;
        }
    }

    private void beginUnread(Frame frame) {
        try {
            Incoming<M> incoming = codec.open(frame);
            begin(exchangeOf(incoming));
        } catch (PeerException unreadable) {
            log.debug("{} was refused a frame that could not be read either", channel);
        }
    }

    /** Begins with a frame. Returns what is to be waited for before it is finished. */
    Optional<CompletionStage<?>> receive(Frame frame) {
        Incoming<M> incoming = opened(frame);
        begin(exchangeOf(incoming));
        if (!consumer.isByItself(incoming)) {
            channel.used();
        }
        box.traffic().received(channel, incoming.type(), incoming.ref());
        FrameBroadcasts broadcasts = exchange.broadcasts();
        boolean isAwaited = false;
        broadcasts.begin();
        try {
            Object answer = box.traffic().during(channel, incoming.type(), () -> dispatch(frame, incoming));
            isAwaited = answer instanceof CompletionStage<?>;
            return waitFor(answer);
        } finally {
            broadcasts.pause(isAwaited);
        }
    }

    private Exchange exchangeOf(Incoming<M> incoming) {
        return Exchange.about(channel, consumer.topicOf(incoming), incoming.ref(), incoming.idempotencyKey());
    }

    /** Begins with an event. Returns what is to be waited for before it is finished. */
    Optional<CompletionStage<?>> hear(Object event) {
        return waitFor(consumer.dispatchEvent(channel, event));
    }

    private Optional<CompletionStage<?>> waitFor(Object answer) {
        if (answer instanceof CompletionStage<?> stage) {
            return Optional.of(stage);
        }
        exchange.answer(answer);
        return Optional.empty();
    }

    /** What was waited for is there. */
    void complete(Object answer) {
        exchange.answer(answer);
    }

    /** What was waited for has failed. */
    void fail(Throwable cause) {
        Throwable failure = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        throw new CompletionException(failure);
    }

    /** A frame is done with: a ref that nothing has answered is acknowledged. */
    void finishFrame() {
        if (!failed) {
            exchange.finish();
        }
        exchange.broadcasts().pause(false);
        begin(unasked);
        if (options.tellingCompletion()) {
            channel.send(new Complete());
        }
    }

    private void begin(Exchange next) {
        exchange = next;
        consumer.answering(next);
    }

    private Incoming<M> opened(Frame frame) {
        try {
            return codec.open(frame);
        } catch (UnsupportedFrameException e) {
            throw new CloseException(CloseStatus.UNSUPPORTED);
        } catch (PeerException e) {
            countMalformed(e);
            throw e;
        }
    }

    private Object dispatch(Frame frame, Incoming<M> incoming) {
        Object answer;
        try {
            answer = consumer.dispatch(channel, frame, incoming);
        } catch (PeerException e) {
            countMalformed(e);
            throw e;
        }
        malformedInARow = 0;
        return answer;
    }

    private void countMalformed(PeerException e) {
        if (!e.code().equals(PeerException.MALFORMED)) {
            malformedInARow = 0;
            return;
        }
        if (options.closingMalformed()) {
            throw new CloseException(CloseStatus.UNSUPPORTED.because(e.text()));
        }
        if (++malformedInARow > options.malformedInARow()) {
            throw new CloseException(CloseStatus.MALFORMED);
        }
    }

    /** Returns what is being answered; where the peer has asked for nothing, what is said belongs to the connection's topic. */
    private Exchange current() {
        Optional<String> topic = consumer.ownTopic();
        return exchange == unasked && topic.isPresent()
                ? Exchange.about(channel, topic, Optional.empty(), Optional.empty())
                : exchange;
    }

    void tell(PeerException mistake) {
        box.tell(new ChatEvent.PeerErred(channel.id(), mistake.code()));
        current().reply(consumer.errorReply(mistake));
    }

    /** Runs what a connection begins with. Whoever is refused is told why; where a store failed, that is to come again. */
    void guardConnecting(Runnable callback) {
        guard(() -> {
            try {
                callback.run();
            } catch (PeerException refusal) {
                tell(refusal);
                CloseStatus status =
                        refusal instanceof NotAllowedException ? CloseStatus.FORBIDDEN : CloseStatus.POLICY;
                throw new CloseException(status.because(refusal.text()));
            } catch (TooLargeException e) {
                log.warn("{} is refused: what it leads to is too large", channel, e);
                throw new CloseException(CloseStatus.POLICY.because("too large to be passed on"));
            } catch (StoreException e) { // it will pass
                log.warn("{} is told to come again: a store failed as it connected", channel, e);
                throw new CloseException(CloseStatus.OVERLOAD);
            }
        });
    }

    /**
     * Runs what a frame leads to. That a store failed is told, since the same frame may succeed in a moment; any other failure
     * where the options say so. Then the channel lives.
     */
    void guardFrame(Runnable callback) {
        guard(() -> {
            try {
                callback.run();
            } catch (PeerException | CloseException meant) {
                throw meant;
            } catch (TooLargeException e) {
                log.warn("What a frame of {} leads to is too large: {}", channel, reasonOf(e));
                throw new PeerException(PeerException.TOO_LARGE, "the message is too large to be passed on", e);
            } catch (UnreachableException e) { // which is logged by whoever cannot be reached, once
                log.debug("Nothing can be done for a frame of {}, which is told to come again", channel, e);
                throw new PeerException(PeerException.UNAVAILABLE, "not now, come again", COME_AGAIN);
            } catch (StoreException e) { // one line: there are as many as there are frames while it does not answer
                log.warn("A store failed for a frame of {}, which is told to come again: {}", channel, reasonOf(e));
                log.debug("Why a store failed", e);
                throw new PeerException(PeerException.UNAVAILABLE, "not now, come again", COME_AGAIN);
            } catch (Exception e) { // also the checked ones of other languages
                if (!options.answeringFailures()) {
                    throw e;
                }
                failure = e;
                log.error("{} failed for a frame of {}", consumer.getClass().getName(), channel, e);
                throw new PeerException(PeerException.FAILED, "the message could not be handled");
            }
        });
    }

    private static String reasonOf(StoreException e) {
        Throwable cause = e.getCause();
        return cause == null ? e.toString() : e + ", " + cause;
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
        } catch (
                Throwable
                        e) { // whatever it is, also checked ones of other languages, it ends this channel and no other
            failed = true;
            failure = e;
            log.error("{} failed, which ends {}", consumer.getClass().getName(), channel, e);
            box.tell(new ChatEvent.ConsumerFailed(channel.id()));
            channel.close(CloseStatus.SERVER_ERROR);
        }
    }
}
