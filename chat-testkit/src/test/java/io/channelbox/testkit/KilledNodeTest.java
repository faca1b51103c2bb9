package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.Group;
import io.channelbox.message.StoreException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that was killed is dead. */
class KilledNodeTest {

    private final TestCluster cluster = TestCluster.of(2).mount("/ws/chat/{room_id}", ChatRoom::new);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void nobodyConnectsToIt() {
        cluster.kill(1);

        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> cluster.node(1).user("bob").connect("/ws/chat/7"));

        assertTrue(refused.toString().contains("was killed"), refused::toString);
    }

    @Test
    void nobodySpeaksThroughIt() {
        TestClient ann = cluster.node(0).user("ann").connect("/ws/chat/7");
        TestClient bob = cluster.node(1).user("bob").connect("/ws/chat/7");
        cluster.settle();
        ann.skipAll();
        cluster.kill(1);

        assertThrows(IllegalStateException.class, () -> bob.sendBinary(new byte[] {1}));
        Group room = cluster.node(1).box().group("chat:7");
        assertThrows(StoreException.class, () -> room.broadcast("from the dead"));

        cluster.advance(Duration.ofSeconds(1));
        ann.assertSilent();
    }

    @Test
    void itDoesNotGoOn() {
        cluster.kill(1);

        assertThrows(IllegalStateException.class, () -> cluster.resume(1));
        assertThrows(IllegalStateException.class, () -> cluster.pause(1));
        assertThrows(IllegalStateException.class, () -> cluster.kill(1));
        assertEquals(2, cluster.add());
    }

    @Test
    void noFailoverLosesLessThanNothing() {
        assertThrows(IllegalArgumentException.class, () -> cluster.memory().failOver(-1));
    }
}
