package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.cluster.Backplane.Entry;
import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.UserId;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

/** What somebody else writes into the keys of a group, and what fails in the middle of keeping a message. */
@Timeout(60)
class ForeignEntriesTest {

    private static final GroupName ROOM = GroupName.of("chat", "room");

    private final RedisBackplane backplane = RedisBackplane.connect(SharedRedis.options());
    private final RedisLink link = backplane.link();

    @AfterEach
    void close() {
        backplane.close();
    }

    private static <T> T get(RedisFuture<T> answer) throws Exception {
        return answer.get(10, TimeUnit.SECONDS);
    }

    private void add(String id, String... fields) throws Exception {
        Object[] all = Stream.of(fields).map(Bytes::of).toArray();
        get(link.commands().xadd(link.keys().of("stream", ROOM), new XAddArgs().id(id), all));
    }

    private long publish(String text) {
        return Said.publish(backplane, ROOM, text).offset();
    }

    private List<String> texts(StreamPosition after, int limit) {
        return backplane.read(ROOM, after, limit).entries().stream()
                .map(Entry::envelope)
                .map(Bytes::text)
                .toList();
    }

    private StreamPosition beginning() {
        return new StreamPosition(
                Optional.ofNullable(backplane.tops(List.of(ROOM)).get(ROOM))
                        .orElseThrow()
                        .epoch(),
                0);
    }

    @Test
    void foreignEntriesBetweenOursArePassedOverAndCounted() throws Exception {
        publish("a");
        add("1-5", "x", "y");
        publish("b");
        add("2-1", "t", "no number", "s", "1", "e", "c");
        add("2-2", "t", "1", "s", "1", "e", "of nobody");
        publish("c");

        assertEquals(List.of("a", "b", "c"), texts(beginning(), 10));
        assertEquals(List.of("a", "b"), texts(beginning(), 2));
        assertTrue(backplane.read(ROOM, beginning(), 2).more());
        assertEquals(3, backplane.dropped());
        assertEquals(3, backplane.history().stats(ROOM).count());
    }

    @Test
    void anEntryOfTheFutureDoesNotKeepTheNextOneOut() throws Exception {
        publish("a");
        publish("b");
        add("2-7", "x", "y");
        add("1795318291000-0", "x", "y");
        add("18446744073709551615-18446744073709551615", "t", "1", "s", "1", "e", "last");

        assertEquals(List.of("a", "b"), texts(beginning(), 10));
        assertEquals(3, publish("c"));
        add("1795318291000-0", "x", "y");
        assertEquals(4, publish("d"));

        assertEquals(List.of("a", "b", "c", "d"), texts(beginning(), 10));
        assertEquals(4, backplane.dropped());
    }

    @Test
    void foreignEntriesAreForgottenWithTheOldest() throws Exception {
        Retention two = Retention.DEFAULT.withCount(2);
        add("0-1", "x", "y");
        for (int i = 1; i <= 5; i++) {
            backplane.publish(kept("" + i, two, Optional.empty()));
            add(i + "-9", "x", "y");
        }

        backplane.publish(kept("6", two, Optional.empty()));

        assertEquals(List.of("5", "6"), texts(new StreamPosition(beginning().epoch(), 4), 10));
        assertEquals(2, backplane.history().stats(ROOM).count());
    }

    @Test
    void whatFailsBeforeItIsKeptLeavesNothing() throws Exception {
        publish("a");
        byte[] seen = link.keys().of("seen", ROOM.value(), "ann");
        get(link.commands().set(seen, Bytes.of("of somebody else")));

        assertThrows(StoreException.class, () -> backplane.publish(kept("b", Retention.DEFAULT, Optional.of("k"))));
        get(link.commands().del(seen));

        assertEquals(2, publish("c"));
        assertEquals(List.of("a", "c"), texts(beginning(), 10));
    }

    @Test
    void whatFailsAfterItWasKeptLeavesTheStreamAsFarAsItIs() throws Exception {
        int port = SharedRedis.freePort();
        RedisServer server = SharedRedis.start(port);
        RedisURI uri = RedisURI.builder(SharedRedis.uri(port))
                .withAuthentication("speaker", "secret")
                .build();
        try (RedisLink admin = RedisLink.connect(LinkOptions.of(SharedRedis.uri(port), "acl"))) {
            acl(admin, "on", ">secret", "~*", "+@all", "resetchannels"); // it may keep, and tell nobody
            try (RedisBackplane speaking = RedisBackplane.connect(LinkOptions.of(uri, "acl"))) {
                assertThrows(StoreException.class, () -> Said.publish(speaking, ROOM, "a"));
                acl(admin, "allchannels");

                assertEquals(2, Said.publish(speaking, ROOM, "b").offset());
            }
        } finally {
            server.stop();
        }
    }

    private static void acl(RedisLink admin, String... rules) {
        admin.await(
                "setting rules",
                admin.commands().dispatch(CommandType.ACL, new StatusOutput<>(ByteArrayCodec.INSTANCE), args(rules)));
    }

    private static CommandArgs<byte[], byte[]> args(String... rules) {
        var args = new CommandArgs<>(ByteArrayCodec.INSTANCE).add("SETUSER").add("speaker");
        for (String rule : rules) {
            args.add(rule);
        }
        return args;
    }

    private static Outgoing kept(String text, Retention retention, Optional<String> key) {
        return new Outgoing(
                ROOM,
                MessageId.at(Instant.now()),
                Bytes.of(text),
                Optional.of(new Keep(retention, text.length())),
                key,
                Optional.of(new UserId("ann")),
                false);
    }
}
