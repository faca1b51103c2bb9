package io.channelbox.broker;

import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;

/** What several nodes have in common beside what is said to groups. Safe for use by several threads; calls may block. */
public interface Cluster {

    /** Names this node: no other has the name or had it, an earlier one of the same process included. */
    String node();

    /**
     * Tells every other node; they hear it in their {@link Receiver#signalled}. Not this one.
     *
     * @throws io.channelbox.message.StoreException when it could not be told
     */
    void tell(Signal signal);

    /**
     * Tells the other nodes that watch the group.
     *
     * @throws io.channelbox.message.StoreException when it could not be told
     */
    void tell(GroupName group, Signal signal);

    /**
     * Keeps a ban for nodes that come later, and tells those that are there. Zero time ends it.
     *
     * @throws io.channelbox.message.StoreException when it could not be kept
     */
    void ban(Signal.Ban ban);

    /**
     * Returns the bans that hold, with the time that is left of each.
     *
     * @throws io.channelbox.message.StoreException when they could not be read
     */
    List<Signal.Ban> bans();

    /**
     * Counts one more connection of a user, unless there are as many on all nodes as one may have. Tells whether it was counted.
     *
     * @throws io.channelbox.message.StoreException when it could not be counted
     */
    boolean enter(UserId user, int most);

    /** Counts one connection of a user less. What cannot be told is dropped: a node says every so often how many there are. */
    void leave(UserId user);

    /**
     * Forgets a node that is gone, once what it left behind is taken away. One that has come back meanwhile learns it by
     * {@link Receiver#forgotten}, and tells of itself again.
     */
    void forget(String node);

    /**
     * Returns what else the nodes share, such as a {@code PresenceStore}, if this cluster has one of that type. While nobody answers, what
     * is asked of it fails at once.
     */
    <T> Optional<T> shared(Class<T> type);

    /** Tells whether members on this node go on among themselves while the others cannot be reached. */
    boolean staysLocal();

    /** Tells how well this node is connected with the others. */
    Health health();

    /**
     * How well a node is connected with the others.
     *
     * @param healthy whether everything that is said reaches it and leaves it
     * @param detail what is wrong, in a few words; empty when nothing is
     */
    record Health(boolean healthy, String detail) {

        /** All is well. */
        public static final Health HEALTHY = new Health(true, "");

        /** Returns the health of a node that something is wrong with. */
        public static Health degraded(String why) {
            return new Health(false, why);
        }
    }
}
