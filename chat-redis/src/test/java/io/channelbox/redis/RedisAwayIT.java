package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelbox.broker.PublishOptions;
import io.channelbox.cluster.Unreachable;
import io.channelbox.message.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

/** What members read and publishers are told when the Redis is away, empty, silent or deaf, or a node is. */
@Timeout(120)
class RedisAwayIT {

    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final int port = SharedRedis.freePort();
    private RedisServer server = SharedRedis.start(port);
    private final List<FaultyWay> ways = new ArrayList<>();
    private final List<ChatNode> nodes = new ArrayList<>();

    private ChatNode node() {
        return node(Unreachable.REFUSE);
    }

    private ChatNode node(Unreachable choice) {
        FaultyWay way = FaultyWay.to(port);
        ways.add(way);
        ChatNode node = ChatNode.on(RedisChat.builder(way.uri())
                .prefix("away")
                .commandTimeout(COMMAND_TIMEOUT)
                .probeEvery(Duration.ofSeconds(1))
                .nodeTimeout(Duration.ofSeconds(3))
                .whenUnreachable(choice));
        nodes.add(node);
        return node;
    }

    private FaultyWay way(int node) {
        return ways.get(node);
    }

    @AfterEach
    void close() {
        nodes.forEach(ChatNode::close);
        ways.forEach(FaultyWay::close);
        server.stop();
    }

    private static void awaitDegraded(ChatNode node) {
        Eventually.is("degraded", () -> !node.health().healthy());
    }

    private static void awaitHealthy(ChatNode node) {
        Eventually.is("healthy again", () -> node.health().healthy());
    }

    /** Until all nodes have noticed. */
    private void killRedis() {
        server.stop();
        nodes.forEach(RedisAwayIT::awaitDegraded);
    }

    /** Empty, until all nodes have found it. */
    private void restartRedis() {
        server = SharedRedis.start(port);
        nodes.forEach(RedisAwayIT::awaitHealthy);
    }

    private static void sayTo(List<ChatPeer> members, ChatNode node, String text) {
        node.say(text);
        members.forEach(member -> member.awaitText(text));
    }

    private static void assertNothingCameTwice(ChatPeer member) {
        List<String> texts = member.texts();
        assertEquals(texts.stream().distinct().toList(), texts);
    }

    private static Duration timeToRefuse(ChatNode node) {
        long before = System.nanoTime();
        assertThrows(StoreException.class, () -> node.say("refused"));
        return Duration.ofNanos(System.nanoTime() - before);
    }

    /** The middle one of many: the machine may be busy now and then. */
    private static Duration usualTimeToRefuse(ChatNode node) {
        return Stream.generate(() -> timeToRefuse(node))
                .limit(21)
                .sorted()
                .skip(10)
                .findFirst()
                .orElseThrow();
    }

    private static void assertShorter(Duration most, Duration took) {
        assertTrue(took.compareTo(most) < 0, () -> "took " + took + ", not less than " + most);
    }

    @Test
    void whileRedisIsAwayPublishersFailAtOnceAndAfterwardsNothingAcceptedIsLostOrDoubled() throws Exception {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer ann = one.enter("ann");
        ChatPeer bob = two.enter("bob");
        var accepted = new ConcurrentLinkedQueue<String>();
        var longest = new ConcurrentLinkedQueue<Duration>();
        var over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Void>> speaking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ChatNode node = nodes.get(i % 2);
            int speaker = i;
            speaking.add(threads.submit(speaker(node, speaker, over, accepted, longest)));
        }
        try {
            bob.awaitTexts(100);
            ways.forEach(FaultyWay::cut);
            nodes.forEach(RedisAwayIT::awaitDegraded);
            assertShorter(AT_ONCE, usualTimeToRefuse(one));
            assertShorter(AT_ONCE, usualTimeToRefuse(two));
            Eventually.stays(
                    Duration.ofSeconds(3), "degraded", () -> !one.health().healthy());
            ways.forEach(FaultyWay::mend);
            nodes.forEach(RedisAwayIT::awaitHealthy);
            sayTo(List.of(bob), one, "restored");
        } finally {
            over.set(true);
            threads.shutdown();
        }
        for (Future<Void> done : speaking) {
            done.get(30, TimeUnit.SECONDS);
        }
        sayTo(List.of(ann, bob), two, "the end");

