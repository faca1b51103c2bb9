package io.channelbox.cluster;

/** What a node does with its groups while it cannot reach what the nodes share. */
public enum Unreachable {
    /** Nothing can be said, and no group joined that has no members here: who tries is told at once. The default. */
    REFUSE,
    /**
     * What is not kept is told to the members on this node. Groups can be joined, and members hear what the others say, and who is here, when they
     * are reached again; a topic answers {@code unavailable} until then to who asks for what was kept, or where names matter. What is to be kept is
     * refused.
     */
    STAY_LOCAL
}
