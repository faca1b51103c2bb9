package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Cluster;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.cluster.ClusterBroker;
import io.channelbox.cluster.Unreachable;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Lost;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What members on several nodes read, whatever goes wrong between these. */
class TestClusterTest {

    private static final PublishOptions SAVED = PublishOptions.DEFAULT.savingHistory();
    private static final GroupName LOBBY = GroupName.of("room:lobby");

    private static final JsonStyle STYLE =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload");

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

    /** A consumer that joins a group by itself. */
    static class Hall extends ChannelConsumer<Say> {

        private static final Codec<Say> CODEC = TypedJsonCodec.of(Say.class, STYLE);

        @Override
        protected Codec<Say> codec() {
            return CODEC;
        }

        @Override
        protected void onConnect(Channel me) {
            group("room:lobby").join(me);
        }

        @Override
        protected void onReceive(Channel me, Say say) {}
    }

    private static final Topics TOPICS = Topics.in(STYLE).topic("room:{id}", Room::new);

    private final TestCluster cluster = cluster(2);
    private final TestTopic ann = subscribe(cluster, 0, "ann");
    private final TestTopic bob = subscribe(cluster, 1, "bob");

    @AfterEach
    void close() {
        cluster.close();
    }

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

            cluster.node(0).box().group(LOBBY).broadcast(new Said("system", "hello"), SAVED);
            cluster.settle();

