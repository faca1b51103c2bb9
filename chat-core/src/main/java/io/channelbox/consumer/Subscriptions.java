package io.channelbox.consumer;

import io.channelbox.channel.Channel;
import io.channelbox.channel.Group;
import io.channelbox.channel.JoinStatus;
import io.channelbox.codec.Envelope;
import io.channelbox.consumer.Topics.Subscription;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The topics one connection is subscribed to. Used by one thread at a time: that of its mailbox. */
final class Subscriptions {

    private final Topics topics;
    private final ChannelConsumer<?> consumer;
    private final Map<String, Subscription<?>> byName = new LinkedHashMap<>(4);

    Subscriptions(Topics topics, ChannelConsumer<?> consumer) {
        this.topics = topics;
        this.consumer = consumer;
    }

    /** Begins a subscription; a peer that has one is told once more. */
    void subscribe(String name, Envelope envelope) {
        Channel channel = consumer.channel();
        Subscription<?> known = byName.get(name);
        if (known != null && known.topic().group().contains(channel)) {
            channel.send(new Subscribed(), envelope);
            return;
        }
        end(name);
        Topics.Match match = find(name);
        if (byName.size() >= topics.mostPerConnection()) {
            throw new PeerException(
                    TopicError.TOO_MANY_TOPICS, "at most " + topics.mostPerConnection() + " topics per connection");
        }
        begin(name, match, envelope);
    }

    private void begin(String name, Topics.Match match, Envelope envelope) {
        Channel channel = consumer.channel();
        Group group = consumer.group(GroupName.of(name));
        Subscription<?> subscription = match.entry().subscription();
        subscription.topic().attach(new Topic.Attachment(consumer, channel, group, match.parameters()));
        subscription.topic().authorize(channel.user());
        if (group.joinAsTopic(channel, new Subscribed(), envelope) == JoinStatus.ALREADY_MEMBER) {
            channel.send(new Subscribed(), envelope);
        }
        byName.put(name, subscription);
        boolean begun = false;
        try {
            subscription.topic().onSubscribe();
            begun = true;
        } finally {
            if (!begun) {
                end(name);
            }
        }
    }

    private Topics.Match find(String name) {
        Optional<Topics.Match> match = topics.match(name);
        if (match.isEmpty() || name.length() > GroupName.LONGEST) {
            throw new PeerException(TopicError.UNKNOWN_TOPIC, "there is no such topic");
        }
        return match.get();
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Hands a message to its topic. */
    Object receive(String name, Frame frame) {
        Subscription<?> subscription = byName.get(name);
        if (subscription == null || !subscription.topic().group().contains(consumer.channel())) {
            end(name); // somebody else may have taken the channel out of the group
            find(name);
            throw new PeerException(TopicError.NOT_SUBSCRIBED, "subscribe to the topic first");
        }
        return subscription.receive(frame);
    }

    /** Ends a subscription, if there is one. */
    void end(String name) {
        Subscription<?> ended = byName.remove(name);
        if (ended != null) {
            ended.topic().group().leave(consumer.channel());
            ended.topic().onUnsubscribe();
        }
    }

    /** Ends all of them, whatever one of them throws. */
    void endAll() {
        RuntimeException first = null;
        for (String name : Map.copyOf(byName).keySet()) {
            try {
                end(name);
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
