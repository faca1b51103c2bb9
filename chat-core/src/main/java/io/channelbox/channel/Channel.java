package io.channelbox.channel;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.User;
import io.channelbox.broker.Delivery;
import io.channelbox.broker.Recipient;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Content;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.MessageTypes;
import io.channelbox.event.ChatEvent;
import io.channelbox.message.ChannelId;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live connection of a user. Every method may be called on any thread, at any time, also after the channel has ended.
 */
public final class Channel implements Recipient {

    private static final Logger log = LoggerFactory.getLogger(Channel.class);

    private final ChannelId id = ChannelId.random();
    private final ChannelBox box;
    private final Opening opening;
    private final Instant openedAt;
    private final Connection connection;
    private final Outbox outbox;
    private final Liveness liveness;
    private final Memberships memberships = new Memberships();
    private final Attributes attributes = new Attributes();
    private final Ending ending = new Ending(this);
    private final Optional<Throttle.Counters> counters;
    private final AtomicBoolean pinging = new AtomicBoolean();
    private volatile Identity identity;
    private volatile @Nullable Predicate<Object> eventSink;

    /** Who is at the other end, and until when that is certain. Replaced as a whole. */
    private record Identity(User user, Optional<Instant> until) {}

    Channel(ChannelBox box, Connection connection, Opening opening) {
        this.box = box;
        this.connection = opening.joinsMessages() ? new JoiningConnection(connection, box.joinedFrames()) : connection;
        this.opening = opening;
        this.identity = new Identity(opening.user(), opening.authenticatedUntil());
        this.counters = box.throttle().counters();
        this.openedAt = box.config().clock().instant();
        this.liveness = new Liveness(
                box.config().nanoTime(),
                opening.expires().orElse(box.config().expires()),
                box.config().firstPingEarlier());
        this.outbox = new Outbox(
                this.connection,
                box.config().outbox(),
                box.quota(),
                box.config().nanoTime(),
                new OutboxOwner());
    }

    @Override
    public ChannelId id() {
        return id;
    }

    @Override
    public User user() {
        return identity.user();
    }

    /** Returns until when the user's credential holds, after which the channel is closed with 4401; empty is for ever. */
    public Optional<Instant> authenticatedUntil() {
        return identity.until();
    }

    /**
     * Takes what a newer credential says: the user's name and roles, and until when it holds. Memberships stay; what the
     * user does next is decided by the new roles.
     *
     * @throws NotAllowedException when it is another user's
     */
    public void refresh(User user, Optional<Instant> until) {
        var newer = new Identity(Objects.requireNonNull(user, "user"), Objects.requireNonNull(until, "until"));
        if (!user.id().equals(user().id())) {
            throw new NotAllowedException();
        }
        identity = newer;
    }

    /** Returns how the peer asked for the connection. */
    public Handshake handshake() {
        return opening.handshake();
    }

    /** Returns when the channel was opened. */
    public Instant openedAt() {
        return openedAt;
    }

    /** Returns how objects are written for this channel. */
    public Codec<?> codec() {
        return opening.codec();
    }

    @Override
    public String format() {
        return codec().format();
    }

    /** Tells whether frames can still be sent: the channel has not ended and nobody has asked to close it. */
    public boolean isOpen() {
        return !ending.isAsked();
    }

    /** Returns the groups this channel is a member of, as a snapshot. */
    public Set<GroupName> groups() {
        return memberships.groups();
    }

    /**
     * Encodes an object, or takes a {@link Frame} as it is, and queues it. It does not wait for the peer.
     *
     * @throws IllegalArgumentException when the channel's codec cannot write such an object
     */
    public SendResult send(Object payload) {
        return send(payload, Envelope.NONE);
    }

    /**
     * Like {@link #send(Object)}, with an envelope around it where the channel's codec has a place for one.
     *
     * @throws IllegalArgumentException when the channel's codec cannot write such an object
     */
    public SendResult send(Object payload, Envelope envelope) {
        return offer(written(payload, envelope), limits().policy());
    }

    /**
     * Like {@link #send(Object, Envelope)}, for what need not arrive in any case. The key of a state is apart from those of the
     * channel's groups.
     *
     * @throws IllegalArgumentException when the channel's codec cannot write such an object
     */
    public SendResult send(Object payload, Envelope envelope, Delivery delivery) {
        return offer(written(payload, envelope), Terms.onChannel(delivery, limits().policy()));
    }

    private Frame written(Object payload, Envelope envelope) {
        if (box.traffic().isOn()) {
            box.traffic().sent(this, MessageTypes.nameOf(payload.getClass()), envelope.ref());
        }
        Frame frame = Content.of(payload).in(codec());
        return envelope.isEmpty() ? frame : codec().wrap(frame, envelope);
    }

    /**
     * Hands an event to the channel's consumer, which gets it in its turn. Answers false when there is no consumer, or the channel
     * is closing.
     */
    public boolean tell(Object event) {
        Predicate<Object> sink = eventSink;
        return sink != null && isOpen() && sink.test(Objects.requireNonNull(event, "event"));
    }

