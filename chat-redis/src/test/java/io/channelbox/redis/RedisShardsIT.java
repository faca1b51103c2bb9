package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Group;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

/** Groups on two Redis that know nothing of each other, of which the second hangs or tells nothing; and one that hangs alone. */
@Timeout(120)
class RedisShardsIT {

    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final PublishOptions SAVED = PublishOptions.DEFAULT.savingHistory();

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<FaultyWay> ways = new ArrayList<>();
    private final List<ChatNode> nodes = new ArrayList<>();
    private final int first = start();
    private final int second = start();

    private int start() {
        int port = SharedRedis.freePort();
        servers.add(SharedRedis.start(port));
        return port;
    }

    /** Adds a node, whose ways to the two are its own. */
    private ChatNode node() {
        FaultyWay toFirst = FaultyWay.to(first);
        FaultyWay toSecond = FaultyWay.to(second);
        ways.addAll(List.of(toFirst, toSecond));
        ChatNode node = ChatNode.on(RedisChat.builder(toFirst.uri())
                .shards(toSecond.uri())
                .commandTimeout(COMMAND_TIMEOUT)
                .probeEvery(Duration.ofSeconds(1))
                .nodeTimeout(Duration.ofSeconds(3)));
        nodes.add(node);
        return node;
    }

    private FaultyWay toFirst(int node) {
        return ways.get(2 * node);
    }

    private FaultyWay toSecond(int node) {
        return ways.get(2 * node + 1);
    }

    @AfterEach
    void close() {
        nodes.forEach(ChatNode::close);
        ways.forEach(FaultyWay::close);
        servers.forEach(RedisServer::stop);
    }

    /** Returns a group whose history is on the second Redis, or on the first. */
    private static String group(ChatNode node, RedisLink secondRedis, boolean onSecond) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "room:" + i)
                .peek(name -> node.box().group(name).broadcast(new ChatNode.Said("begin"), SAVED))
                .filter(name -> isThere(secondRedis, node.box().group(name)) == onSecond)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isThere(RedisLink redis, Group group) {
        return redis.await("looking", redis.commands().exists(redis.keys().of("stream", group.name()))) == 1;
    }

    private static void say(ChatNode node, String group, String text) {
        node.box().group(group).broadcast(new ChatNode.Said(text), SAVED);
    }

    private static ChatPeer enter(ChatNode node, String name, String group) {
        ChatPeer peer = node.connect(name);
        peer.subscribe(group, "{\"last\":0}");
        peer.await("presence_state");
        return peer;
    }

    /** The middle one of many: the machine may be busy now and then. */
    private static void assertUsuallyRefusedAtOnce(Runnable asking) {
        Duration usual = Stream.generate(() -> timeToRefuse(asking))
                .limit(21)
                .sorted()
                .skip(10)
                .findFirst()
                .orElseThrow();
        assertTrue(usual.compareTo(AT_ONCE) < 0, () -> "took " + usual);
    }

    private static Duration timeToRefuse(Runnable asking) {
        long before = System.nanoTime();
        assertThrows(StoreException.class, asking::run);
        return Duration.ofNanos(System.nanoTime() - before);
    }

    private static void awaitHealthy(ChatNode node, boolean healthy) {
        Eventually.is(
                healthy ? "healthy again" : "degraded", () -> node.health().healthy() == healthy);
    }

    @Test
    void whileTheSecondHangsItsGroupsFailAtOnceAndThoseOfTheFirstGoOn() {
        ChatNode one = node();
        ChatNode two = node();
        try (RedisLink redis = RedisLink.connect(LinkOptions.of(SharedRedis.uri(second), "channelbox"))) {
            String near = group(one, redis, false);
            String far = group(one, redis, true);
            ChatPeer ann = enter(two, "ann", near);
            ChatPeer bob = enter(two, "bob", far);

            toSecond(0).freeze();
            awaitHealthy(one, false);
            say(one, near, "goes on");

            ann.awaitText("goes on");
            assertUsuallyRefusedAtOnce(() -> say(one, far, "refused"));
            assertUsuallyRefusedAtOnce(() -> one.box().group(far).history(HistoryQuery.latest(1)));
            assertTrue(one.health().detail().startsWith("shard 2 of 2: "), one.health()::toString);
            assertEquals("", two.health().detail());
            toSecond(0).thaw();
            awaitHealthy(one, true);
            say(one, far, "back");
            bob.awaitText("back");
        }
    }

    @Test
    void aSubscriptionThatIsDeafOnTheSecondIsFoundAndMended() {
        ChatNode one = node();
        ChatNode two = node();
        try (RedisLink redis = RedisLink.connect(LinkOptions.of(SharedRedis.uri(second), "channelbox"))) {
            String far = group(one, redis, true);
            ChatPeer bob = enter(two, "bob", far);
            toSecond(1).deafen();
            say(one, far, "not heard");

            awaitHealthy(two, false);
            awaitHealthy(two, true);
            say(one, far, "heard again");

            bob.awaitText("heard again");
            assertEquals(List.of("not heard", "heard again"), bob.texts());
        }
    }

    @Test
    void whileARedisHangsHistoryAndPresenceFailAtOnceToo() {
        ChatNode one = node();
        toFirst(0).freeze();
        toSecond(0).freeze();
        awaitHealthy(one, false);
        String lobby = ChatNode.LOBBY;
        Eventually.is(
                "that is known of both",
                () -> one.health().detail().contains("1 of 2")
                        && one.health().detail().contains("2 of 2"));

        assertUsuallyRefusedAtOnce(() -> one.box().group(lobby).history(HistoryQuery.latest(1)));
        assertUsuallyRefusedAtOnce(one::here);

        toFirst(0).thaw();
        toSecond(0).thaw();
        awaitHealthy(one, true);
        assertEquals(List.of(), one.here());
    }
}
