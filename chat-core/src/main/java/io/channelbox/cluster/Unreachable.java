package io.channelbox.cluster;

/** What a node does with its groups while it cannot reach what the nodes share. */
public enum Unreachable {
    /** Nothing can be said, and no group joined that has no members here: who tries is told at once. The default. */
    REFUSE,
    /** What is not kept is told to the members on this node, and groups can be joined; what is to be kept is refused. */
    STAY_LOCAL
}
