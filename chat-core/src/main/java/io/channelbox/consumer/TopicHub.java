package io.channelbox.consumer;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.RemovedFromGroup;
import io.channelbox.channel.StreamBroken;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.Incoming;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import java.util.Objects;
import java.util.Optional;

/**
 * A connection that carries many topics. Mount it with {@link Topics#hub()}, or extend it where frames without a topic are to be
 * answered too: override {@link #handlers}, and {@link #codec()} with one that reads their messages in the style of the topics.
 *
 * <p>A {@code ping} without a topic is answered with {@link Pong}, because a browser's page can neither send nor see the
 * protocol's own pings; not where the hub has messages of that type itself.
 */
public class TopicHub extends TypedConsumer<Object> {

    private static final String SUBSCRIBE = "subscribe";
    private static final String UNSUBSCRIBE = "unsubscribe";
    private static final String PING = "ping";

    private final Topics topics;
    private final Subscriptions subscriptions;

    /** Makes a hub of these topics. */
    protected TopicHub(Topics topics) {
        this.topics = Objects.requireNonNull(topics, "topics");
        this.subscriptions = new Subscriptions(topics, this);
    }

    @Override
    protected void handlers(Handlers<Object> on) {}

    @Override
    protected Codec<Object> codec() {
        return topics.codec();
    }

    @Override
    protected Object errorReply(PeerException mistake) {
        return TopicError.to(mistake);
    }

    @Override
    final Optional<String> topicOf(Incoming<Object> incoming) {
        return incoming.topic();
    }

    @Override
    final Object dispatch(Channel me, Frame frame, Incoming<Object> incoming) {
        if (incoming.topic().isEmpty()) {
            return isPing(incoming) ? new Pong() : super.dispatch(me, frame, incoming);
        }
        String topic = incoming.topic().get();
        switch (incoming.type().orElse("")) {
            case SUBSCRIBE -> {
                subscriptions.subscribe(
                        topic,
                        topics.readSubscribe(frame),
                        Envelope.NONE.topic(topic).ref(incoming.ref()));
                answered();
                return Reply.nothing();
            }
            case UNSUBSCRIBE -> {
                subscriptions.end(topic);
                return new Unsubscribed();
            }
            default -> {
                return subscriptions.receive(topic, incoming, frame);
            }
        }
    }

    @Override
    final boolean isByItself(Incoming<Object> incoming) {
        return incoming.topic().isEmpty() ? isPing(incoming) : Subscriptions.isByItself(incoming);
    }

    private boolean isPing(Incoming<Object> incoming) {
        return incoming.type().equals(Optional.of(PING))
                && !(codec() instanceof TypedJsonCodec<?> typed
                        && typed.types().byName().containsKey(PING));
    }

    @Override
    final Object dispatchEvent(Channel me, Object event) {
        if (event instanceof RemovedFromGroup removed) {
            subscriptions.endRemoved(removed.group());
        }
        if (event instanceof StreamBroken broken) {
            subscriptions.endRemoved(broken.group());
            return Reply.nothing();
        }
        return super.dispatchEvent(me, event);
    }

    @Override
    final void disconnect(Channel me, CloseStatus status) {
        try {
            subscriptions.endAll();
        } finally {
            super.disconnect(me, status);
        }
    }

    @Override
    final ConsumerDescription describe() {
        return super.describe().with(topics.describe());
    }
}
