package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import io.channelbox.presence.InMemoryPresenceStore;
import io.channelbox.presence.NamePolicy;
import io.channelbox.presence.PresenceEntry;
import io.channelbox.presence.PresenceStatus;
import io.channelbox.presence.PresenceStore;
import io.channelbox.presence.UserStatus;
import io.channelbox.testkit.PresenceStoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisPresenceStoreTest extends PresenceStoreContract {

    private static final List<RedisLink> LINKS = new ArrayList<>();
    private static final GroupName ROOM = GroupName.of("room", "a");
    private static final GroupName OTHER = GroupName.of("room", "b");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456789Z");
    private static final UserStatus BUSY = new UserStatus(PresenceStatus.BUSY, Optional.of("in a\u00A0call {}"));

    private final RedisLink link = connect();
    private final RedisPresenceStore store = new RedisPresenceStore(link);
    private long refs;

    private static RedisLink connect() {
        RedisLink link = RedisLink.connect(SharedRedis.options());
        LINKS.add(link);
        return link;
    }

    @AfterAll
    static void close() {
        LINKS.forEach(RedisLink::close);
    }

    @Override
    protected PresenceStore newStore() {
        return store;
    }

    @Test
    void nothingIsLeftWhenAllHaveLeft() {
        List<PresenceEntry> all = IntStream.range(0, 50)
                .mapToObj(i -> entry(i % 2 == 0 ? ROOM : OTHER, "user-" + i % 9, "node-" + i % 3 + "/x"))
                .toList();
        all.forEach(entry -> store.join(entry, NamePolicy.REPLACE_OLD));
        store.status(new UserId("user-1"), BUSY);
        all.forEach(entry -> store.leave(entry, Optional.of(NOON)));
        all.forEach(entry -> store.leave(entry, Optional.empty()));

        assertEquals(List.of(), keysLeft());
    }

    @Test
    void nothingIsLeftOfANodeThatIsGone() {
        for (int i = 0; i < 1_200; i++) {
            store.join(entry(ROOM, "user-" + i, i % 2 == 0 ? "node/one" : "node/two"), NamePolicy.ALLOW);
        }
        store.join(entry(OTHER, "eve", "node/one"), NamePolicy.REJECT_NEW);

        assertEquals(601, store.removeNode("node/one").size());
        assertEquals(600, store.read(ROOM).size());
        assertEquals(600, store.removeNode("node").size());

        assertEquals(List.of(), store.removeNode("node"));
        assertEquals(List.of(), keysLeft());
    }

    @Test
    void aStatusIsReadInAllGroupsAndByThoseThatComeLater() {
        PresenceEntry one = entry(ROOM, "ann", "node");
        PresenceEntry two = entry(OTHER, "ann", "node");
        store.join(one, NamePolicy.ALLOW);
        store.status(one.user(), BUSY);
        store.join(two, NamePolicy.ALLOW);

        assertEquals(List.of(two.status(BUSY)), store.read(OTHER));
        assertEquals(List.of(one.status(BUSY)), store.read(ROOM));
        store.leave(one, Optional.empty());
        assertEquals(List.of(two.status(BUSY)), store.read(one.user()));
    }

    @Test
    void whatWasLeftHalfDoneIsCorrectedByWhoLooks() {
        PresenceEntry ann = entry(ROOM, "ann", "node");
        store.join(ann, NamePolicy.ALLOW);
        link.await("breaking it", link.commands().del(link.keys().of("who", ROOM)));

        assertEquals(List.of(), store.read(ann.user()));

        assertFalse(store.status(ann.user(), BUSY));
    }

    @Test
    void whatOthersHaveWrittenIsIgnored() {
        PresenceEntry ann = entry(ROOM, "ann", "node");
        byte[] key = link.keys().of("who", ROOM);
        for (String foreign : List.of("", "x", "\u0001", "\u0001\u0000\u0000\u0000\u0001", "\u0002later")) {
            link.await(
                    "breaking it",
                    link.commands().hset(key, PresenceRecord.bytes("ann"), PresenceRecord.bytes(foreign)));
            assertEquals(List.of(), store.read(ROOM));
            assertEquals(PresenceStore.Left.UNKNOWN, store.leave(ann, Optional.empty()));
        }

        store.join(ann, NamePolicy.REJECT_NEW);

        assertEquals(List.of(ann), store.read(ROOM));
    }

    @Test
    void namesOfAnyKindAreKeptApart() {
        PresenceEntry ann = named("ann{}%\u65E5", "\u0130\u00DF\u0000\uD83D\uDE00");
        PresenceEntry bob = named("bob", "\u0130\u00DF\u0000");
        assertTrue(store.join(ann, NamePolicy.REJECT_NEW).accepted());
        assertTrue(store.join(bob, NamePolicy.REJECT_NEW).accepted());

        assertEquals(List.of(ann, bob), store.read(ROOM));
        assertFalse(store.join(named("eve", bob.name()), NamePolicy.REJECT_NEW).accepted());
        assertEquals(List.of(), store.read(new UserId("eve")));
        store.leave(bob, Optional.empty());
        assertTrue(store.join(named("eve", bob.name()), NamePolicy.REJECT_NEW).accepted());
    }

    @Test
    void itDoesWhatTheReferenceDoes() {
        for (long seed = 0; seed < 6; seed++) {
            new Comparison(seed).run();
        }
    }

    /** The same at random to a store in memory. */
    private final class Comparison {

        private static final List<NamePolicy> POLICIES =
                List.of(NamePolicy.ALLOW, NamePolicy.REJECT_NEW, NamePolicy.REPLACE_OLD);

        private final Random random;
        private final PresenceStore expected = new InMemoryPresenceStore();
        private final RedisPresenceStore actual = new RedisPresenceStore(connect());
        private final List<PresenceEntry> known = new ArrayList<>();
        private final String seedText;

        Comparison(long seed) {
            random = new Random(seed);
            seedText = "seed " + seed;
        }

        void run() {
            for (int step = 0; step < 400; step++) {
                step();
                UserId user = new UserId("user-" + random.nextInt(5));
                GroupName group = random.nextBoolean() ? ROOM : OTHER;
                assertEquals(expected.read(group, user), actual.read(group, user), seedText);
                assertEquals(expected.read(user).size(), actual.read(user).size(), seedText);
                assertEquals(expected.read(group).size(), actual.read(group).size(), seedText);
            }
        }

        private void step() {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> join();
                case 3, 4 -> {
                    if (!known.isEmpty()) {
                        PresenceEntry entry = known.get(random.nextInt(known.size()));
                        Optional<Instant> kept = random.nextBoolean() ? Optional.of(NOON) : Optional.empty();
                        assertEquals(expected.leave(entry, kept), actual.leave(entry, kept), seedText);
                    }
                }
                case 5 -> {
                    if (!known.isEmpty()) {
                        PresenceEntry entry = known.get(random.nextInt(known.size()));
                        boolean active = random.nextBoolean();
                        expected.active(entry, active);
                        actual.active(entry, active);
                    }
                }
                case 6 -> {
                    UserId user = new UserId("user-" + random.nextInt(5));
                    UserStatus status = new UserStatus(PresenceStatus.AWAY, Optional.of("text " + random.nextInt(3)));
                    assertEquals(expected.status(user, status), actual.status(user, status), seedText);
                }
                default -> {
                    String node = "node-" + random.nextInt(3);
                    if (random.nextInt(4) == 0) {
                        assertEquals(
                                expected.removeNode(node).size(),
                                actual.removeNode(node).size(),
                                seedText);
                    }
                }
            }
        }

        private void join() {
            PresenceEntry entry = new PresenceEntry(
                    random.nextBoolean() ? ROOM : OTHER,
                    new UserId("user-" + random.nextInt(5)),
                    ChannelId.random(),
                    "node-" + random.nextInt(3) + (random.nextBoolean() ? "" : "/a"),
                    ++refs,
                    "Name-" + random.nextInt(4),
                    NOON.plusSeconds(refs),
                    true,
                    UserStatus.AUTOMATIC,
                    Optional.empty());
            NamePolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
            PresenceStore.Joined before = expected.join(entry, policy);
            PresenceStore.Joined after = actual.join(entry, policy);
            assertEquals(before.accepted(), after.accepted(), seedText);
            assertEquals(before.replaced().size(), after.replaced().size(), seedText);
            known.add(entry);
        }
    }

    private List<String> keysLeft() {
        return link
                .await("Looking for keys", link.commands().keys(link.options().prefix() + ":*"))
                .stream()
                .map(PresenceRecord::text)
                .toList();
    }

    private PresenceEntry named(String user, String name) {
        return new PresenceEntry(
                ROOM,
                new UserId(user),
                ChannelId.random(),
                "node",
                ++refs,
                name,
                NOON,
                true,
                UserStatus.AUTOMATIC,
                Optional.empty());
    }

    private PresenceEntry entry(GroupName group, String user, String node) {
        return new PresenceEntry(
                group,
                new UserId(user),
                ChannelId.random(),
                node,
                ++refs,
                user,
                NOON,
                true,
                UserStatus.AUTOMATIC,
                Optional.empty());
    }
}