            assertEquals(List.of("hello"), texts(bob));
        }
    }

    @Test
    void whatWasLostOnTheWayIsReadOnceForTheNode() {
        ann.send(new Say("one"));
        cluster.settle();
        cluster.link(1).loseNext(2);

        for (String text : List.of("two", "three", "four")) {
            ann.send(new Say(text));
        }
        cluster.settle();

        assertEquals(List.of("one", "two", "three", "four"), texts(bob));
    }

    @Test
    void theLastOneThatWasLostOnTheWayIsFoundThoughNobodySpeaks() {
        cluster.link(1).loseNext(1);
        ann.send(new Say("one"));
        cluster.settle();
        assertEquals(List.of(), texts(bob));

        cluster.advance(Duration.ofSeconds(41));

        assertEquals(List.of("one"), texts(bob));
    }

    @Test
    void whatCameInAnotherOrderIsReadInTheOneOrder() {
        cluster.link(1).swapNextTwo();

        ann.send(new Say("one"));
        ann.send(new Say("two"));
        cluster.settle();

        assertEquals(List.of("one", "two"), texts(bob));
    }

    @Test
    void whatComesLateIsReadLate() {
        cluster.link(1).delay(Duration.ofMillis(300));

        ann.send(new Say("one"));
        cluster.advance(Duration.ofMillis(200));
        assertEquals(List.of(), texts(bob));
        cluster.advance(Duration.ofMillis(200));

        assertEquals(List.of("one"), texts(bob));
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
        cluster.link(1).cutOff();
        cluster.advance(Duration.ofSeconds(1));

        ann.send(new Say("one"));
        cluster.settle();

        assertEquals(List.of(), texts(bob));
        assertFalse(isHealthy(cluster, 1));
        ChannelBox cutOff = cluster.node(1).box();
        assertThrows(StoreException.class, () -> cutOff.group(LOBBY).broadcast(new Said("bob", "into nothing"), SAVED));

        cluster.link(1).reconnect();
        cluster.advance(Duration.ofSeconds(2));

        assertTrue(isHealthy(cluster, 1));
        assertEquals(List.of("one"), texts(bob));
    }

    @Test
    void aNodeThatStaysLocalTellsWhatIsNotKept() {
        try (TestCluster cluster = cluster(2, broker -> broker.whenUnreachable(Unreachable.STAY_LOCAL))) {
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.link(1).cutOff();
            cluster.advance(Duration.ofSeconds(1));

            cluster.node(1)
                    .box()
                    .group(LOBBY)
                    .broadcast(new Said("eve", "here only"), PublishOptions.DEFAULT.withoutHistory());
            TestTopic late = cluster.node(1).user("late").connect("/topics").topic("room:lobby");
            cluster.settle();

            assertEquals(List.of("here only"), texts(bob));
            late.assertSilent();
        }
    }

    @Test
    void aNodeThatStaysLocalTellsAlsoWhatItNoticesByThatNobodyAnswers() {
        try (TestCluster cluster = cluster(2, broker -> broker.whenUnreachable(Unreachable.STAY_LOCAL))) {
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.link(1).blackOut();

            sayForNow(cluster, 1, "here only");

            assertEquals(List.of("here only"), texts(bob));
        }
    }

    @Test
    void whatWasTakenAndNotAnsweredIsToldOnceWhereTheNodeStaysLocal() {
        try (TestCluster cluster = cluster(2, broker -> broker.whenUnreachable(Unreachable.STAY_LOCAL))) {
            TestTopic ann = subscribe(cluster, 0, "ann");
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.link(1).loseNextAnswers(1);

            sayForNow(cluster, 1, "on its way");
            cluster.advance(Duration.ofSeconds(20));
            cluster.link(1).delay(Duration.ofSeconds(5));
            cluster.link(1).loseNextAnswers(1);
            sayForNow(cluster, 1, "late");
            cluster.advance(Duration.ofSeconds(20));

            assertEquals(List.of("on its way", "late"), texts(ann));
            assertEquals(List.of("on its way", "late"), texts(bob));
        }
    }

    private static void sayForNow(TestCluster cluster, int node, String text) {
        cluster.node(node).box().group(LOBBY).broadcast(new Said("eve", text), PublishOptions.DEFAULT.withoutHistory());
        cluster.settle();
    }

    @Test
    void aGroupThatWasJoinedAtTheMomentNobodyAnsweredIsHeardSoonThoughNobodyWasEverCutOff() {
        try (TestCluster cluster = cluster(2, broker -> broker.whenUnreachable(Unreachable.STAY_LOCAL))) {
            cluster.link(1).failNextSubscriptions(1);
            TestTopic bob = subscribe(cluster, 1, "bob");
            cluster.advance(Duration.ofSeconds(1));
            assertTrue(isHealthy(cluster, 1));

            sayForNow(cluster, 0, "hello");

            assertEquals(List.of("hello"), texts(bob));
        }
    }

    @Test
    void whoComesToATopicThatTellsWhoIsHereIsLetInWhereTheNodeStaysLocalAndSeenAfterwards() {
        try (TestCluster cluster = TestCluster.with(
                2, broker -> broker.whenUnreachable(Unreachable.STAY_LOCAL), box -> box.historyCodec(TOPICS.codec()))) {
            List<Presence> presences = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Presence presence = Presence.in(cluster.node(i).box()).build();
                presences.add(presence);
                cluster.node(i)
                        .mount(
                                "/here",
                                Topics.in(STYLE)
                                        .topic("room:{id}", Room::new)
                                        .presence(presence)
                                        .hub());
            }
            cluster.link(1).blackOut();
            cluster.advance(Duration.ofSeconds(10));

            TestTopic bob = cluster.node(1).user("bob").connect("/here").subscribe("room:lobby");
            sayForNow(cluster, 1, "here only");
            assertEquals(List.of("here only"), texts(bob));

            cluster.link(1).reconnect();
            cluster.advance(Duration.ofSeconds(10));
            assertEquals(
                    List.of("bob"),
                    presences.get(0).members(LOBBY).stream()
                            .map(member -> member.name())
                            .toList());
        }
    }

    @Test
    void aConnectionThatIsDeafIsNoticedAndMadeAnew() {
        cluster.advance(Duration.ofSeconds(20));
        cluster.link(1).deafen();
        ann.send(new Say("one"));
        cluster.settle();
        assertEquals(List.of(), texts(bob));

        cluster.advance(Duration.ofSeconds(12));

        assertEquals(List.of("one"), texts(bob));
        assertTrue(isHealthy(cluster, 1));
    }

    @Test
    void whatGoesNowhereWithoutAWordIsNoticedToo() {
        cluster.link(1).blackOut();
        cluster.advance(Duration.ofSeconds(10));
        assertFalse(isHealthy(cluster, 1));
        ann.send(new Say("one"));

        cluster.link(1).reconnect();
        cluster.advance(Duration.ofSeconds(15));

        assertTrue(isHealthy(cluster, 1));
        assertEquals(List.of("one"), texts(bob));
    }

    @Test
    void whatAFailoverLostIsToldAndNothingIsToldTwice() {
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

    @Test
    void whenEverythingWasForgottenPeersAreToldAndGoOn() {
        ann.send(new Say("one"));
        cluster.settle();
        assertEquals(List.of("one"), texts(bob));
        cluster.memory().flush();

        ann.send(new Say("two"));
        cluster.settle();

        assertEquals("epoch", bob.receive(Lost.class).cause());
        assertEquals(List.of("two"), texts(bob));
    }

    @Test
    void whoIsInAGroupWithoutATopicReadsOnBehindWhatIsLostAndIsNotToldOfIt() {
        cluster.mount("/hall", Hall::new);
        TestClient eve = cluster.node(1).user("eve").connect("/hall");
        ann.send(new Say("one"));
        cluster.settle();
        assertEquals(List.of("one"), texts(bob));
        cluster.memory().flush();

        ann.send(new Say("two"));
        cluster.settle();

        assertEquals("epoch", bob.receive(Lost.class).cause());
        assertEquals(List.of(new Said("ann", "one"), new Said("ann", "two")), eve.receiveAll(Said.class));
        eve.assertSilent();
    }

    @Test
    void aConnectionThatIsDeafAgainIsMadeAnewAgain() {
        cluster.advance(Duration.ofSeconds(20));
        cluster.link(1).deafenFor(2);
        ann.send(new Say("one"));

        cluster.advance(Duration.ofSeconds(30));

        assertEquals(List.of("one"), texts(bob));
        assertTrue(isHealthy(cluster, 1));
    }

    @Test
    void whatWasTakenAndNotAnsweredIsKeptOnceAndToldOnceWhenItIsSaidAgainWithItsKey() {
        Group lobby = cluster.node(0).box().group(LOBBY);
        PublishOptions keyed = SAVED.withIdempotencyKey("once");
        var hello = new Said("ann", "hello");
        cluster.link(0).loseNextAnswers(1);

        assertThrows(StoreException.class, () -> lobby.broadcast(hello, keyed));
        cluster.advance(Duration.ofSeconds(1)); // the node has seen that it is answered again
        BroadcastResult again = lobby.broadcast(hello, keyed);
        cluster.settle();

        assertTrue(again.isRepeated());
        assertEquals(List.of("hello"), texts(ann));
        assertEquals(List.of("hello"), texts(bob));
        assertEquals(1, lobby.history(HistoryQuery.latest(10)).entries().size());
    }

    @Test
    void whileQuestionsHangANodeIsNotTakenForGoneAndAfterwardsItTellsWhatWasMissed() {
        Presence here = Presence.in(cluster.node(0).box()).build();
        Presence there = Presence.in(cluster.node(1).box()).build();
        TestClient eve = member(cluster, 1, "eve");
        there.trackUntold(LOBBY, eve.channel());
        cluster.hangQuestions(1);
        cluster.link(1).loseNext(1);
        ann.send(new Say("one"));
        ann.send(new Say("two"));

        cluster.advance(Duration.ofMinutes(2));

        assertEquals(List.of(), texts(bob));
        assertEquals(1, here.members(LOBBY).size());
        cluster.resume(1);
        assertEquals(List.of("one", "two"), texts(bob));
    }

    @Test
    void whoIsKickedIsOutThoughWhatWasMissedIsStillBeingRead() {
        TestClient eve = member(cluster, 1, "eve");
        cluster.hangQuestions(1);
        cluster.link(1).loseNext(1);
        ann.send(new Say("one"));
        ann.send(new Say("two"));

        cluster.node(0).box().group(LOBBY).kick(eve.channel().user().id());
        cluster.settle();

        assertFalse(cluster.node(1).box().group(LOBBY).contains(eve.channel()));
    }

    @Test
    void whileABoxIsBusyItsMembersHearAndItIsNotTakenForGone() {
        TestClient eve = member(cluster, 1, "eve");
        cluster.keepBusy(1);
        cluster.node(0).box().ban(eve.channel().user().id(), Duration.ofHours(1));
        ann.send(new Say("one"));

        cluster.advance(Duration.ofMinutes(2));

        assertEquals(List.of("one"), texts(bob));
        assertTrue(isHealthy(cluster, 1));
        assertFalse(eve.isClosed());
        cluster.resume(1);
        assertTrue(eve.isClosed());
    }

    @Test
    void aNodeThatIsStartedLaterReadsAndSaysTheSame() {
        ann.send(new Say("one"));

        TestTopic eve = subscribe(cluster, cluster.add(), "eve");
        eve.send(new Say("two"));
        cluster.settle();

        assertEquals(List.of("one", "two"), texts(bob));
        assertEquals(List.of("two"), texts(eve));
    }

    @Test
    void whenAllWereCutOffForTenMinutesNothingHasPiledUpAndAllGoesOn() {
        ann.send(new Say("before"));
        cluster.settle();
        int tasks = cluster.clock().scheduledTasks();
        List.of(0, 1).forEach(node -> cluster.link(node).cutOff());
        cluster.advance(Duration.ofSeconds(1));

        Group lobby = cluster.node(0).box().group(LOBBY);
        for (int second = 0; second < 600; second++) {
            assertThrows(StoreException.class, () -> lobby.broadcast(new Said("ann", "refused"), SAVED));
            cluster.advance(Duration.ofSeconds(1));
        }
        List.of(0, 1).forEach(node -> cluster.link(node).reconnect());
        cluster.advance(Duration.ofSeconds(2));
        ann.send(new Say("after"));
        cluster.settle();

        assertTrue(isHealthy(cluster, 0) && isHealthy(cluster, 1));
        assertEquals(List.of("before", "after"), texts(ann));
        assertEquals(List.of("before", "after"), texts(bob));
        assertEquals(tasks, cluster.clock().scheduledTasks());
    }

    @Test
    void aNodeThatWasCutOffForTenMinutesTellsAllThatWasSaidMeanwhile() {
        cluster.link(1).cutOff();
        List<String> said = new ArrayList<>();
        for (int second = 0; second < 600; second++) {
            said.add("m" + second);
            ann.send(new Say("m" + second));
            cluster.advance(Duration.ofSeconds(1));
        }

        cluster.link(1).reconnect();
        cluster.advance(Duration.ofSeconds(2));

        assertEquals(said, texts(bob));
    }

    @Test
    void whenAllWereAwayForLongNobodyIsTakenForGone() {
        try (TestCluster cluster = cluster(2)) {
            Presence here = Presence.in(cluster.node(0).box()).build();
            Presence there = Presence.in(cluster.node(1).box()).build();
            TestClient ann = member(cluster, 0, "ann");
            TestClient bob = member(cluster, 1, "bob");
            List<String> left = new ArrayList<>();
            Presence watching = Presence.in(cluster.node(0).box())
                    .onChange(change -> change.leaves().forEach(member -> left.add(member.name())))
                    .build();
            watching.trackUntold(LOBBY, ann.channel());
            there.trackUntold(LOBBY, bob.channel());
            cluster.settle();
            cluster.link(0).blackOut();
            cluster.link(1).blackOut();
            cluster.advance(Duration.ofSeconds(40));

            cluster.link(0).reconnect();
            cluster.link(1).reconnect();
            cluster.advance(Duration.ofSeconds(60));

            assertEquals(List.of(), left);
            assertEquals(2, here.members(LOBBY).size());
        }
    }

    @Test
    void whoWasBelievedLongerThanOthersTakesNobodyForGoneBeforeTheyCouldComeBack() {
        try (TestCluster cluster = cluster(2)) {
            Presence there = Presence.in(cluster.node(1).box()).build();
            TestClient bob = member(cluster, 1, "bob");
            there.trackUntold(LOBBY, bob.channel());
            List<String> left = whoLeaves(cluster, 0);
            awayOneAfterTheOther(cluster);

            cluster.link(0).reconnect();
            cluster.advance(Duration.ofSeconds(4));
            cluster.link(1).reconnect();
            cluster.advance(Duration.ofSeconds(60));

            assertEquals(List.of(), left);
            assertEquals(2, there.members(LOBBY).size());
        }
    }

    @Test
    void whoIsGoneWhileAllWereAwayLeavesOnceWithinTwiceTheTime() {
        try (TestCluster cluster = cluster(2)) {
            Presence there = Presence.in(cluster.node(1).box()).build();
            TestClient bob = member(cluster, 1, "bob");
            there.trackUntold(LOBBY, bob.channel());
            List<String> left = whoLeaves(cluster, 0);
            awayOneAfterTheOther(cluster);

            cluster.kill(1);
            cluster.link(0).reconnect();
            cluster.advance(Duration.ofSeconds(30));

            assertEquals(List.of("bob"), left);
        }
    }

    private static List<String> whoLeaves(TestCluster cluster, int node) {
        List<String> left = new ArrayList<>();
        Presence watching = Presence.in(cluster.node(node).box())
                .onChange(change -> change.leaves().forEach(member -> left.add(member.name())))
                .build();
        watching.trackUntold(LOBBY, member(cluster, node, "ann").channel());
        cluster.settle();
        return left;
    }

    /** The second is not heard for so long that it is believed no more, the first a little shorter. */
    private static void awayOneAfterTheOther(TestCluster cluster) {
        cluster.link(1).blackOut();
        cluster.advance(Duration.ofSeconds(4));
        cluster.link(0).blackOut();
        cluster.advance(Duration.ofMillis(11_500));
    }

    @Test
    void whoIsOnANodeThatIsClosedWithoutAWordOfPresenceLeaves() {
        try (TestCluster cluster = cluster(2)) {
            Presence here = Presence.in(cluster.node(0).box()).build();
            Presence there = Presence.in(cluster.node(1).box()).build();
            TestClient bob = member(cluster, 1, "bob");
            there.trackUntold(LOBBY, bob.channel());
            cluster.advance(Duration.ofSeconds(30));
            assertEquals(1, here.members(LOBBY).size());

            cluster.node(1).box().close(Duration.ZERO);
            cluster.advance(Duration.ofSeconds(60));

            assertEquals(List.of(), here.members(LOBBY));
        }
    }

    @Test
    void aNodeThatWasKilledIsSweptThoughOthersKeepNoPresence() {
        try (TestCluster cluster = cluster(3)) {
            Presence here = Presence.in(cluster.node(0).box()).build();
            Presence there = Presence.in(cluster.node(1).box()).build();
            TestClient bob = member(cluster, 1, "bob");
            there.trackUntold(LOBBY, bob.channel());
            cluster.advance(Duration.ofSeconds(30));

            cluster.kill(1);
            cluster.advance(Duration.ofMinutes(3));

            assertEquals(List.of(), here.members(LOBBY));
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
