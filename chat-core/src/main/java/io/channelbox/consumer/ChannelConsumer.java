package io.channelbox.consumer;

import io.channelbox.auth.AuthResult;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.channel.JoinStatus;
import io.channelbox.channel.LeaveStatus;
import io.channelbox.channel.RemovedFromGroup;
import io.channelbox.channel.SendResult;
import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Incoming;
import io.channelbox.codec.MessageTypes;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.ChannelId;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an application does with one connection: extend it, and mount it. Each connection gets an instance of its own, so
 * fields need no guard: the callbacks of one connection come one at a time and in order, each seeing what the last one
 * wrote, on threads that may block: those of the box's executor, or the one that the transport reads from this peer with.
 *
 * <p>What a callback throws: a {@link PeerException} is told to the peer, and the connection lives; a
 * {@link io.channelbox.channel.CloseException} closes it with the status it names; a {@link io.channelbox.message.StoreException} out of
 * the handling of a message is told as {@code unavailable}, and the connection lives; one out of {@link #onConnect} closes it with 1013,
 * so that the peer comes again; anything else is logged and closes it with 1011, and the peer learns no detail. Leaving all groups at the end is automatic.
 *
 * @param <M> what an inbound frame is read as: with {@code String} frames are plain text, with {@code byte[]} binary, with
 *     {@link io.channelbox.message.Frame} as they come, and with any other class JSON, unless {@link #codec()} says otherwise
 */
public abstract class ChannelConsumer<M> {

    private static final Logger log = LoggerFactory.getLogger(ChannelConsumer.class);

    private final AtomicBoolean taken = new AtomicBoolean();
    private @Nullable ChannelBox box;
    private @Nullable Channel channel;
    private @Nullable Exchange exchange;

    /** For subclasses. It runs before there is a channel: what needs one belongs into {@link #onConnect}. */
    protected ChannelConsumer() {}

    /**
     * The connection is open. What is sent here arrives before anything else. Throwing refuses the connection, also a
     * {@link PeerException}, which the peer is told before it is closed with 1008, or with 4403 when it is not allowed.
     */
    protected void onConnect(Channel me) {}

    /**
     * Returns the groups this connection is to be a member of from the start. They are joined in this order when
     * {@link #onConnect} has returned, before the first message is handled. A subclass adds to what {@code super.groups()} says.
     */
    protected List<String> groups() {
        return List.of();
    }

    /** A message has come. */
    protected abstract void onReceive(Channel me, M message);

    /**
     * An event has come: something that was said to a group with {@link PublishOptions#asEvent()}, or to this channel by
     * {@link Channel#tell}. Unless overridden, a message of a protocol (its class has a
     * {@link io.channelbox.message.TypeName}) is sent to the peer as it is, and anything else is noted in the log.
     */
    protected void onEvent(Channel me, Object event) {
        if (MessageTypes.nameOf(event.getClass()).isPresent()) {
            me.send(event);
        } else if (!(event instanceof RemovedFromGroup)) {
            log.warn(
                    "{} has nothing to do with a {}",
                    getClass().getName(),
                    event.getClass().getName());
        }
    }

    /**
     * The connection has ended and its channel has left all groups. Called exactly once for every connection that
     * {@link #onConnect} was called for, also when that threw, after all other callbacks.
     */
    protected void onDisconnect(Channel me, CloseStatus status) {}

    /**
     * Returns how frames are read and written. Called once per connection, before {@link #onConnect}: keep the codec in a constant, since one of JSON takes
     * 12 KiB and some time to make.
     */
    protected Codec<M> codec() {
        return MessageType.codecFor(this);
    }

    /** Returns what the peer is sent for its mistake; override it to speak another dialect. */
    protected Object errorReply(PeerException mistake) {
        ErrorReply reply = ErrorReply.to(mistake);
        return channel().codec() instanceof BinaryCodec ? reply.toString() : reply;
    }

    /**
     * Returns the first frame, where the options ask for one: what came of the handshake. Override it to speak another dialect. For a
     * peer that is refused there is no channel, and nothing else of the consumer is called but {@link #codec()}.
     *
     * @see ConsumerOptions#tellingOfAuthentication()
     */
    protected Object authenticationReply(AuthResult result) {
        return AuthenticationReply.to(result);
    }

    /**
     * Sends this connection's peer an answer to the message that is being handled: it carries the ref the peer gave it.
     * Outside of that it is like {@link Channel#send}.
     */
    protected final SendResult reply(Object payload) {
        Exchange current = exchange;
        return current == null ? channel().send(payload) : current.reply(payload);
    }

    /**
     * Takes a newer credential that the peer has sent, as an authenticator or a {@link io.channelbox.auth.TokenVerifier} judged it: the
     * connection then lives as long as that one holds, and its user has the newer name and roles. When this throws, nothing
     * has changed.
     *
     * @throws PeerException with code {@code not_authenticated} when the credential was rejected
     * @throws io.channelbox.auth.NotAllowedException when it is another user's
     */
    protected final void refresh(AuthResult result) {
        if (!(result instanceof AuthResult.Accepted accepted)) {
            throw new PeerException(PeerException.NOT_AUTHENTICATED, "the credential does not hold");
        }
        channel().refresh(accepted.user(), accepted.expires());
    }

    /** Returns the box this connection belongs to. */
    protected final ChannelBox box() {
        return attached(box, "box()");
    }

    /** Returns the channel of this connection. */
    protected final Channel channel() {
        return attached(channel, "channel()");
    }

    /** Returns the group of this name, as this connection's user may use it. See {@link Group#actingAs}. */
    protected final Group group(String name) {
        return group(GroupName.of(name));
    }

    /** Returns the group of this name, as this connection's user may use it. See {@link Group#actingAs}. */
    protected final Group group(GroupName name) {
        return group(name, false);
    }

    private Group group(GroupName name, boolean byConsumer) {
        return attached(box, "group()").group(name).actingAs(channel(), (group, options, broadcast) -> {
            Exchange current = exchange;
            return current == null
                    ? broadcast.apply(options)
                    : current.broadcasts().say(group, options, byConsumer, broadcast);
        });
    }

    /** Makes this connection a member of a group. */
    protected final JoinStatus join(String group) {
        return group(group).join(channel());
    }

    /** Ends this connection's membership in a group. */
    protected final LeaveStatus leave(String group) {
        return group(group).leave(channel());
    }

    /**
     * Returns the peer's own id of the message that is being handled: a message that comes again with the same one is a
     * repetition, most often because its answer was lost. Outside of a message, and where the peer gave none, it is empty.
     *
     * <p>What is broadcast while the message is handled carries it, unless the options name a key, so that a repetition is not said
     * twice: the first broadcast to a group the key itself, the next to the same group {@code key/2}, and so on. So broadcast in
     * the same order each time; and look the key up in your own store before you write there.
     */
    protected final Optional<String> idempotencyKey() {
        Exchange current = exchange;
        return current == null ? Optional.empty() : current.broadcasts().key();
    }

    /** Says something to all members of a group, this connection included if it is one, as this connection's user. */
    protected final BroadcastResult broadcast(String group, Object payload) {
        return broadcast(group, payload, PublishOptions.DEFAULT);
    }

    /** Says something to all members of a group, as this connection's user. */
    protected final BroadcastResult broadcast(String group, Object payload, PublishOptions options) {
        return group(GroupName.of(group), true).broadcast(payload, options);
    }

    /** Says something to one connection, as the application: nothing is asked, so the id must not come from the peer. */
    protected final SendResult sendTo(ChannelId id, Object payload) {
        return box().sendTo(id, payload);
    }

    /** Says something to a user, on all devices, as this connection's user. The access policy is asked about publishing to their inbox. */
    protected final BroadcastResult sendToUser(UserId user, Object payload) {
        return group(GroupName.inboxOf(user), true).broadcast(payload);
    }

    /** Returns options that keep a message in the history, as said by this connection's user. */
    protected final PublishOptions savingHistory() {
        return PublishOptions.DEFAULT.from(channel().user().id()).savingHistory();
    }

    /** Returns a query for the newest messages of a group. */
    protected static HistoryQuery latest(int limit) {
        return HistoryQuery.latest(limit);
    }

    final void refuseSecondConnection() {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException(getClass().getName()
                    + " was handed out for a second connection. Mount a factory that makes a new consumer each time:"
                    + " mount(path, MyConsumer::new)");
        }
    }

    /** Returns the topic of everything this connection's peer is sent; empty when it has none, or many. */
    Optional<String> ownTopic() {
        return Optional.empty();
    }

    /** Handles a message and returns what to answer, or a stage of it. */
    Object dispatch(Channel me, Frame frame, Incoming<M> incoming) {
        onReceive(me, incoming.message());
        return Reply.nothing();
    }

    /** Returns the topic that answers to this frame belong to. */
    Optional<String> topicOf(Incoming<M> incoming) {
        return Optional.empty();
    }

    /** Tells whether a program sends such a frame by itself, whatever its user does. */
    boolean isByItself(Incoming<M> incoming) {
        return false;
    }

    void disconnect(Channel me, CloseStatus status) {
        onDisconnect(me, status);
    }

    /** Handles an event and returns what to send. */
    Object dispatchEvent(Channel me, Object event) {
        onEvent(me, event);
        return Reply.nothing();
    }

    ConsumerDescription describe() {
        return new ConsumerDescription(getClass(), codec(), List.of(), List.of());
    }

    /** What is being answered from now on. */
    final void answering(Exchange current) {
        exchange = current;
    }

    final void attach(ChannelBox opened, Channel its) {
        box = opened;
        channel = its;
    }

    /** The message that is being handled has been answered by other ways than {@link #reply}. */
    final void answered() {
        Exchange current = exchange;
        if (current != null) {
            current.answered();
        }
    }

    private <T> T attached(@Nullable T part, String method) {
        if (part == null) {
            throw new IllegalStateException(
                    method + " was called before " + getClass().getSimpleName()
                            + " had a channel, in its constructor perhaps. Call it in onConnect:\n"
                            + "    @Override protected void onConnect(Channel me) { join(\"room\"); }");
        }
        return part;
    }
}
