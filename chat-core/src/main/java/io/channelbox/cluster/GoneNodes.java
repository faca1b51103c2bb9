package io.channelbox.cluster;

import java.util.LinkedHashSet;
import java.util.Set;

/** Nodes that have said that they leave, and those of which it is known that they are gone. Safe for use by several threads. */
final class GoneNodes {

    private static final int MOST = 1_000;

    // Both guarded by this. What is oldest was seen to long ago.
    private final Set<String> leaving = new LinkedHashSet<>();
    private final Set<String> known = new LinkedHashSet<>();

    /** A node says that it leaves. */
    synchronized void leaves(String node) {
        add(leaving, node);
    }

    /** A node has been heard of: if it is gone later, that is news. */
    synchronized void lives(String node) {
        known.remove(node);
    }

    /** A node is gone. Tells whether that is news: where nobody takes away what it has left behind, it is claimed again and again. */
    synchronized boolean isNews(String node) {
        boolean news = !known.remove(node);
        add(known, node);
        return news;
    }

    /** Tells whether a node had said that it leaves. */
    synchronized boolean hadLeft(String node) {
        return leaving.remove(node);
    }

    private static void add(Set<String> nodes, String node) {
        if (nodes.size() == MOST) {
            nodes.remove(nodes.iterator().next());
        }
        nodes.add(node);
    }
}
