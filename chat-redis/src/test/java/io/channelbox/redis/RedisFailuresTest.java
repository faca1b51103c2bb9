package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outcome;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.resource.Delay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusherBuilder;
import redis.embedded.RedisServer;

@Timeout(60)
class RedisFailuresTest {

    private static final GroupName ROOM = GroupName.of("chat", "room");

    @Test
    void foreignBytesAreDroppedAndCountedAndHurtNothing() throws Exception {
        try (RedisBackplane backplane = RedisBackplane.connect(SharedRedis.options())) {
            Events events = Events.of(backplane, ROOM);
            byte[] channel = Subscriptions.channelOf(backplane.link(), ROOM);
            List<String> garbage = List.of(
                    "", "garbage", "K", "Kepoch", "Kepoch:1", "Kepoch:x:e", "Kepoch:-1:e", "K" + "x".repeat(9_000));

            for (String bytes : garbage) {
                get(backplane.link().commands().publish(channel, Bytes.of(bytes)));
            }
            get(backplane.link().commands().publish(Subscriptions.channelOfAll(backplane.link()), Bytes.of("garbage")));
            StreamPosition position = publish(backplane, "a");

            events.await("a@" + position);
            assertEquals(garbage.size() + 1, backplane.dropped());
        }
    }

    @Test
    void aListenerThatFailsIsToldTheNextThing() throws Exception {
        try (RedisBackplane backplane = RedisBackplane.connect(SharedRedis.options())) {
            Events events = Events.of(backplane, ROOM);

            publish(backplane, "fail");
            backplane.tell(ROOM, Bytes.of("a"));

            events.await("signal a");
        }
    }

    @Test
    void afterARestartSubscriptionsHoldAgainBeforeItIsSaid() throws Exception {
        int port = SharedRedis.freePort();
        RedisServer server = SharedRedis.start(port);
        try (RedisBackplane backplane = RedisBackplane.connect(LinkOptions.of(SharedRedis.uri(port), "restarted"))) {
            Events events = Events.of(backplane, ROOM);
            StreamPosition before = publish(backplane, "a");

            server.stop();
            events.await("disconnected");
            assertThrows(UnreachableException.class, () -> publish(backplane, "while it is away"));
            server = SharedRedis.start(port);
            events.await("connected");
            StreamPosition after = Said.eventually(() -> publish(backplane, "b"));

            events.await("b@" + after);
            assertNotEquals(before.epoch(), after.epoch());
            assertEquals(1, after.offset());
        } finally {
            server.stop();
        }
    }

    @Test
    void howeverLongRedisWasAwayItIsLookedForAboutEverySecond() {
        try (RedisBackplane backplane = RedisBackplane.connect(SharedRedis.options())) {
            Delay pause = backplane.link().resources().reconnectDelay();

            for (int attempt = 1; attempt <= 10_000; attempt++) {
                assertTrue(pause.createDelay(attempt).compareTo(Duration.ofSeconds(2)) <= 0, "attempt " + attempt);
            }
            for (int attempt = 20; attempt <= 10_000; attempt++) {
                assertTrue(pause.createDelay(attempt).compareTo(Duration.ofMillis(500)) > 0, "attempt " + attempt);
            }
        }
    }

    @Test
    void aGroupSubscribedToWhileRedisIsAwayIsHeardWhenItIsBack() throws Exception {
        int port = SharedRedis.freePort();
        RedisServer server = SharedRedis.start(port);
        try (RedisBackplane backplane = RedisBackplane.connect(
                LinkOptions.of(SharedRedis.uri(port), "away").withCommandTimeout(Duration.ofMillis(300)))) {
            Events events = Events.of(backplane);
            server.stop();
            events.await("disconnected");

            assertThrows(UnreachableException.class, () -> backplane.subscribe(List.of(ROOM)));
            server = SharedRedis.start(port);
            events.await("connected");
            StreamPosition position = Said.eventually(() -> publish(backplane, "a"));

            events.await("a@" + position);
        } finally {
            server.stop();
        }
    }

    @Test
    void whatIsFlushedBeginsANewEpoch() throws Exception {
        int port = SharedRedis.freePort();
        RedisServer server = SharedRedis.start(port);
        try (RedisBackplane backplane = RedisBackplane.connect(LinkOptions.of(SharedRedis.uri(port), "flushed"))) {
            StreamPosition before = publish(backplane, "a");

            get(backplane.link().commands().flushall());

            assertTrue(backplane.read(ROOM, before, 10).gap());
            StreamPosition after = publish(backplane, "b");
            assertNotEquals(before.epoch(), after.epoch());
            assertEquals(1, after.offset());
        } finally {
            server.stop();
        }
    }

