package io.channelbox.consumer;

import io.channelbox.auth.Handshake;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.RemovedFromGroup;
import io.channelbox.channel.StreamBroken;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.Incoming;
import io.channelbox.codec.MessageTypes;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.StreamPosition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection that is one subscription. Its peer names no topic; what it is sent does. */
final class TopicConsumer extends ChannelConsumer<Object> {

    private final Topics topics;
    private final Topics.Entry<?> entry;
    private final Subscriptions subscriptions;
    private @Nullable String topic;

    TopicConsumer(Topics topics, Topics.Entry<?> entry) {
        this.topics = topics;
        this.entry = entry;
        this.subscriptions = new Subscriptions(topics, this);
    }

    @Override
    protected Codec<Object> codec() {
        return topics.codec();
    }

    @Override
    protected Object errorReply(PeerException mistake) {
        return TopicError.to(mistake);
    }

    @Override
    protected void onConnect(Channel me) {
        String name = topicAt(me);
        topic = name;
        Subscribe wanted = wanted(me.handshake());
        subscriptions.subscribe(name, wanted, Envelope.NONE.topic(name));
    }

    /** Reads {@code ?epoch=e&offset=41} and {@code ?last=50}. */
    private static Subscribe wanted(Handshake handshake) {
        try {
            return new Subscribe(position(handshake), handshake.query("last").map(Integer::valueOf));
        } catch (IllegalArgumentException unreadable) {
            throw new PeerException(
                    PeerException.INVALID, "epoch and offset are a position, last is a number from 0 to 1000");
        }
    }

    private static Optional<StreamPosition> position(Handshake handshake) {
        Optional<String> epoch = handshake.query("epoch");
        Optional<String> offset = handshake.query("offset");
        if (epoch.isPresent() != offset.isPresent()) {
            throw new IllegalArgumentException("half a position");
        }
        return epoch.map(known -> new StreamPosition(known, Long.parseLong(offset.orElseThrow())));
    }

    private String topicAt(Channel me) {
        try {
            return entry.pattern().topic(me.handshake().pathParameters());
        } catch (IllegalArgumentException e) {
            throw new CloseException(CloseStatus.NOT_FOUND);
        }
    }

    @Override
    protected void onReceive(Channel me, Object message) {
        throw new IllegalStateException("messages of a topic go to its handlers");
    }

    @Override
    Optional<String> topicOf(Incoming<Object> incoming) {
        return ownTopic();
    }

    @Override
    Optional<String> ownTopic() {
        return Optional.ofNullable(topic);
    }

    @Override
    protected void onEvent(Channel me, Object event) {
        if (MessageTypes.nameOf(event.getClass()).isPresent()) {
            me.send(event, Envelope.NONE.topic(ownTopic().orElseThrow()));
        } else {
            super.onEvent(me, event);
        }
    }

    @Override
    boolean isByItself(Incoming<Object> incoming) {
        return Subscriptions.isByItself(incoming);
    }

    @Override
    Object dispatch(Channel me, Frame frame, Incoming<Object> incoming) {
        return subscriptions.receive(topicOf(incoming).orElseThrow(), incoming, frame);
    }

    @Override
    Object dispatchEvent(Channel me, Object event) {
        if (event instanceof RemovedFromGroup removed && subscriptions.endRemoved(removed.group())) {
            throw new CloseException(CloseStatus.FORBIDDEN);
        }
        if (event instanceof StreamBroken broken && subscriptions.endRemoved(broken.group())) {
            throw new CloseException(CloseStatus.OVERLOAD);
        }
        return super.dispatchEvent(me, event);
    }

    @Override
    void disconnect(Channel me, CloseStatus status) {
        subscriptions.endAll();
    }

    @Override
    ConsumerDescription describe() {
        return super.describe().with(List.of(entry.describe()));
    }
}
