package io.channelbox.channel;

import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.Envelope;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStats;
import io.channelbox.message.GroupName;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A handle on a group: everyone who joined under one name. A group exists while it has members; its handle can be had, kept
 * and used at any time, on any thread. Handles of one box and name are equal.
 */
public final class Group {

    private final ChannelBox box;
    private final GroupName name;

    Group(ChannelBox box, GroupName name) {
        this.box = box;
        this.name = Objects.requireNonNull(name, "name");
    }

    /** Returns the name. */
    public GroupName name() {
        return name;
    }

    /** Makes a channel a member. What is broadcast from now on reaches it. */
    public JoinStatus join(Channel channel) {
        return box.memberships().join(ownOf(channel), name);
    }

    /**
     * Makes a channel a member that is told, with everything it gets by this membership, that it was said in the topic of the
     * group's name, and its number in it when it is kept: for a connection that carries many topics.
     *
     * @param first what the channel is sent before anything that is said in the group, unless it is a member already
     * @param envelope what surrounds that
     */
    public JoinStatus joinAsTopic(Channel channel, Object first, Envelope envelope) {
        return box.memberships().joinAsTopic(ownOf(channel), name, Objects.requireNonNull(first, "first"), envelope);
    }

    /**
     * Makes a channel a member and first sends it what was said before: every kept message is in the page or comes live
     * after it, none is missing and none comes twice. A channel that is a member already gets nothing.
     *
     * @param reply makes of the page the object that the channel is sent
     * @throws io.channelbox.message.StoreException when the history cannot be read; the channel is then no member
     */
    public JoinStatus joinWithHistory(Channel channel, HistoryQuery query, Function<HistoryPage, ?> reply) {
        return joinWithHistory(channel, query, (page, out) -> out.accept(reply.apply(page)));
    }

    /**
     * Like {@link #joinWithHistory(Channel, HistoryQuery, Function)}, for a reply of any number of objects: one frame per
     * message, say, or none when the page is empty. A query after a position may come in several pages, one call each.
     */
    public JoinStatus joinWithHistory(
            Channel channel, HistoryQuery query, BiConsumer<HistoryPage, Consumer<Object>> reply) {
        return box.memberships().joinWithHistory(ownOf(channel), name, query, reply);
    }

    /** Ends a channel's membership. What is broadcast from now on does not reach it. */
    public LeaveStatus leave(Channel channel) {
        return box.memberships().leave(ownOf(channel), name);
    }

    /** Says something to all members, as {@link PublishOptions#DEFAULT} says. See {@link #broadcast(Object, PublishOptions)}. */
    public BroadcastResult broadcast(Object payload) {
        return broadcast(payload, PublishOptions.DEFAULT);
    }

    /**
     * Says something to all members. It is encoded once per format they speak and queued for each; no peer is waited for.
     *
     * @throws IllegalArgumentException when a member's codec cannot write such an object; then nobody was told
     * @throws io.channelbox.message.StoreException when it was to be kept and could not be; then nobody was told
     */
    public BroadcastResult broadcast(Object payload, PublishOptions options) {
        return box.publisher().publish(name, payload, Objects.requireNonNull(options, "options"));
    }

    /** Returns the members on this node in the order they joined, as a snapshot. */
    public List<Channel> members() {
        return box.memberships().members(name);
    }

    /** Returns the number of members on this node. */
    public int size() {
        return box.memberships().size(name);
    }

    /** Tells whether a channel is a member. */
    public boolean contains(Channel channel) {
        return channel.isOf(box) && channel.memberships().get(name).isPresent();
    }

    /** Returns a page of what was said. */
    public HistoryPage history(HistoryQuery query) {
        return box.history().read(name, Objects.requireNonNull(query, "query"));
    }

    /** Tells how much of what was said is kept. */
    public HistoryStats historyStats() {
        return box.history().stats(name);
    }

    /** Forgets what was said. */
    public void clearHistory() {
        box.history().clear(name);
    }

    private Channel ownOf(Channel channel) {
        if (!Objects.requireNonNull(channel, "channel").isOf(box)) {
            throw new IllegalArgumentException(
                    "This channel was opened by another box, and two boxes share nothing. Join a group of its own box.");
        }
        return channel;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Group that && box == that.box && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "group " + name;
    }
}