    @Test
    void aStreamWhoseEpochWasEvictedIsForgotten() throws Exception {
        try (RedisBackplane backplane = RedisBackplane.connect(SharedRedis.options())) {
            StreamPosition before = publish(backplane, "a");
            publish(backplane, "b");

            get(backplane.link().commands().del(backplane.link().keys().of("meta", ROOM)));
            StreamPosition after = publish(backplane, "c");

            assertNotEquals(before.epoch(), after.epoch());
            assertEquals(1, after.offset());
            assertEquals(
                    1,
                    backplane
                            .read(ROOM, new StreamPosition(after.epoch(), 0), 10)
                            .entries()
                            .size());
        }
    }

    @Test
    void scriptsThatRedisForgotAreSentAgain() throws Exception {
        try (RedisBackplane backplane = RedisBackplane.connect(SharedRedis.options())) {
            publish(backplane, "a");

            get(backplane.link().commands().scriptFlush());

            assertEquals(2, publish(backplane, "b").offset());
        }
    }

    @Test
    void whatRedisHasNoRoomForIsRefusedAndLeavesNothing() throws Exception {
        int port = SharedRedis.freePort();
        RedisServer server = SharedRedis.start(port);
        try (RedisBackplane backplane = RedisBackplane.connect(LinkOptions.of(SharedRedis.uri(port), "full"))) {
            Events events = Events.of(backplane, ROOM);
            StreamPosition first = publish(backplane, "a");
            long keys = get(backplane.link().commands().dbsize());
            get(backplane.link().commands().configSet("maxmemory", "1"));

            StoreException kept = assertThrows(StoreException.class, () -> publish(backplane, "b"));
            StoreException keyed = assertThrows(StoreException.class, () -> backplane.publish(keyed("c", "k", false)));
            get(backplane.link().commands().configSet("maxmemory", "0"));

            assertFalse(kept instanceof UnreachableException);
            assertTrue(kept.toString().contains("OOM"), kept.toString());
            assertTrue(keyed.toString().contains("raise maxmemory"), keyed.toString());
            assertEquals(keys, get(backplane.link().commands().dbsize()));
            assertEquals(2, publish(backplane, "d").offset());
            assertEquals(List.of("a@" + first, "d@" + new StreamPosition(first.epoch(), 2)), events.next(2));
        } finally {
            server.stop();
        }
    }

    @Test
    void aPasswordIsAskedForAndTaken() {
        int port = SharedRedis.freePort();
        RedisServer server = SharedRedis.start(port, "requirepass secret%/@");
        String uri = SharedRedis.uri(port).toString();
        try {
            StoreException none = assertThrows(StoreException.class, () -> RedisChat.connect(uri));
            StoreException wrong = assertThrows(
                    StoreException.class,
                    () -> RedisChat.builder(uri)
                            .credentials("default", "guessed")
                            .connect());

            assertTrue(none.toString().contains("It wants a password"), none.toString());
            assertTrue(wrong.toString().contains("The user or the password is wrong"), wrong.toString());
            assertFalse(wrong.toString().contains("guessed"), wrong.toString());
            RedisChat.builder(uri).credentials("default", "secret%/@").connect().close();
        } finally {
            server.stop();
        }
    }