    /** Keeps the channel from expiring, as if a message had come. */
    public void touch() {
        liveness.touched();
    }

    /** Asks to close the channel normally, after what is queued has left. It ends when the connection says so. */
    public void close() {
        close(CloseStatus.NORMAL);
    }

    /**
     * Asks to close the channel, after what is queued has left. Nothing more can be sent. It ends when the connection says
     * so, or when that takes too long. Only the first status counts.
     *
     * @throws IllegalArgumentException when the status may not be sent, see {@link CloseStatus#isSendable()}
     */
    public void close(CloseStatus status) {
        closeIfOpen(checkSendable(status));
    }

    static CloseStatus checkSendable(CloseStatus status) {
        if (!status.isSendable()) {
            throw new IllegalArgumentException("a close frame may not say " + status.code()
                    + ". Use 1000, 1001, 1003, 1007 to 1014, or a code of your own from 4000 to 4999.");
        }
        return status;
    }

    /** Tells whether this was the first to ask. */
    boolean closeIfOpen(CloseStatus status) {
        boolean first = ask(status);
        if (first) {
            outbox.close();
        }
        return first;
    }

    /** Keeps a value on the channel for as long as it lives. */
    public <T> void set(AttributeKey<T> key, T value) {
        attributes.set(key, value);
    }

    /** Returns a value kept on the channel. */
    public <T> Optional<T> get(AttributeKey<T> key) {
        return attributes.get(key);
    }

    /** Takes a value off the channel. */
    public void remove(AttributeKey<?> key) {
        attributes.remove(key);
    }

    /**
     * Runs a callback once when the channel has ended and left its groups; at once if that has happened. Callbacks run in the
     * order they were given, on the thread that ended the channel, which may be in the middle of a send: they must not block
     * and not broadcast. What they throw is logged.
     */
    public void onClose(Consumer<CloseStatus> callback) {
        ending.onEnd(Objects.requireNonNull(callback, "callback"));
    }

    /**
     * Runs a hook once when this channel's membership in the group ends, by whatever: at once if there is none. A later membership
     * is another one. Hooks run after the channel has left, on the thread that took it out, which may be in the middle of
     * a send: they must not block and not broadcast. What they throw is logged. Cancelling what this returns forgets the hook.
     */
    public Scheduler.Task onLeave(GroupName group, Runnable hook) {
        Objects.requireNonNull(hook, "hook");
        Optional<Membership> membership = memberships.get(group).filter(living -> living.onLeave(hook));
        if (membership.isEmpty()) {
            hook.run();
            return () -> {};
        }
        return () -> membership.get().forget(hook);
    }

    /** Returns how long the peer has sent no message that its user may have had a hand in; {@link #touch} counts as one, signs of life do not. */
    public Duration idle() {
        return liveness.idle();
    }

    /** For the transport: something came from the peer, if only a pong. */
    public void heard() {
        liveness.heard();
    }

    /** For the consumer's session: where events go; it answers whether it took one. It must not block. */
    public void onEvent(Predicate<Object> sink) {
        eventSink = Objects.requireNonNull(sink, "sink");
    }

    /** For the consumer's session: a callback has begun, and whoever watches may note how long it takes. */
    public void workBegins() {
        liveness.workBegins();
    }

    /** For the consumer's session: the callback has ended. */
    public void workEnds() {
        liveness.workEnds();
    }

    /**
     * For the consumer's session: does work on the calling thread, which is the one that reads from the peer. Meanwhile the peer counts
     * as heard, and closing the box waits for it, as for work on the executor.
     */
    public void workOnReader(Runnable work) {
        liveness.readerLeaves();
        try {
            box.workHere(work);
        } finally {
            liveness.readerReturns();
        }
    }

    /** For the transport: a message came from the peer. */
    public void received() {
        liveness.heard();
        liveness.active();
    }

    /** For the consumer's session: a message came that its user may have had a hand in, and no mere sign of life. */
    public void used() {
        liveness.touched();
    }

    /**
     * For whoever reads the peer's messages: asks, once for each and before reading it, whether the limits of the channel
     * and of its user let it through.
     *
     * @throws io.channelbox.message.PeerException when it comes too soon, and when to come again
     * @throws CloseException when too many in a row came too soon
     */
    public void admitMessage() {
        counters.ifPresent(mine -> box.throttle().admitMessage(this, mine));
    }

    /**
     * For the transport: the connection is gone. The first call ends the channel: it leaves its groups, and its
     * callbacks run. A status that was asked for by {@link #close(CloseStatus)} wins over the one given here.
     */
    public void ended(CloseStatus status) {
        box.end(this, status);
    }

    @Override
    public String toString() {
        return "channel " + id + " of " + user().id();
    }

