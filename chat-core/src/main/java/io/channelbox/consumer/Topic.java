package io.channelbox.consumer;

import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.channel.SendResult;
import io.channelbox.codec.Envelope;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an application does with one subscription of one connection to one topic: extend it, and name it in {@link Topics}.
 * Each subscription gets an instance of its own; its callbacks and those of everything else on the connection come one at a
 * time. A topic is also the group of the same name, so it can be spoken to from anywhere: {@code box.group("room:lobby")}.
 *
 * <p>What a callback throws means the same as in a {@link ChannelConsumer}.
 *
 * @param <M> what all inbound messages of the topic have in common
 */
public abstract class Topic<M> {

    private @Nullable Attachment attachment;
    private @Nullable Handlers<M> table;

    /** Where a subscription belongs to. */
    record Attachment(ChannelConsumer<?> consumer, Channel channel, Group group, Map<String, String> parameters) {}

    /** For subclasses. It runs before there is a subscription: what needs one belongs into {@link #onSubscribe}. */
    protected Topic() {}

    /** Registers the handlers of messages. Called at most once per subscription, and once when the topics are mounted: it must do nothing else. */
    protected abstract void handlers(Handlers<M> on);

    /**
     * Asks whether this user may subscribe, before anything is done. The box's access policy is asked besides. A
     * {@link io.channelbox.message.PeerException} refuses, and its code is told; {@code unauthorized} is what peers of this protocol expect.
     */
    protected void authorize(User user) {}

    /**
     * Asks whether this user may tell the others that they are writing something, each time they do. The box's access policy is asked besides. A {@link
     * io.channelbox.message.PeerException} refuses, and its code is told.
     */
    protected void authorizeTyping(User user) {}

    /** The subscription has begun, and the peer knows. When this throws, it ends again. */
    protected void onSubscribe() {}

    /** The subscription has ended, by whatever: the peer, a kick, a failure, or the end of the connection. Called exactly once after {@link #onSubscribe}. */
    protected void onUnsubscribe() {}

    /** Returns the name of the topic, {@code room:lobby}. */
    protected final String name() {
        return group().name().value();
    }

    /**
     * Returns a parameter of the topic's name.
     *
     * @throws IllegalArgumentException when its pattern has no such parameter
     */
    protected final String param(String parameter) {
        String value = attached().parameters().get(parameter);
        if (value == null) {
            throw new IllegalArgumentException("the topic " + name() + " has no parameter '" + parameter + "', it has "
                    + attached().parameters().keySet());
        }
        return value;
    }

    /** Returns the channel of the connection. */
    protected final Channel channel() {
        return attached().channel();
    }

    /** Returns who is at the other end. */
    protected final User user() {
        return channel().user();
    }

    /** Returns the box, where the application itself speaks: {@code box().group(name())}. */
    protected final ChannelBox box() {
        return attached().consumer().box();
    }

    /** Returns the group of the topic, as seen by this connection's user. */
    protected final Group group() {
        return attached().group();
    }

    /** Says something in the topic, as this connection's user; it is kept, and so gets a number. */
    protected final BroadcastResult broadcast(Object payload) {
        return broadcast(payload, PublishOptions.DEFAULT.savingHistory());
    }

    /** Says something in the topic, as this connection's user. What is not kept has no number. */
    protected final BroadcastResult broadcast(Object payload, PublishOptions options) {
        return attached().consumer().broadcast(group().name().value(), payload, options);
    }

    /** Returns the peer's own id of the message that is being handled, see {@link ChannelConsumer#idempotencyKey}. */
    protected final Optional<String> idempotencyKey() {
        return attached().consumer().idempotencyKey();
    }

    /** Sends this connection's peer an answer to the message that is being handled, with its ref. */
    protected final SendResult reply(Object payload) {
        return attached().consumer().reply(payload);
    }

    /** Sends this connection's peer something in the topic that answers nothing. */
    protected final SendResult push(Object payload) {
        return channel().send(payload, Envelope.NONE.topic(name()));
    }

    final void attach(Attachment its) {
        if (attachment != null) {
            throw new IllegalStateException(getClass().getName()
                    + " was handed out for a second subscription. Name a factory that makes a new one each time:"
                    + " topic(\"room:{id}\", RoomTopic::new)");
        }
        attachment = its;
    }

    final Object dispatch(M message) {
        Handlers<M> made = table;
        if (made == null) {
            made = new Handlers<>(false);
            handlers(made);
            table = made;
        }
        return made.handle(message)
                .orElseThrow(() -> new IllegalStateException(getClass().getName() + " has no handler for "
                        + message.getClass().getName()));
    }

    final Handlers<M> checkedHandlers() {
        Handlers<M> checked = new Handlers<>(true);
        handlers(checked);
        if (checked.hasEvents()) {
            throw new IllegalStateException(
                    getClass().getName()
                            + " registers handlers of events. Events reach the connection: extend TopicHub and handle them there.");
        }
        return checked;
    }

    private Attachment attached() {
        if (attachment == null) {
            throw new IllegalStateException(getClass().getName()
                    + " has no subscription yet. What needs one belongs into authorize or onSubscribe, not into the"
                    + " constructor.");
        }
        return attachment;
    }
}
