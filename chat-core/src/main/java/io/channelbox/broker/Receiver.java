package io.channelbox.broker;

import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import java.util.Optional;

/** One node's end of the broker: hands publications to the members that live here. */
public interface Receiver {

    /**
     * Takes a publication of a watched group. Publications of one group come one at a time, kept ones in the order of their
     * positions. It does not wait for sockets, does not publish, and does not throw.
     *
     * @param position where it was kept; empty when it was not
     */
    Deliveries receive(Publication publication, Optional<StreamPosition> position);

    /**
     * Lets what was received leave. A broker must call it after one call of {@link #receive} or several, when it holds no lock any more that
     * the next publication waits for: so what comes meanwhile leaves together.
     */
    void flush();

    /**
     * Takes that kept publications of a watched group will never come: the members are to be told from where to where. Told in the
     * place of what is lost, between two calls of {@link #receive} of the group, and let out by {@link #flush} as what is received.
     *
     * @param after up to where everything was received
     * @param upTo from where it goes on; in another epoch when the store began anew or was set back
     */
    default void lost(GroupName group, StreamPosition after, StreamPosition upTo) {}

    /** Takes what another node tells. It does not block. */
    default void signalled(Signal signal) {}

    /**
     * Takes that another node is gone, so that what it left behind is taken away: each is told to one node, and to another one when that
     * has not said {@link Cluster#forget} in time. It may block.
     */
    default void nodeGone(String node) {}

    /** Takes that what this node has told of itself was forgotten, since it was away for too long or all was lost: it is to be told again. It may block. */
    default void forgotten() {}

    /** Takes that this node was cut off from the others and is not any more: what they told meanwhile was missed. It may block. */
    default void reconnected() {}

    /**
     * Takes that this node is cut off from the others, or no more: told within a second, and not what was over before that. It does not
     * block.
     */
    default void healthChanged(Cluster.Health now) {}
}
