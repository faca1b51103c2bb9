package io.channelbox.cluster;

/** What a node does with its groups while it cannot reach what the nodes share. */
public enum Unreachable {
    /** Nothing can be said, and no group joined that has no members here: who tries is told at once. The default. */
    REFUSE,
    /**
     * What is not kept is told to the members on this node from when it is noticed: the first that is said, which notices it, is refused. Groups
     * can be joined, and members hear what the others say when they are reached again; a topic that tells who is here or what was missed answers
     * {@code unavailable} until then. What is to be kept is refused.
     */
    STAY_LOCAL
}
