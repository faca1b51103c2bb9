package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Cluster;
import io.channelbox.channel.Group;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.event.ChatEvent;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of a node that cannot reach the others, and what it tells of itself. */
class CutOffTest {

    private static final GroupName LOBBY = GroupName.of("room", "lobby");

    private final List<ChatEvent> events = new ArrayList<>();
    private final TestCluster cluster = TestCluster.with(2, broker -> broker, box -> box.listen(this::note));
    private final Group lobby = cluster.node(0).box().group(LOBBY);

    private void note(ChatEvent event) {
        if (event instanceof ChatEvent.ClusterDegraded || event instanceof ChatEvent.ClusterRecovered) {
            events.add(event);
        }
    }

    private boolean isHealthy() {
        return cluster.node(0)
                .box()
                .cluster()
                .map(Cluster::health)
                .orElseThrow()
                .healthy();
    }

    @Test
    void neitherHistoryNorPresenceIsAskedWhileNothingIsAnswered() {
        Presence presence = Presence.in(cluster.node(0).box()).build();
        cluster.link(0).blackOut();
        cluster.advance(Duration.ofSeconds(10));

        UnreachableException history =
                assertThrows(UnreachableException.class, () -> lobby.history(HistoryQuery.latest(10)));
        UnreachableException members = assertThrows(UnreachableException.class, () -> presence.members(LOBBY));

        assertTrue(history.toString().contains("was not asked"), history::toString);
        assertTrue(members.toString().contains("was not asked"), members::toString);
        cluster.link(0).reconnect();
        cluster.advance(Duration.ofSeconds(15));
        assertEquals(List.of(), lobby.history(HistoryQuery.latest(10)).entries());
        assertEquals(List.of(), presence.members(LOBBY));
    }

    @Test
    void aHistoryThatIsNotAnsweredTellsThatNothingIs() {
        cluster.link(0).blackOut();
        assertTrue(isHealthy());

        UnreachableException first =
                assertThrows(UnreachableException.class, () -> lobby.history(HistoryQuery.latest(10)));
        UnreachableException second = assertThrows(UnreachableException.class, () -> lobby.freeze());

        assertFalse(first.toString().contains("was not asked"), first::toString);
        assertTrue(second.toString().contains("cannot be reached"), second::toString);
        assertFalse(isHealthy());
    }

    @Test
    void listenersOfTheBoxAreToldOnceWhenItIsCutOffAndWhenItIsBack() {
        cluster.link(0).cutOff();
        cluster.advance(Duration.ofSeconds(10));
        cluster.link(0).reconnect();
        cluster.advance(Duration.ofSeconds(10));

        assertEquals(List.of("ClusterDegraded", "ClusterRecovered"), names());
        assertTrue(events.get(0).toString().contains("This node is cut off"), events::toString);
    }

    private List<String> names() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