    void admitJoin() {
        counters.ifPresent(mine -> box.throttle().admitJoin(this, mine));
    }

    boolean isAuthenticatedAt(Instant time) {
        Optional<Instant> until = identity.until();
        return until.isEmpty() || time.isBefore(until.get());
    }

    boolean isOf(ChannelBox other) {
        return box == other;
    }

    Memberships memberships() {
        return memberships;
    }

    Liveness liveness() {
        return liveness;
    }

    Outbox outbox() {
        return outbox;
    }

    OutboxLimits limits() {
        return box.config().outbox();
    }

    SendResult offer(Frame frame, OverflowPolicy policy) {
        Frame passed = intercepted(frame);
        return passed == null ? SendResult.QUEUED : outbox.offer(passed, policy);
    }

    SendResult offer(Frame frame, Terms terms) {
        Frame passed = intercepted(frame);
        return passed == null ? SendResult.QUEUED : outbox.offer(passed, terms);
    }

    /** Returns what follows every frame of a group. */
    Optional<Frame> trailer() {
        return opening.trailer();
    }

    /** Passes the frame through the interceptors, which are the application's: no lock may be held. Null when one keeps it. */
    @Nullable
    Frame intercepted(Frame frame) {
        List<ChannelInterceptor> interceptors = box.config().outbound();
        Frame passed = frame;
        for (int i = 0;
                i < interceptors.size() && passed != null;
                i++) { // no iterator: this is on the way of every frame
            passed = interceptors.get(i).onOutbound(this, passed).orElse(null);
        }
        return passed;
    }

    /** Pings, unless a send is under way. May block, so it runs on the executor. */
    void ping() {
        if (!pinging.compareAndSet(false, true)) {
            return; // the last one has not even begun
        }
        try {
            box.executeForConnection(() -> {
                pinging.set(false);
                outbox.ping(liveness::pinged);
            });
        } catch (RejectedExecutionException e) {
            pinging.set(false);
            throw e;
        }
    }

    void omitted(Omitted frames) {
        box.events().tellOmitted(id, frames);
    }

    /** Too much was waiting, here or for the history: gives it up and closes. */
    void overflow(long waitingBytes) {
        log.warn("Closing {}: {} bytes are waiting and it reads too slowly", this, waitingBytes);
        ask(CloseStatus.TOO_SLOW);
        outbox.discard();
        box.events().tell(new ChatEvent.ChannelOverflowed(id, waitingBytes));
        closeConnection();
    }

    /** Does work for the application's side that may block, soon and on another thread: not on one kept for closes and pings. */
    void later(Runnable work) {
        box.executor().execute(work);
    }

    /** Ends the channel soon, whatever its connection says: never in the middle of a broadcast. */
    private void giveUpSoon(CloseStatus status) {
        ask(status);
        outbox.discard();
        try {
            box.executeForConnection(() -> giveUp(status));
        } catch (RejectedExecutionException e) { // better in the middle of a broadcast than never
            giveUp(status);
        }
    }

    /** Ends the channel now, whatever its connection says, which is closed after. */
    void giveUp(CloseStatus status) {
        ask(status);
        outbox.discard();
        closeConnection();
        box.end(this, status);
    }

    private boolean ask(CloseStatus status) {
        boolean first = ending.ask(status);
        if (first) {
            liveness.closeAsked();
        }
        return first;
    }

    /** Closes with what was asked for first: the peer and the consumer are to hear the same. */
    private void closeConnection() {
        CloseStatus status = ending.status();
        try {
            box.executeForConnection(() -> closeNow(status));
        } catch (RejectedExecutionException e) {
            if (box.isClosed()) {
                closeNow(status); // the box's threads are gone, and nobody is kept waiting any more
            } else { // the sweep ends the channel all the same
                log.error("The executor refuses to close the connection of {}", this, e);
            }
        }
    }

    private void closeNow(CloseStatus status) {
        try {
            connection.close(status);
        } catch (RuntimeException | Error e) { // as for sending: containers throw errors for broken connections
            log.debug("Closing {} failed", this, e);
        }
    }

    /** Marks the channel as ended and returns the status that counts; empty when it had ended before. */
    Optional<CloseStatus> end(CloseStatus reported) {
        ask(reported);
        outbox.discard();
        return ending.end();
    }

    void runCloseCallbacks(CloseStatus status) {
        ending.runCallbacks(status);
    }

    private final class OutboxOwner implements Outbox.Owner {

        @Override
        public void overflowed(long waitingBytes) {
            overflow(waitingBytes);
        }

        @Override
        public void omitted(Omitted frames) {
            Channel.this.omitted(frames);
        }

        @Override
        public void sent() {
            liveness.active();
        }

        @Override
        public void failed(Throwable cause) {
            log.debug("Sending to {} failed", Channel.this, cause);
            giveUpSoon(CloseStatus.ABNORMAL.because("send failed"));
        }

        @Override
        public void flushed() {
            closeConnection();
        }
    }
}
