package io.channelbox.consumer;

import io.channelbox.channel.Channel;
import io.channelbox.channel.Group;
import io.channelbox.channel.JoinStatus;
import io.channelbox.channel.StreamStart;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.Incoming;
import io.channelbox.consumer.Topics.Subscription;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.presence.PresenceClaim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics one connection is subscribed to. Used by one thread at a time: that of its mailbox. */
final class Subscriptions {

    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
    private static final Set<String> BY_THEMSELVES = Set.of("subscribe", "unsubscribe", "received", "presence");

    private final Topics topics;
    private final ChannelConsumer<?> consumer;
    private final OwnReceipts receipts;
    private final Map<String, Subscription<?>> byName = new LinkedHashMap<>(4);

    Subscriptions(Topics topics, ChannelConsumer<?> consumer) {
        this.topics = topics;
        this.consumer = consumer;
        this.receipts = new OwnReceipts(topics.receiptsTold(), consumer);
    }

    /** Tells of a word that pages say without their user: that they are there, have got something, or want to know who is here. */
    static boolean isByItself(Incoming<?> incoming) {
        return incoming.type().filter(BY_THEMSELVES::contains).isPresent();
    }

    /** Begins a subscription; that of a peer that has one begins anew, without its hooks. */
    void subscribe(String name, Subscribe wanted, Envelope envelope) {
        Channel channel = consumer.channel();
        Subscription<?> known = byName.get(name);
        if (known != null && known.topic().group().contains(channel)) {
            known.topic().group().leave(channel);
            join(known.topic().group(), wanted, envelope);
            return;
        }
        end(name);
        Found found = find(name);
        if (byName.size() >= topics.mostPerConnection()) {
            throw new PeerException(
                    TopicError.TOO_MANY_TOPICS, "at most " + topics.mostPerConnection() + " topics per connection");
        }
        begin(found, wanted, envelope);
    }

    private void begin(Found found, Subscribe wanted, Envelope envelope) {
        Channel channel = consumer.channel();
        Group group = consumer.group(found.group());
        Subscription<?> subscription = found.match().entry().subscription();
        subscription
                .topic()
                .attach(new Topic.Attachment(
                        consumer, channel, group, found.match().parameters()));
        subscription.topic().authorize(channel.user());
        if (!join(group, wanted, envelope)) {
            return;
        }
        String name = group.name().value();
        byName.put(name, subscription);
        boolean begun = false;
        try {
            subscription.topic().onSubscribe();
            begun = true;
        } finally {
            if (!begun) {
                endAndTell(name);
            }
        }
    }

    /**
     * Tells whether the channel is a member now: one that has ended meanwhile becomes none. The place is taken first, so that a name
     * is refused before anybody is told anything.
     */
    private boolean join(Group group, Subscribe wanted, Envelope envelope) {
        Channel channel = consumer.channel();
        Optional<PresenceClaim> place =
                topics.presence().map(topic -> topic.presence().claim(group.name(), channel));
        boolean joined = false;
        try {
            SubscriptionWords words = wanted.follows() ? SubscriptionWords.FOLLOWING : SubscriptionWords.PLAIN;
            JoinStatus status = group.joinAsTopic(channel, wanted.wanted(), words, envelope);
            if (status == JoinStatus.ALREADY_MEMBER) {
                var unknown = new StreamStart(Optional.empty(), false, Optional.empty());
                channel.send(words.started(unknown), envelope);
            }
            joined = status.isMember();
            if (joined) {
                place.ifPresent(PresenceClaim::begin);
            }
            return joined;
        } finally {
            if (!joined) {
                place.ifPresent(PresenceClaim::cancel);
            }
        }
    }

    /** A topic and the group it is. */
    private record Found(Topics.Match match, GroupName group) {}

    private Found find(String name) {
        try {
            Optional<Topics.Match> match = topics.match(name);
            if (match.isPresent()) {
                return new Found(match.get(), GroupName.of(name));
            }
        } catch (IllegalArgumentException noName) {
            log.debug("{} asks for a topic that can be no group", consumer.channel());
        }
        throw new PeerException(TopicError.UNKNOWN_TOPIC, "there is no such topic");
    }

    /** Ends the subscription to a group that somebody else has taken the channel out of, and tells whether there was one. */
    boolean endRemoved(GroupName group) {
        Subscription<?> subscription = byName.get(group.value());
        if (subscription == null || subscription.topic().group().contains(consumer.channel())) {
            return false; // the peer has come back meanwhile
        }
        endAndTell(group.value());
        return true;
    }

    private void endAndTell(String name) {
        try {
            end(name);
        } finally {
            consumer.channel().send(new Unsubscribed(), Envelope.NONE.topic(name));
        }
    }

    /** Hands a message to its topic, unless it is a receipt or a word of presence. */
    Object receive(String name, Incoming<?> incoming, Frame frame) {
        Subscription<?> subscription = byName.get(name);
        if (subscription == null || !subscription.topic().group().contains(consumer.channel())) {
            end(name); // somebody else may have taken the channel out of the group
            find(name);
            throw new PeerException(TopicError.NOT_SUBSCRIBED, "subscribe to the topic first");
        }
        if (topics.presence().isPresent() && !subscription.reads(incoming.type())) {
            Optional<Object> answer = topics.presence().get().answer(consumer, subscription.topic(), incoming, frame);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return receipts.take(subscription, incoming.type(), frame) ? Reply.nothing() : subscription.receive(frame);
    }

    /** Ends a subscription, if there is one. Its hook's complaints are for nobody: the peer has asked for nothing. */
    void end(String name) {
        Subscription<?> ended = byName.remove(name);
        if (ended == null) {
            return;
        }
        receipts.end(name);
        ended.topic().group().leave(consumer.channel());
        try {
            ended.topic().onUnsubscribe();
        } catch (PeerException refused) {
            log.debug("onUnsubscribe of {} for {} ended early: {}", name, consumer.channel(), refused.code());
        }
    }

    /** Ends all of them, whatever one of them throws. */
    void endAll() {
        for (String name : List.copyOf(byName.keySet())) {
            try {
                end(name);
            } catch (RuntimeException | Error failure) { // the hooks of the others still run
                log.error("onUnsubscribe of {} failed for {}", name, consumer.channel(), failure);
            }
        }
    }
}