        List<String> heard = bob.texts();
        assertEquals(heard, ann.texts());
        assertNothingCameTwice(bob);
        assertTrue(heard.containsAll(accepted));
        assertEquals(LongStream.rangeClosed(1, heard.size()).boxed().toList(), bob.offsets());
        assertEquals(0, bob.count("lost"));
        longest.forEach(took -> assertShorter(COMMAND_TIMEOUT.plus(SLACK), took));
    }

    private static Callable<Void> speaker(
            ChatNode node,
            int speaker,
            AtomicBoolean over,
            ConcurrentLinkedQueue<String> accepted,
            ConcurrentLinkedQueue<Duration> longest) {
        return () -> {
            Duration most = Duration.ZERO;
            for (int i = 0; !over.get(); i++) {
                long before = System.nanoTime();
                try {
                    node.say(speaker + ":" + i);
                    accepted.add(speaker + ":" + i);
                } catch (StoreException e) {
                    Thread.onSpinWait(); // as an application would try again
                }
                Duration took = Duration.ofNanos(System.nanoTime() - before);
                most = took.compareTo(most) > 0 ? took : most;
            }
            longest.add(most);
            return null;
        };
    }

    @Test
    void whenRedisComesBackEmptyMembersAreToldAndPresenceIsWholeWithoutAFlicker() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer ann = one.enter("ann");
        ChatPeer bob = two.enter("bob");
        sayTo(List.of(ann, bob), one, "one");
        Eventually.is("both are here", () -> one.here().equals(List.of("ann", "bob")));
        Eventually.is("both are told", () -> one.changes().contains("+bob"));

        killRedis();
        restartRedis();
        one.say("two");

        for (ChatPeer member : List.of(ann, bob)) {
            member.awaitText("two");
            assertEquals(
                    "epoch", member.await("lost").path("payload").path("cause").asText());
            assertEquals(List.of("one", "two"), member.texts());
        }
        Eventually.is(
                "all are here again",
                () -> nodes.stream().allMatch(node -> node.here().equals(List.of("ann", "bob"))));
        Eventually.stays(
                Duration.ofSeconds(3),
                "nobody leaves",
                () -> nodes.stream()
                        .noneMatch(node -> node.changes().contains("-ann")
                                || node.changes().contains("-bob")));
    }

    @Test
    void aRedisThatDoesNotAnswerIsNoticedAndWhatWasMissedIsReadAfterwards() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer bob = two.enter("bob");
        way(1).freeze();

        assertShorter(COMMAND_TIMEOUT.plus(SLACK), timeToRefuse(two));
        assertShorter(AT_ONCE, usualTimeToRefuse(two));
        assertFalse(two.health().healthy());
        one.say("missed");
        way(1).thaw();

        bob.awaitText("missed");
        awaitHealthy(two);
        sayTo(List.of(bob), two, "after");
        assertEquals(0, bob.count("lost"));
        assertNothingCameTwice(bob);
    }

    @Test
    void howeverOftenItIsTriedWhileRedisIsSilentNothingPilesUpThatIsSaidAfterwards() throws Exception {
        ChatNode one = node();
        ChatPeer ann = one.enter("ann");
        sayTo(List.of(ann), one, "before");
        way(0).freeze();
        int speakers = 4;
        var refused = new AtomicInteger();
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();

        SeveralNodesTest.together(Collections.nCopies(speakers, () -> {
            while (System.nanoTime() - end < 0) {
                assertThrows(StoreException.class, () -> one.say("refused " + refused.incrementAndGet()));
            }
            return null;
        }));
        way(0).thaw();
        awaitHealthy(one);
        sayTo(List.of(ann), one, "after");

        assertTrue(refused.get() > 1_000, refused::toString);
        List<String> heard = ann.texts();
        assertTrue(heard.size() <= 2 + speakers, heard::toString); // what was on its way as it fell silent
        assertNothingCameTwice(ann);
    }

    @Test
    void aSubscriptionThatIsDeafIsFoundAndMendedThoughCommandsWork() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer bob = two.enter("bob");
        sayTo(List.of(bob), one, "heard");
        way(1).deafen();
        one.say("not heard");

        awaitDegraded(two);
        awaitHealthy(two);
        sayTo(List.of(bob), one, "heard again");

        assertEquals(List.of("heard", "not heard", "heard again"), bob.texts());
    }

    @Test
    void aNewSubscriptionThatIsSilentTooIsGivenUpAndMadeAgain() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer bob = two.enter("bob");
        sayTo(List.of(bob), one, "heard");
        int before = way(1).subscribers();
        way(1).deafenNext(2);
        way(1).deafen();
        one.say("not heard");

        awaitDegraded(two);
        awaitHealthy(two);
        sayTo(List.of(bob), one, "heard again");

        assertEquals(List.of("heard", "not heard", "heard again"), bob.texts());
        assertTrue(way(1).subscribers() >= before + 3);
    }

    @Test
    void whenAllFreezesWhileASubscriptionIsMadeAnewNothingHangsAndItIsMadeAgain() {
        ChatNode one = node();
        ChatNode two = node();
        ChatPeer bob = two.enter("bob");
        sayTo(List.of(bob), one, "heard");
        int before = way(1).subscribers();
        way(1).deafenNext(1);
        way(1).deafen();
        one.say("not heard");
        Eventually.is("another one is made", () -> way(1).subscribers() > before);

        way(1).freeze();
        assertShorter(COMMAND_TIMEOUT.plus(SLACK), timeToRefuse(two));
        assertShorter(AT_ONCE, usualTimeToRefuse(two));
        way(1).thaw();

        awaitHealthy(two);
        sayTo(List.of(bob), one, "heard again");
        List<String> said =
                bob.texts().stream().filter(text -> !text.equals("refused")).toList(); // which was on its way
        assertEquals(List.of("heard", "not heard", "heard again"), said);
    }

    @Test
    void whoStaysLocalTellsWhoIsHereWhileRedisIsKilledAndWhoRefusesTellsNobody() {
        ChatNode local = node(Unreachable.STAY_LOCAL);
        ChatNode refusing = node(Unreachable.REFUSE);
        ChatPeer ann = local.enter("ann");
        ChatPeer bob = refusing.enter("bob");
        PublishOptions now = PublishOptions.DEFAULT.withoutHistory();
        killRedis();

        Said.eventually(() -> local.lobby().broadcast(new ChatNode.Said("here only"), now)); // once it is noticed

        ann.awaitText("here only");
        assertThrows(StoreException.class, () -> local.say("to be kept"));
        assertThrows(StoreException.class, () -> refusing.lobby().broadcast(new ChatNode.Said("to nobody"), now));
        assertThrows(StoreException.class, () -> refusing.say("to be kept"));
        restartRedis();
        sayTo(List.of(ann, bob), local, "to all");
        assertEquals(List.of("here only", "to all"), ann.texts());
        assertEquals(List.of("to all"), bob.texts());
    }

    @Test
    void whoComesWhileRedisIsKilledIsAskedToComeAgain() {
        ChatNode local = node(Unreachable.STAY_LOCAL);
        ChatNode refusing = node(Unreachable.REFUSE);
        killRedis();

        JsonNode answer = local.connect("ann").ask(ChatNode.LOBBY, "subscribe", "{}");
        assertEquals("unavailable", answer.path("payload").path("reason").asText(), answer::toString);
        assertTrue(answer.path("payload").path("retryAfterMillis").asLong() > 0, answer::toString);
        assertEquals(1013, refusing.connect("bob").awaitClosed());
        restartRedis();
        nodes.forEach(node -> node.enter("ann"));
    }

    @Test
    void theUsersOfANodeThatIsGoneLeaveOnceAndComeBackWithItOnce() {
        ChatNode one = node();
        ChatNode two = node();
        ChatNode three = node();
        three.enter("eve");
        two.enter("bob");
        one.enter("ann");
        for (ChatNode node : nodes) {
            Eventually.is("all are here", () -> node.here().equals(List.of("ann", "bob", "eve")));
        }
        Eventually.is("it is told", () -> three.changes().containsAll(List.of("+ann", "+bob")));
        three.changes().clear();

        way(1).freeze();

        Eventually.is("bob has left", () -> three.changes().contains("-bob"));
        assertEquals(List.of("ann", "eve"), one.here());
        way(1).thaw();
        Eventually.is("bob is back", () -> three.changes().contains("+bob"));
        awaitHealthy(two);
        Eventually.stays(
                Duration.ofSeconds(2),
                "nobody else comes or goes",
                () -> three.changes().equals(List.of("-bob", "+bob")));
        for (ChatNode node : nodes) {
            Eventually.is("all are here", () -> node.here().equals(List.of("ann", "bob", "eve")));
        }
    }
}
