package io.channelbox.cluster;

import io.channelbox.broker.PublishResult;
import io.channelbox.broker.Rule;
import io.channelbox.broker.Signal;
import io.channelbox.history.History;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What all nodes share: where streams are kept, bytes are passed on, and nodes know of one another. It knows nothing of channels and
 * looks into no envelope. Safe for use by several threads; all calls may block, for a bounded time, and throw a
 * {@link io.channelbox.message.StoreException} when what they ask for cannot be done, an {@link UnreachableException} when nobody
 * answers, and a {@link PartlyUnreachableException} when others may answer; none is tried again by itself.
 * {@code BackplaneContract} in chat-testkit states as tests what an implementation must do.
 *
 * <p>All times are measured by one clock, which is the backplane's: those of the nodes may differ.
 */
public interface Backplane extends AutoCloseable {

    /** Begins to hand over what arrives. Called once, before anything else. */
    void start(Listener listener);

    /**
     * In one step: looks whether the key was seen lately and whether the rules let the speaker speak, keeps the envelope if it is to be kept,
     * gives it the next position, and passes it on to all subscribers of the group. A key is remembered for five minutes, and at
     * least the last thousand of each sender in a group are; ten thousand of those without a sender.
     */
    Outcome publish(Outgoing outgoing);

    /** Subscribes to groups. When it returns, whatever is published later arrives. Again for a group changes nothing. */
    void subscribe(Collection<GroupName> groups);

    /** Ends subscriptions. */
    void unsubscribe(Collection<GroupName> groups);

    /** Makes a new connection for what arrives, with the same subscriptions, because the present one is deaf. */
    void resubscribe();

    /** Returns the newest position of each of these groups; groups that nothing is known of are missing. */
    Map<GroupName, StreamPosition> tops(Collection<GroupName> groups);

    /** Returns the oldest envelopes after a position, at most so many. */
    Page read(GroupName group, StreamPosition after, int limit);

    /**
     * Gives the stream of a group another epoch, if it still has this one, because positions were given out twice: whoever comes back with
     * an old one is to learn that it says nothing any more.
     */
    void newEpoch(GroupName group, String present);

    /** Returns what was kept, as messages. */
    History history();

    /** Changes what holds for those who speak in a group. */
    void rule(GroupName group, Rule rule);

    /** Passes bytes on to all nodes, this one included. */
    void tell(byte[] signal);

    /** Passes bytes on to all subscribers of a group, on the same way as what is published, so in one order with it. */
    void tell(GroupName group, byte[] signal);

    /**
     * Says that a node lives, and will be believed for this long; not at all when that is zero: it is gone from now on.
     *
     * @return false when that was not known before: this is the first time, or it was silent for too long, or all was lost
     */
    boolean alive(String node, Duration within);

    /**
     * Returns the nodes that are gone: that were believed, and were not heard of for so long. Each is returned to one caller only, and
     * to another one after this time when it was not forgotten.
     */
    List<String> claimGone(Duration again);

    /** Forgets a node and what it counted. If it lives after all, it learns it from its next {@link #alive}. */
    void forget(String node);

    /** Keeps a ban, for its time; zero ends it. */
    void ban(Signal.Ban ban);

    /** Returns the bans that hold, each with the time that is left. */
    List<Signal.Ban> bans();

    /** Counts a connection of a user on a node, unless there are as many on all nodes. */
    boolean enter(String node, UserId user, int most);

    /** Counts one connection less. */
    void leave(String node, UserId user);

    /** Says how many connections each of these users has on a node, whatever was counted before. */
    void entered(String node, Map<UserId, Integer> connections);

    /** Returns what else is shared, such as a {@code PresenceStore}, if there is one of that type. */
    <T> Optional<T> shared(Class<T> type);

    /**
     * Tries the way there and back, for a bounded time.
     *
     * @throws PartlyUnreachableException when it consists of several servers, and some of them do not answer
     */
    void ping();

    /** Lets go of all connections. Later calls do nothing. */
    @Override
    void close();

    /** One node's end. Called on the backplane's own threads, in the order in which things arrived; it must not block and must not throw. */
    interface Listener {

        /** Something was published to a subscribed group. */
        void published(GroupName group, Optional<StreamPosition> position, byte[] envelope);

        /** Something was told to the subscribers of a group. */
        void told(GroupName group, byte[] signal);

        /** Something was told to all nodes. */
        void told(byte[] signal);

        /** The connection is gone: from now on something may be missed. */
        void disconnected(String why);

        /** There is a connection again, with all its subscriptions: what was missed can be read. */
        void connected();
    }

    /**
     * Something to be published.
     *
     * @param group whom it is said to
     * @param message its id, which whoever repeats it is told
     * @param envelope the bytes that arrive
     * @param keep how long it is kept; empty when it is not
     * @param key what it must not have been published under lately; of the same group and sender
     * @param sender who said it; empty when the application did
     * @param ruled whether the rules of the group hold for the sender
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes that pass through, and are never compared
    record Outgoing(
            GroupName group,
            MessageId message,
            byte[] envelope,
            Optional<Keep> keep,
            Optional<String> key,
            Optional<UserId> sender,
            boolean ruled) {

        /** Refuses missing parts. The bytes are not copied: they must not be changed. */
        public Outgoing {
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(envelope, "envelope");
            Objects.requireNonNull(keep, "keep");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(sender, "sender");
        }
    }

    /**
     * How something is kept.
     *
     * @param retention how long
     * @param bytes as how many bytes it counts
     */
    record Keep(Retention retention, int bytes) {
        /** Refuses a missing retention. */
        public Keep {
            Objects.requireNonNull(retention, "retention");
        }
    }

    /** What became of something that was to be published. */
    sealed interface Outcome {

        /** It was kept at this position, and passed on. */
        record Kept(StreamPosition position) implements Outcome {}

        /** It was passed on. */
        record Told() implements Outcome {}

        /** It had been published before, as this message, and was kept there if it was kept. */
        record Repeated(MessageId message, Optional<StreamPosition> position) implements Outcome {}

        /**
         * The rules of the group do not let its sender speak.
         *
         * @param why which rule
         * @param retryAfter when they may; empty when that is not known
         */
        record Refused(PublishResult.Reason why, Optional<Duration> retryAfter) implements Outcome {}
    }

    /**
     * A part of a stream.
     *
     * @param entries oldest first, without holes
     * @param top the newest position; empty when nothing is known of the group
     * @param more whether there are further entries
     * @param gap whether what follows the position asked for is gone, or that position is of another epoch or of the future; then there are no entries
     * @param start the position before the oldest entry that is kept, from where on there is no gap; the newest one when nothing is kept;
     *     empty when nothing is known of the group
     */
    record Page(
            List<Entry> entries,
            Optional<StreamPosition> top,
            boolean more,
            boolean gap,
            Optional<StreamPosition> start) {
        /** Copies the list. */
        public Page {
            entries = List.copyOf(entries);
            Objects.requireNonNull(top, "top");
            Objects.requireNonNull(start, "start");
        }
    }

    /** What is kept at a position. */
    @SuppressWarnings("ArrayRecordComponent") // bytes that pass through, and are never compared
    record Entry(StreamPosition position, byte[] envelope) {}
}
