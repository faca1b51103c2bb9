package io.channelbox.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GoneNodesTest {

    private final GoneNodes nodes = new GoneNodes();

    @Test
    void thatANodeIsGoneIsNewsOnce() {
        assertTrue(nodes.isNews("a"));
        assertFalse(nodes.isNews("a"));
        assertTrue(nodes.isNews("b"));
    }

    @Test
    void thatANodeIsGoneIsNewsAgainWhenItWasHeardOfInBetween() {
        nodes.isNews("a");

        nodes.lives("a");

        assertTrue(nodes.isNews("a"));
    }

    @Test
    void whoHasSaidThatItLeavesHadLeftOnce() {
        nodes.leaves("a");

        assertTrue(nodes.hadLeft("a"));
        assertFalse(nodes.hadLeft("a"));
    }

    @Test
    void ofVeryManyTheOldestAreForgotten() {
        for (int i = 0; i <= 1_000; i++) {
            nodes.isNews("node" + i);
        }

        assertFalse(nodes.isNews("node1000"));
        assertTrue(nodes.isNews("node0"));
    }
}
