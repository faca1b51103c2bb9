package io.channelbox.cluster;

import java.util.LinkedHashSet;
import java.util.Set;

/** Nodes that have said that they leave, until somebody has taken away what they left behind. Safe for use by several threads. */
final class Leavers {

    private static final int MOST = 1_000;

    private final Set<String> nodes = new LinkedHashSet<>(); // guarded by this

    synchronized void add(String node) {
        if (nodes.size() == MOST) { // another node has seen to the oldest long ago
            nodes.remove(nodes.iterator().next());
        }
        nodes.add(node);
    }

    /** Forgets the node, and tells whether it had said so. */
    synchronized boolean remove(String node) {
        return nodes.remove(node);
    }
}
