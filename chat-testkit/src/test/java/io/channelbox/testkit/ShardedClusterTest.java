package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Cluster;
import io.channelbox.broker.Cluster.Health;
import io.channelbox.broker.PublishOptions;
import io.channelbox.cluster.ClusterBroker;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.message.TypeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two nodes whose groups are spread over two places, of which one may be away. */
class ShardedClusterTest {

    @TypeName("say")
    record Say(String text) {}

    @TypeName("said")
    record Said(String text) {}

    static class Room extends Topic<Say> {

        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(say.text())));
        }
    }

    private static final Topics TOPICS = Topics.in(
                    JsonStyle.DEFAULT.discriminator("action").payloadIn("payload"))
            .topic("room:{id}", Room::new);

    private final SharedMemory second = new SharedMemory(() -> 0);
    private final List<InMemoryBackplane> toSecond = new ArrayList<>();
    private final TestCluster cluster = TestCluster.with(2, this::withSecond, box -> box.historyCodec(TOPICS.codec()))
            .mount("/topics", TOPICS.hub());
    private final GroupName onFirst = groupOn(false);
    private final GroupName onSecond = groupOn(true);

    private ClusterBroker.Builder withSecond(ClusterBroker.Builder broker) {
        InMemoryBackplane further = second.newNode();
        toSecond.add(further);
        return broker.shard(further);
    }

    private GroupName groupOn(boolean isSecond) {
        return IntStream.range(0, 100)
                .mapToObj(i -> GroupName.of("room", "" + i))
                .peek(group -> say(0, group, "first"))
                .filter(group -> second.groups().contains(group) == isSecond)
                .findFirst()
                .orElseThrow();
    }

    private void say(int node, GroupName group, String text) {
        cluster.node(node).box().group(group).broadcast(new Said(text), PublishOptions.DEFAULT.savingHistory());
        cluster.settle();
    }

    private TestTopic member(int node, GroupName group) {
        return cluster.node(node)
                .user("user-of-" + group.id())
                .connect("/topics")
                .subscribe(group.value());
    }

    private static List<String> texts(TestTopic topic) {
        return topic.receiveAll(Said.class).stream().map(Said::text).toList();
    }

    private Health health(int node) {
        return cluster.node(node).box().cluster().map(Cluster::health).orElseThrow();
    }

    @Test
    void groupsOfBothAreHeardOnAllNodesAndBothAreWell() {
        TestTopic first = member(1, onFirst);
        TestTopic further = member(1, onSecond);

        say(0, onFirst, "one");
        say(0, onSecond, "two");
        cluster.advance(Duration.ofMinutes(1));

        assertEquals(List.of("one"), texts(first));
        assertEquals(List.of("two"), texts(further));
        assertEquals(Health.HEALTHY, health(0));
        assertTrue(cluster.node(0).box().history().groups().containsAll(List.of(onFirst, onSecond)));
    }

    @Test
    void whileTheSecondIsAwayItsGroupsFailAtOnceAndThoseOfTheFirstGoOn() {
        TestTopic first = member(1, onFirst);
        TestTopic further = member(1, onSecond);
        toSecond.get(0).blackOut();
        cluster.advance(Duration.ofSeconds(10));

        say(0, onFirst, "one");
        UnreachableException said = assertThrows(UnreachableException.class, () -> say(0, onSecond, "refused"));
        UnreachableException read = assertThrows(
                UnreachableException.class,
                () -> cluster.node(0).box().group(onSecond).history(HistoryQuery.latest(5)));
        say(1, onSecond, "two");

        assertEquals(List.of("one"), texts(first));
        assertEquals(List.of("two"), texts(further));
        assertTrue(said.toString().contains("Nothing was said"), said::toString);
        assertTrue(read.toString().contains("was not asked"), read::toString);
        assertFalse(health(0).healthy());
        assertTrue(health(0).detail().startsWith("shard 2 of 2: "), health(0)::toString);
        assertEquals(Health.HEALTHY, health(1));
        toSecond.get(0).reconnect();
        cluster.advance(Duration.ofSeconds(15));
        assertEquals(Health.HEALTHY, health(0));
        say(0, onSecond, "three");
        assertEquals(List.of("three"), texts(further));
    }

    @Test
    void whileTheFirstIsAwayGroupsOfTheSecondGoOn() {
        TestTopic further = member(1, onSecond);
        cluster.link(0).cutOff();
        cluster.advance(Duration.ofSeconds(10));

        say(0, onSecond, "two");

        assertEquals(List.of("two"), texts(further));
        assertThrows(UnreachableException.class, () -> say(0, onFirst, "refused"));
        assertTrue(health(0).detail().startsWith("shard 1 of 2: "), health(0)::toString);
    }

    @Test
    void aSubscriptionThatIsDeafOnTheSecondIsFoundAndMadeAnew() {
        TestTopic further = member(1, onSecond);
        cluster.advance(Duration.ofSeconds(20));
        toSecond.get(1).deafen();
        say(0, onSecond, "not heard");
        assertEquals(List.of(), texts(further));

        cluster.advance(Duration.ofSeconds(12));

        assertEquals(List.of("not heard"), texts(further));
        assertEquals(Health.HEALTHY, health(1));
    }
}
