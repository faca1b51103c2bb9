package io.channelbox.docs.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.docs.testing.ChatConsumer.Said;
import io.channelbox.docs.testing.ChatConsumer.Say;
import io.channelbox.testkit.TestClient;
import io.channelbox.testkit.TestCluster;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatClusterTest {

    private final TestCluster cluster = TestCluster.of(2).mount("/ws/chat/{room}", ChatConsumer::new);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whatIsSaidOnOneNodeIsReadOnTheOther() {
        TestClient ann = enter(0, "ann");
        TestClient bob = enter(1, "bob");

        ann.send(new Say("hello"));
        cluster.settle();

        assertEquals(new Said("ann", "hello"), bob.receive(Said.class));
    }

    @Test
    void whatWasSaidWhileANodeWasCutOffIsReadAfterwards() {
        TestClient ann = enter(0, "ann");
        TestClient bob = enter(1, "bob");
        cluster.link(1).cutOff();
        cluster.advance(Duration.ofSeconds(1)); // the node has noticed

        ann.send(new Say("hello"));
        cluster.settle();
        bob.assertSilent();
        cluster.link(1).reconnect();
        cluster.advance(Duration.ofSeconds(2));

        assertEquals(new Said("ann", "hello"), bob.receive(Said.class));
    }

    private TestClient enter(int node, String user) {
        TestClient client = cluster.node(node).user(user).connect("/ws/chat/7");
        cluster.settle();
        return client.skipAll();
    }
}
