package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Cluster;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.cluster.ClusterBroker;
import io.channelbox.cluster.Unreachable;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Lost;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What members on several nodes read, whatever goes wrong between these. */
class TestClusterTest {

    @TypeName("say")
    record Say(String text) {}

    @TypeName("said")
    record Said(String by, String text) {}

    static class Room extends Topic<Say> {

        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(user().name(), say.text())));
        }
    }

    private static final Topics TOPICS = Topics.in(
                    JsonStyle.DEFAULT.discriminator("action").payloadIn("payload"))
            .topic("room:{id}", Room::new);

    private static TestCluster cluster(int nodes) {
        return cluster(nodes, broker -> broker);
    }

    private static TestCluster cluster(int nodes, UnaryOperator<ClusterBroker.Builder> brokers) {
        return TestCluster.with(nodes, brokers, box -> box.historyCodec(TOPICS.codec()))
                .mount("/topics", TOPICS.hub());
    }

    private static TestTopic subscribe(TestCluster cluster, int node, String user) {
        return cluster.node(node).user(user).connect("/topics").subscribe("room:lobby");
    }

    private static TestClient member(TestCluster cluster, int node, String user) {
        TestClient client = cluster.node(node).user(user).connect("/topics");
        client.subscribe("room:lobby");
        return client;
    }

    private static List<String> texts(TestTopic topic) {
        return topic.receiveAll(Said.class).stream().map(Said::text).toList();
    }

    private static boolean isHealthy(TestCluster cluster, int node) {
        return cluster.node(node)
                .box()
                .cluster()
                .map(Cluster::health)
                .orElseThrow()
                .healthy();
    }

    @Test
    void whatIsSaidOnOneNodeIsReadOnAll() {
        try (TestCluster cluster = cluster(3)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            TestTopic eve = subscribe(cluster, 2, "eve");

            ann.send(new Say("hello"));
            cluster.settle();

            assertEquals(new Said("ann", "hello"), bob.receive(Said.class));
            assertEquals(List.of("hello"), texts(eve));
            assertEquals(List.of("hello"), texts(ann));
        }
    }

    @Test
    void whatIsSaidWhereNobodyIsIsReadElsewhere() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic bob = subscribe(cluster, 1, "bob");

            cluster.node(0)
                    .box()
                    .group("room:lobby")
                    .broadcast(new Said("system", "hello"), PublishOptions.DEFAULT.savingHistory());
            cluster.settle();

            assertEquals(List.of("hello"), texts(bob));
        }
    }

    @Test
    void whatWasLostOnTheWayIsReadOnceForTheNode() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            ann.send(new Say("one"));
            cluster.settle();
            cluster.link(1).loseNext(2);

            for (String text : List.of("two", "three", "four")) {
                ann.send(new Say(text));
            }
            cluster.settle();

            assertEquals(List.of("one", "two", "three", "four"), texts(bob));
        }
    }

    @Test
    void theLastOneThatWasLostOnTheWayIsFoundThoughNobodySpeaks() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.link(1).loseNext(1);
            ann.send(new Say("one"));
            cluster.settle();
            assertEquals(List.of(), texts(bob));

            cluster.advance(Duration.ofSeconds(41));

            assertEquals(List.of("one"), texts(bob));
        }
    }

    @Test
    void whatCameInAnotherOrderIsReadInTheOneOrder() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.link(1).swapNextTwo();

            ann.send(new Say("one"));
            ann.send(new Say("two"));
            cluster.settle();

            assertEquals(List.of("one", "two"), texts(bob));
        }
    }

    @Test
    void whatComesLateIsReadLate() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.link(1).delay(Duration.ofMillis(300));

            ann.send(new Say("one"));
            cluster.advance(Duration.ofMillis(200));
            assertEquals(List.of(), texts(bob));
            cluster.advance(Duration.ofMillis(200));

            assertEquals(List.of("one"), texts(bob));
        }
    }

    @Test
    void whoComesBackToAnotherNodeGetsWhatWasMissed() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestClient bob = cluster.node(0).user("bob").connect("/topics");
            TestTopic before = bob.subscribe("room:lobby");
            ann.send(new Say("one"));
            assertEquals(List.of("one"), texts(before));
            StreamPosition position = before.position();
            bob.close();
            ann.send(new Say("two"));

            TestTopic after = cluster.node(1).user("bob").connect("/topics").subscribe("room:lobby", position);

            after.assertRecovered();
            assertEquals(List.of("two"), texts(after));
        }
    }

    @Test
    void aNodeThatWasCutOffRefusesAndAfterwardsTellsWhatWasMissed() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.link(1).cutOff();
            cluster.advance(Duration.ofSeconds(1));

            ann.send(new Say("one"));
            cluster.settle();

            assertEquals(List.of(), texts(bob));
            assertFalse(isHealthy(cluster, 1));
            ChannelBox cutOff = cluster.node(1).box();
            assertThrows(
                    StoreException.class,
                    () -> cutOff.group("room:lobby")
                            .broadcast(new Said("bob", "into nothing"), PublishOptions.DEFAULT.savingHistory()));

            cluster.link(1).reconnect();
            cluster.advance(Duration.ofSeconds(2));

            assertTrue(isHealthy(cluster, 1));
            assertEquals(List.of("one"), texts(bob));
        }
    }

    @Test
    void aNodeThatStaysLocalTellsWhatIsNotKept() {
        try (TestCluster cluster = cluster(2, broker -> broker.whenUnreachable(Unreachable.STAY_LOCAL))) {
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.link(1).cutOff();
            cluster.advance(Duration.ofSeconds(1));

            cluster.node(1)
                    .box()
                    .group("room:lobby")
                    .broadcast(new Said("eve", "here only"), PublishOptions.DEFAULT.withoutHistory());
            TestTopic late = cluster.node(1).user("late").connect("/topics").topic("room:lobby");
            cluster.settle();

            assertEquals(List.of("here only"), texts(bob));
            late.assertSilent();
        }
    }

    @Test
    void aConnectionThatIsDeafIsNoticedAndMadeAnew() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.advance(Duration.ofSeconds(20));
            cluster.link(1).deafen();
            ann.send(new Say("one"));
            cluster.settle();
            assertEquals(List.of(), texts(bob));

            cluster.advance(Duration.ofSeconds(12));

            assertEquals(List.of("one"), texts(bob));
            assertTrue(isHealthy(cluster, 1));
        }
    }

    @Test
    void whatGoesNowhereWithoutAWordIsNoticedToo() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.link(1).blackOut();
            cluster.advance(Duration.ofSeconds(10));
            assertFalse(isHealthy(cluster, 1));
            ann.send(new Say("one"));

            cluster.link(1).reconnect();
            cluster.advance(Duration.ofSeconds(15));

            assertTrue(isHealthy(cluster, 1));
            assertEquals(List.of("one"), texts(bob));
        }
    }

    @Test
    void whatAFailoverLostIsToldAndNothingIsToldTwice() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            for (String text : List.of("one", "two", "three")) {
                ann.send(new Say(text));
            }
            cluster.settle();
            assertEquals(List.of("one", "two", "three"), texts(bob));
            cluster.memory().failOver(2);

            ann.send(new Say("four"));
            cluster.settle();

            assertEquals("epoch", bob.receive(Lost.class).cause());
            assertEquals(List.of("four"), texts(bob));
        }
    }

    @Test
    void whenEverythingWasForgottenPeersAreToldAndGoOn() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            ann.send(new Say("one"));
            cluster.settle();
            assertEquals(List.of("one"), texts(bob));
            cluster.memory().flush();

            ann.send(new Say("two"));
            cluster.settle();

            assertEquals("epoch", bob.receive(Lost.class).cause());
            assertEquals(List.of("two"), texts(bob));
        }
    }

    @Test
    void aConnectionThatIsDeafAgainIsMadeAnewAgain() {
        try (TestCluster cluster = cluster(2)) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.advance(Duration.ofSeconds(20));
            cluster.link(1).deafenFor(2);
            ann.send(new Say("one"));

            cluster.advance(Duration.ofSeconds(30));

            assertEquals(List.of("one"), texts(bob));
            assertTrue(isHealthy(cluster, 1));
        }
    }

    @Test
    void whenAllWereAwayForLongNobodyIsTakenForGone() {
        try (TestCluster cluster = cluster(2)) {
            Presence here = Presence.in(cluster.node(0).box()).build();
            Presence there = Presence.in(cluster.node(1).box()).build();
            TestClient ann = member(cluster, 0, "ann");
            TestClient bob = member(cluster, 1, "bob");
            List<String> left = new ArrayList<>();
            GroupName lobby = GroupName.of("room:lobby");
            Presence watching = Presence.in(cluster.node(0).box())
                    .onChange(change -> change.leaves().forEach(member -> left.add(member.name())))
                    .build();
            watching.trackUntold(lobby, ann.channel());
            there.trackUntold(lobby, bob.channel());
            cluster.settle();
            cluster.link(0).blackOut();
            cluster.link(1).blackOut();
            cluster.advance(Duration.ofSeconds(40));

            cluster.link(0).reconnect();
            cluster.link(1).reconnect();
            cluster.advance(Duration.ofSeconds(60));

            assertEquals(List.of(), left);
            assertEquals(2, here.members(lobby).size());
        }
    }

    @Test
    void whoIsOnANodeThatIsClosedWithoutAWordOfPresenceLeaves() {
        try (TestCluster cluster = cluster(2)) {
            Presence here = Presence.in(cluster.node(0).box()).build();
            Presence there = Presence.in(cluster.node(1).box()).build();
            GroupName lobby = GroupName.of("room:lobby");
            TestClient bob = member(cluster, 1, "bob");
            there.trackUntold(lobby, bob.channel());
            cluster.advance(Duration.ofSeconds(30));
            assertEquals(1, here.members(lobby).size());

            cluster.node(1).box().close(Duration.ZERO);
            cluster.advance(Duration.ofSeconds(60));

            assertEquals(List.of(), here.members(lobby));
        }
    }

    @Test
    void aNodeThatWasKilledIsSweptThoughOthersKeepNoPresence() {
        try (TestCluster cluster = cluster(3)) {
            Presence here = Presence.in(cluster.node(0).box()).build();
            Presence there = Presence.in(cluster.node(1).box()).build();
            GroupName lobby = GroupName.of("room:lobby");
            TestClient bob = member(cluster, 1, "bob");
            there.trackUntold(lobby, bob.channel());
            cluster.advance(Duration.ofSeconds(30));

            cluster.kill(1);
            cluster.advance(Duration.ofMinutes(3));

            assertEquals(List.of(), here.members(lobby));
        }
    }

    @Test
    void whoReloadsAPageCostsNoSubscription() {
        try (TestCluster cluster = cluster(1)) {
            TestClient ann = cluster.node(0).user("ann").connect("/topics");
            ann.subscribe("room:lobby");
            ann.close();
            cluster.advance(Duration.ofSeconds(2));

            TestTopic again = subscribe(cluster, 0, "ann");
            again.send(new Say("hello"));

            assertEquals(List.of("hello"), texts(again));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void allNodesReadOneOrderWhoeverSpeaks(int nodes) {
        try (TestCluster cluster = cluster(nodes)) {
            List<TestTopic> members = new ArrayList<>();
            for (int node = 0; node < nodes; node++) {
                members.add(subscribe(cluster, node, "user" + node));
                cluster.link(node).delay(Duration.ofMillis(10L * node));
            }
            for (int i = 0; i < 50; i++) {
                members.get(i % nodes).send(new Say("m" + i));
            }
            cluster.advance(Duration.ofSeconds(1));

            List<String> order = texts(members.get(0));
            assertEquals(50, order.size());
            members.subList(1, nodes).forEach(member -> assertEquals(order, texts(member)));
        }
    }
}
