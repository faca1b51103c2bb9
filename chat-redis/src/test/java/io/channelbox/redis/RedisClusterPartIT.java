package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.CloseStatus;
import io.channelbox.cluster.PartlyUnreachableException;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One master of a Redis Cluster is away, and nobody takes over. */
@Timeout(120)
class RedisClusterPartIT {

    private static final PublishOptions SAVED = PublishOptions.DEFAULT.savingHistory();
    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] CHANNEL_OF_ALL = new Keys("channelbox", 0).channel("all", "");

    private static RedisChat.Builder redis(ClusterServers servers) {
        String[] uris =
                servers.uris().stream().map(uri -> uri.toURI().toString()).toArray(String[]::new);
        return RedisChat.builder(uris)
                .cluster(true)
                .commandTimeout(COMMAND_TIMEOUT)
                .probeEvery(Duration.ofSeconds(1));
    }

    /** Returns a room whose slot is in this third of all. */
    private static String room(int third) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "room:" + i)
                .filter(room -> thirdOf(key(room)) == third)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] key(String room) {
        return new Keys("channelbox", 0).of("stream", io.channelbox.message.GroupName.of(room));
    }

    private static int thirdOf(byte[] key) {
        return 3 * SlotHash.getSlot(key) / SlotHash.SLOT_COUNT;
    }

    /** Returns a third in which nothing is that all groups need. */
    private static int thirdOfGroupsOnly() {
        List<byte[]> common = List.of(
                new Keys("channelbox", 0).of("node", "nodes", "believed"),
                new Keys("channelbox", 0).of("bans", "bans", ""),
                CHANNEL_OF_ALL);
        return IntStream.range(0, 3)
                .filter(third -> common.stream().noneMatch(key -> thirdOf(key) == third))
                .findFirst()
                .orElseThrow();
    }

    private static ChatPeer enter(ChatNode node, String name, String group) {
        ChatPeer peer = node.connect(name);
        peer.subscribe(group, "{\"last\":0}");
        return peer;
    }

    private static void say(ChatNode node, String room, String text) {
        node.box().group(room).broadcast(new ChatNode.Said(text), SAVED);
    }

    private static Duration timeToRefuse(Runnable asking) {
        long before = System.nanoTime();
        assertThrows(StoreException.class, asking::run);
        return Duration.ofNanos(System.nanoTime() - before);
    }

    @Test
    void whileAMasterHangsItsGroupsFailAtOnceAndOthersGoOn() {
        int away = thirdOfGroupsOnly();
        String silent = room(away);
        String lively = room((away + 1) % 3);
        try (var servers = ClusterServers.withoutFailover();
                ChatNode one = ChatNode.on(redis(servers));
                ChatNode two = ChatNode.on(redis(servers))) {
            ChatPeer ann = enter(one, "ann", lively);
            ChatPeer bob = enter(two, "bob", silent);
            say(one, silent, "before");
            bob.awaitText("before");

            Runnable goOn = servers.freezeMasterOf(key(silent));
            List<String> said = new ArrayList<>();
            Eventually.is("degraded", () -> {
                said.add("noticed " + said.size());
                say(two, lively, said.get(said.size() - 1));
                return !one.health().healthy() && !two.health().healthy();
            });
            Duration usual = Stream.generate(() -> timeToRefuse(() -> say(one, silent, "refused")))
                    .peek(time -> {
                        said.add("meanwhile " + said.size());
                        say(two, lively, said.get(said.size() - 1));
                    })
                    .limit(101)
                    .sorted()
                    .skip(50)
                    .findFirst()
                    .orElseThrow();
            assertTrue(usual.compareTo(AT_ONCE) < 0, () -> "took " + usual);
            ann.awaitText(said.get(said.size() - 1));
            assertEquals(said, ann.texts());

            goOn.run();
            Eventually.is(
                    "healthy again",
                    () -> one.health().healthy() && two.health().healthy());
            say(one, silent, "after");
            bob.awaitText("after");
            assertEquals(
                    List.of("before", "after"),
                    bob.texts().stream().filter(text -> !text.equals("refused")).toList());
        }
    }

    @Test
    void whileTheMasterOfTheChannelOfAllHangsWhatIsToldInOtherGroupsIsHeardAndSignalsGoOn() {
        int away = thirdOf(CHANNEL_OF_ALL);
        String lively = room((away + 1) % 3);
        try (var servers = ClusterServers.withoutFailover();
                ChatNode one = ChatNode.on(redis(servers).comesBackWithin(PATIENCE));
                ChatNode two = ChatNode.on(redis(servers).comesBackWithin(PATIENCE))) {
            enter(one, "ann", lively);
            ChatPeer bob = enter(two, "bob", lively);

            servers.freezeMasterOf(CHANNEL_OF_ALL);
            Eventually.is(
                    "degraded", () -> !one.health().healthy() && !two.health().healthy());
            Eventually.is("heard", () -> isHeard(one, lively) && isHeard(two, lively));
            Eventually.stays(Duration.ofSeconds(5), "heard", () -> isHeard(one, lively) && isHeard(two, lively));

            one.box().disconnectUser(new UserId("bob"), new CloseStatus(4000, "over"));
            assertEquals(4000, bob.awaitClosed());
        }
    }

    /** Tells whether what is not kept comes back to who says it. */
    private static boolean isHeard(ChatNode node, String room) {
        return node.box().group(room).broadcast(new ChatNode.Said("passing")).queued() == 1;
    }

    @Test
    void whenNobodyIsThereToSubscribeAnewThatIsToldAsOfOneMaster() {
        try (var servers = ClusterServers.withoutFailover();
                RedisBackplane backplane =
                        RedisBackplane.connect(LinkOptions.ofCluster(servers.uris(), "channelbox"))) {
            backplane.start(new Events());
            servers.stop();

            assertThrows(PartlyUnreachableException.class, backplane::resubscribe);
        }
    }

    @Test
    void whileAMasterIsKilledOthersGoOn() {
        int away = thirdOfGroupsOnly();
        String silent = room(away);
        String lively = room((away + 1) % 3);
        try (var servers = ClusterServers.withoutFailover();
                ChatNode one = ChatNode.on(redis(servers));
                ChatNode two = ChatNode.on(redis(servers))) {
            ChatPeer ann = enter(one, "ann", lively);
            enter(two, "bob", silent);

            servers.stopMasterOf(key(silent));
            List<String> said = new ArrayList<>();
            Eventually.is("degraded", () -> {
                said.add("meanwhile " + said.size());
                say(two, lively, said.get(said.size() - 1));
                return !one.health().healthy() && !two.health().healthy();
            });
            for (int i = 0; i < 100; i++) {
                assertThrows(StoreException.class, () -> say(one, silent, "refused"));
                said.add("meanwhile " + said.size());
                say(two, lively, said.get(said.size() - 1));
            }

            ann.awaitText(said.get(said.size() - 1));
            assertEquals(said, ann.texts());
        }
    }

    @Test
    void whenAMasterIsKilledAndTheClusterServesAllOrNothingHealthIsDegraded() {
        String room = room(0);
        try (var servers = ClusterServers.allOrNothing();
                ChatNode one = ChatNode.on(redis(servers))) {
            say(one, room, "before");

            servers.stopMasterOf(key(room(1)));
            Eventually.is("degraded", () -> !one.health().healthy());
            Eventually.is("refused", () -> {
                try {
                    say(one, room, "perhaps");
                    return false;
                } catch (StoreException e) {
                    return true;
                }
            });
            Eventually.stays(
                    Duration.ofSeconds(3), "degraded", () -> !one.health().healthy());
        }
    }
}