    @Test
    void whatIsNoUriIsRefusedWithoutShowingIt() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> RedisChat.connect("http://user:secret@localhost"));

        assertTrue(refused.toString().contains("redis://host:6379"), refused.toString());
        assertFalse(refused.toString().contains("secret"), refused.toString());
    }

    @Test
    void aRedisThatIsNotThereIsSaidToBeUnreachable() {
        int port = SharedRedis.freePort();

        UnreachableException refused = assertThrows(
                UnreachableException.class, () -> RedisChat.connect("redis://user:secret@127.0.0.1:" + port));

        assertTrue(refused.toString().contains("" + port), refused.toString());
        assertFalse(refused.toString().contains("secret"), refused.toString());
    }

    @Test
    void aRedisThatIsTooOldIsRefused() {
        assertThrows(StoreException.class, () -> ServerCheck.checkVersion("6.0.16"));
        assertThrows(StoreException.class, () -> ServerCheck.checkVersion("6.2.14"));
        assertThrows(StoreException.class, () -> ServerCheck.checkVersion("6-rc1"));
        for (String good : List.of("7.0.0", "7.4.1", "8", "255.255.255", "v7.2", "7.2-alpha", "unstable", "")) {
            ServerCheck.checkVersion(good);
        }
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsSent() {
        try (RedisBackplane backplane = RedisBackplane.connect(SharedRedis.options(), 100)) {
            StoreException refused = assertThrows(StoreException.class, () -> publish(backplane, "x".repeat(101)));

            assertTrue(refused.toString().contains("raise largestEnvelope"), refused.toString());
            publish(backplane, "x".repeat(100));
        }
    }

    @Test
    void aNetworkThatSwallowsEverythingIsNoticedInTime() throws Exception {
        int port = SharedRedis.freePort();
        try (var reactor = new NioReactor();
                var crusher = TcpCrusherBuilder.builder()
                        .withReactor(reactor)
                        .withBindAddress("127.0.0.1", port)
                        .withConnectAddress(new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                SharedRedis.uri().getPort()))
                        .buildAndOpen();
                RedisBackplane backplane =
                        RedisBackplane.connect(LinkOptions.of(SharedRedis.uri(port), SharedRedis.newPrefix())
                                .withCommandTimeout(Duration.ofMillis(500)))) {
            publish(backplane, "a");

            crusher.freezeAllPairs();
            long before = System.nanoTime();
            assertThrows(UnreachableException.class, () -> publish(backplane, "b"));
            long took = System.nanoTime() - before;
            crusher.unfreezeAllPairs();

            assertTrue(took < TimeUnit.SECONDS.toNanos(5), "took " + took);
            Said.eventually(() -> publish(backplane, "c"));
        }
    }

    @Test
    void nothingStaysForEverOfGroupsThatArePast() throws Exception {
        try (RedisBackplane backplane = RedisBackplane.connect(SharedRedis.options())) {
            Retention second = Retention.DEFAULT.withAge(Duration.ofSeconds(1));
            RedisLink link = backplane.link();
            for (int i = 0; i < 2_000; i++) {
                backplane.publish(new Outgoing(
                        GroupName.of("past", "" + i),
                        MessageId.at(Instant.now()),
                        Bytes.of("a"),
                        Optional.of(new Keep(second, 1)),
                        Optional.of("k"),
                        Optional.of(new UserId("ann")),
                        true));
            }

            for (String kind : List.of("stream", "meta", "seen")) {
                var cursor = get(link.commands()
                        .scan(
                                ScanCursor.INITIAL,
                                ScanArgs.Builder.matches(link.keys().all(kind)).limit(1_000_000)));
                assertTrue(kind.equals("stream") || cursor.getKeys().size() == 2_000, kind);
                for (byte[] key : cursor.getKeys()) {
                    assertNotEquals(-1, get(link.commands().pttl(key)), kind);
                }
            }
        }
    }

    @Test
    void ofOneSenderBoundedlyManyKeysAreRemembered() throws Exception {
        try (RedisBackplane backplane = RedisBackplane.connect(SharedRedis.options())) {
            for (int i = 0; i < 2_500; i++) {
                backplane.publish(keyed("a", "k" + i, false));
            }

            RedisLink link = backplane.link();
            long remembered = get(link.commands().hlen(link.keys().of("seen", ROOM.value(), "ann")))
                    + get(link.commands().hlen(link.keys().of("seen", ROOM.value(), "ann\n")));
            assertEquals(1_500, remembered);
            assertInstanceOf(Outcome.Repeated.class, backplane.publish(keyed("a", "k1500", false)));
        }
    }

    private static StreamPosition publish(RedisBackplane backplane, String text) {
        return Said.publish(backplane, ROOM, text);
    }

    private static Outgoing keyed(String text, String key, boolean ruled) {
        return new Outgoing(
                ROOM,
                MessageId.at(Instant.now()),
                Bytes.of(text),
                Optional.empty(),
                Optional.of(key),
                Optional.of(new UserId("ann")),
                ruled);
    }

    private static <T> T get(RedisFuture<T> answer) throws Exception {
        return answer.get(10, TimeUnit.SECONDS);
    }
}
