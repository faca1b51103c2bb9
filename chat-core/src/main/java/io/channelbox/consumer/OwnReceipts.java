package io.channelbox.consumer;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Group;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.Frame;
import io.channelbox.message.UserId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What one connection's peer tells of having received. Used by one thread at a time: that of its mailbox. */
final class OwnReceipts {

    private static final String RECEIVED = "received";
    private static final int MOST_MEMBERS = 100; // beyond that everyone would hear of everyone all the time

    private final Optional<Receipts> receipts;
    private final ChannelConsumer<?> consumer;
    private Map<String, Begun> begun = Collections.emptyMap(); // most peers tell nothing

    private record Begun(Receipts.Key key, Receipts.Receipt receipt) {}

    OwnReceipts(Optional<Receipts> receipts, ChannelConsumer<?> consumer) {
        this.receipts = receipts;
        this.consumer = consumer;
    }

    /** Takes a frame, if it is a receipt, and tells whether it was one. A topic may have messages of that name: they come first. */
    boolean take(Topics.Subscription<?> subscription, Optional<String> type, Frame frame) {
        if (receipts.isEmpty() || !type.equals(Optional.of(RECEIVED)) || subscription.reads(type)) {
            return false;
        }
        take(
                receipts.get(),
                subscription.topic().group(),
                receipts.get().read(frame).offset());
        return true;
    }

    private void take(Receipts all, Group asUser, long offset) {
        Group group = consumer.box().group(asUser.name());
        if (group.size() > MOST_MEMBERS || !isKept(group, offset)) {
            return;
        }
        UserId user = consumer.channel().user().id();
        if (begun.isEmpty()) {
            begun = new HashMap<>(2);
        }
        Begun own = begun.computeIfAbsent(group.name().value(), name -> {
            var key = new Receipts.Key(consumer.box(), group.name(), user);
            return new Begun(key, all.begin(key));
        });
        PublishOptions others = PublishOptions.DEFAULT
                .asState("delivered:" + user) // and in nobody's name: having received something is not saying something
                .exceptUser(user)
                .onlyIn(consumer.codec().format()); // members that are no subscribers have a protocol of their own
        own.receipt().reach(offset, upTo -> group.broadcast(new Delivered(user, upTo), others));
    }

    private static boolean isKept(Group group, long offset) {
        return group.history(HistoryQuery.latest(1))
                .top()
                .filter(top -> offset <= top.offset())
                .isPresent();
    }

    /** The subscription to a topic has ended. */
    void end(String topic) {
        Begun ended = begun.remove(topic);
        if (ended != null) {
            receipts.ifPresent(all -> all.end(ended.key()));
        }
    }
}
