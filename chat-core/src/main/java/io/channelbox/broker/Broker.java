package io.channelbox.broker;

import io.channelbox.history.History;
import io.channelbox.message.GroupName;
import java.util.Optional;

/**
 * Carries what is said to groups to every node that watches them, in one order per group, and keeps what is to be kept in
 * that same step. Safe for use by several threads. {@code BrokerContract} in chat-testkit states as tests what an
 * implementation must do; {@link LocalBroker} is the reference.
 */
public interface Broker extends AutoCloseable {

    /**
     * Says who takes what arrives. Called once, before anything else.
     *
     * @throws IllegalStateException when there is a receiver already: a broker belongs to one box
     */
    void start(Receiver receiver);

    /**
     * Keeps the publication if it is to be kept, gives it its position, and hands it to the receivers of all nodes that watch
     * the group, unless its idempotency key was seen before, or the group's rules hold for it and do not let its sender speak: it is
     * looked for the key first, and what is refused is not remembered.
     *
     * @throws io.channelbox.message.StoreException when it could not be kept or carried; then nobody was told
     * @throws IllegalStateException when called by a receiver in the middle of a delivery
     */
    PublishResult publish(Publication publication);

    /** Begins to hand this node what is said to the group. When it returns, nothing that is published later is missed. */
    void watch(GroupName group);

    /** Ends handing this node what is said to the group. */
    void unwatch(GroupName group);

    /**
     * Changes what holds for those who speak in a group as users: for every publication of {@link PublishOptions#underRules()}, on all
     * nodes, from the next one on.
     *
     * @throws io.channelbox.message.StoreException when it could not be changed
     * @throws IllegalStateException when called by a receiver in the middle of a delivery
     */
    void rule(GroupName group, Rule rule);

    /** Returns what was kept. */
    History history();

    /** Returns what the nodes have in common beside this; empty for a broker of one node. */
    default Optional<Cluster> cluster() {
        return Optional.empty();
    }

    /** Lets go of what the broker holds. Later calls do nothing. */
    @Override
    void close();
}
