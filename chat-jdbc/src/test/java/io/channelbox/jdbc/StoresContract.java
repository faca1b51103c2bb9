package io.channelbox.jdbc;

import static io.channelbox.history.HistoryQuery.after;
import static io.channelbox.history.HistoryQuery.before;
import static io.channelbox.history.HistoryQuery.latest;
import static io.channelbox.jdbc.Said.ALL;
import static io.channelbox.jdbc.Said.ROOM;
import static io.channelbox.jdbc.Said.append;
import static io.channelbox.jdbc.Said.assertSays;
import static io.channelbox.jdbc.Said.message;
import static io.channelbox.jdbc.Said.texts;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.GroupSettings;
import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Ack;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.Topics;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.history.HistoryEntry;
import io.channelbox.history.HistoryPage;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import io.channelbox.testkit.ManualClock;
import io.channelbox.testkit.TestChat;
import io.channelbox.testkit.TestClient;
import io.channelbox.testkit.TestTopic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the stores do on every database. */
interface StoresContract {

    UserId ANN = new UserId("ann");
    UserId BOB = new UserId("bob");

    PublishOptions SAVING = PublishOptions.DEFAULT.savingHistory();

    /** Returns what opens an empty database. */
    DataSource newDatabase() throws SQLException;

    /** Someone in the room. */
    final class Member extends ChannelConsumer<String> {

        @Override
        protected void onConnect(Channel me) {
            group(ROOM.value()).join(me);
        }

        @Override
        protected void onReceive(Channel me, String text) {
            group(ROOM.value()).broadcast(text, SAVING);
        }
    }

    /** What is said by members of a topic. */
    @TypeName("say")
    record Say(String text) {}

    /** A topic that says what it is told. */
    final class SayingTopic extends Topic<Say> {

        @Override
        protected void handlers(Handlers<Say> on) {
            on.on(Say.class, this::broadcast);
        }
    }

    @Test
    default void whatWasKeptBeforeTheServerEndedIsNotSaidAgainByTheNextOne() throws SQLException {
        DataSource database = newDatabase();
        Ack first;
        try (JdbcStores stores =
                JdbcStores.builder(database).clock(new ManualClock()).build()) {
            first = acknowledged(stores, true);
        }

        try (JdbcStores stores =
                JdbcStores.builder(database).clock(new ManualClock()).build()) {
            assertEquals(first, acknowledged(stores, false));
            assertEquals(1, stores.history().stats(ROOM).count());
        }
    }

    private static Ack acknowledged(JdbcStores stores, boolean isSaid) {
        Topics topics = Topics.in(JsonStyle.DEFAULT).topic("chat:{id}", SayingTopic::new);
        try (TestChat chat = TestChat.with(box -> box.history(stores.history())).mount("/", topics.hub())) {
            TestClient ann = chat.user("ann").connect("/");
            TestTopic room = ann.subscribe(ROOM.value());
            ann.send(
                    "{\"topic\":\"chat:room\",\"ref\":\"1\",\"idempotency_key\":\"k\",\"type\":\"say\",\"text\":\"hi\"}");
            if (isSaid) {
                room.receive(Say.class);
            }
            return room.receive(Ack.class);
        }
    }

    @Test
    default void whatIsBroadcastIsKeptAndToldAndReadAfterARestart() throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores =
                        JdbcStores.builder(database).clock(new ManualClock()).build();
                TestChat chat =
                        TestChat.with(box -> box.history(stores.history())).mount("/room", Member::new)) {
            TestClient ann = chat.user("ann").connect("/room");
            TestClient bob = chat.user("bob").connect("/room");
            ann.send("hello");
            assertEquals("hello", bob.receive());
        }

        try (JdbcStores stores =
                        JdbcStores.builder(database).clock(new ManualClock()).build();
                TestChat chat = TestChat.with(box -> box.history(stores.history()))) {
            HistoryPage page = chat.box().group(ROOM).history(latest(10));

            assertEquals(List.of("hello"), texts(page));
        }
    }

    @Test
    default void positionsGoOnAfterARestart() throws SQLException {
        DataSource database = newDatabase();
        StreamPosition first;
        StreamPosition cleared;
        try (JdbcStores stores = JdbcStores.create(database)) {
            first = append(stores.history(), ROOM, "a");
            cleared = append(stores.history(), GroupName.of("cleared"), "b");
            stores.history().clear(GroupName.of("cleared"));
        }

        try (JdbcStores stores = JdbcStores.create(database)) {
            HistoryStore store = stores.history();

            assertEquals(new StreamPosition(first.epoch(), 2), append(store, ROOM, "c"));
            assertEquals(new StreamPosition(cleared.epoch(), 2), append(store, GroupName.of("cleared"), "d"));
            assertEquals(List.of("c"), texts(store.read(ROOM, after(first, 10))));
        }
    }

    @Test
    default void theOrderOfTheStoreIsTheOrderOfTheRoom() throws Exception {
        long seed = Long.getLong("channelbox.seed", new Random().nextLong());
        System.out.println("theOrderOfTheStoreIsTheOrderOfTheRoom: -Dchannelbox.seed=" + seed);
        int senders = 8;
        int each = 150;
        int rooms = 5;
        try (JdbcStores stores = JdbcStores.create(newDatabase());
                ChannelBox box = ChannelBox.builder()
                        .history(stores.history())
                        .groups("chat", GroupSettings.DEFAULT.saving(ALL))
                        .build()) {
            record Told(GroupName room, long offset, String text) {}
            List<List<Told>> said = atOnce(senders, sender -> {
                Random random = new Random(seed + sender);
                List<Told> own = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    GroupName room = GroupName.of("chat", "room" + random.nextInt(rooms));
                    String text = sender + ":" + i;
                    BroadcastResult result = box.group(room).broadcast(text, SAVING);
                    own.add(new Told(room, result.position().orElseThrow().offset(), text));
                }
                return own;
            });

            Map<GroupName, List<Told>> byRoom =
                    said.stream().flatMap(List::stream).collect(groupingBy(Told::room));
            for (Map.Entry<GroupName, List<Told>> room : byRoom.entrySet()) {
                String[] expected = new String[room.getValue().size()];
                for (Told told : room.getValue()) {
                    expected[(int) told.offset() - 1] = told.text();
                }
                assertEquals(List.of(expected), texts(allOf(stores.history(), room.getKey())), "seed " + seed);
            }
            for (List<Told> own : said) { // and one sender's own messages stay in order
                own.stream().collect(groupingBy(Told::room)).values().forEach(inOneRoom -> {
                    List<Long> offsets = inOneRoom.stream().map(Told::offset).toList();
                    assertEquals(offsets.stream().sorted().toList(), offsets, "seed " + seed);
                });
            }
        }
    }

    @Test
    default void pagesBothWaysReachEveryMessageOnce() throws SQLException {
        try (JdbcStores stores = JdbcStores.create(newDatabase())) {
            HistoryStore store = stores.history();
            List<String> said = IntStream.range(0, 2_503).mapToObj(i -> "m" + i).toList();
            store.append(ROOM, said.stream().map(Said::message).toList(), ALL);

            List<String> forwards = texts(allOf(store, ROOM));
            List<String> backwards = new ArrayList<>();
            HistoryPage page = store.read(ROOM, latest(HistoryQuery.LARGEST));
            backwards.addAll(0, texts(page));
            while (page.more()) {
                page = store.read(ROOM, before(page.entries().get(0).position(), HistoryQuery.LARGEST));
                backwards.addAll(0, texts(page));
            }

            assertEquals(said, forwards);
            assertEquals(said, backwards);
        }
    }

    @Test
    default void itAnswersAsTheStoreInMemoryDoes() throws SQLException {
        long seed = Long.getLong("channelbox.seed", new Random().nextLong());
        System.out.println("itAnswersAsTheStoreInMemoryDoes: -Dchannelbox.seed=" + seed);
        Random random = new Random(seed);
        var clock = new ManualClock(Instant.parse("2026-03-01T12:00:00.123456789Z"));
        var reference = new InMemoryHistoryStore(clock);
        try (JdbcStores stores = JdbcStores.builder(newDatabase()).clock(clock).build()) {
            for (int step = 0; step < 300; step++) {
                GroupName group = GroupName.of("chat", "g" + random.nextInt(3));
                String where = "step " + step + " of seed " + seed;
                switch (random.nextInt(12)) {
                    case 0 -> clock.advance(Duration.ofSeconds(random.nextInt(40)));
                    case 1 -> {
                        if (random.nextInt(8) == 0) {
                            reference.clear(group);
                            stores.history().clear(group);
                        }
                    }
                    case 2, 3, 4, 5, 6 -> {
                        List<Message> messages = randomMessages(random, group, clock.instant());
                        Retention retention = Retention.DEFAULT
                                .withCount(1 + random.nextInt(30))
                                .withBytes(1 + random.nextInt(400))
                                .withAge(Duration.ofSeconds(1 + random.nextInt(90)));
                        assertEquals(
                                offsets(reference.append(group, messages, retention)),
                                offsets(stores.history().append(group, messages, retention)),
                                where);
                    }
                    default -> assertSamePage(reference, stores.history(), group, random, where);
                }
                assertEquals(reference.stats(group), stores.history().stats(group), where);
                assertEquals(reference.groups(), stores.history().groups(), where);
            }
        }
    }

    private static List<Message> randomMessages(Random random, GroupName group, Instant now) {
        List<Message> messages = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            Instant sentAt = now.minusMillis(random.nextInt(20_000));
            messages.add(new Message(
                    MessageId.at(sentAt),
                    group,
                    random.nextBoolean() ? Optional.of(new UserId("u" + random.nextInt(2))) : Optional.empty(),
                    "k" + random.nextInt(3),
                    sentAt,
                    new Payload("f" + random.nextInt(2), Frame.binary(bytes))));
        }
        return messages;
    }

    private static void assertSamePage(
            HistoryStore reference, HistoryStore store, GroupName group, Random random, String where) {
        Optional<StreamPosition> expectedTop = reference.read(group, latest(1)).top();
        Optional<StreamPosition> top = store.read(group, latest(1)).top();
        assertEquals(expectedTop.map(StreamPosition::offset), top.map(StreamPosition::offset), where);
        if (top.isEmpty()) {
            return;
        }
        long offset = random.nextLong(top.get().offset() + 3);
        int limit = 1 + random.nextInt(12);
        boolean forwards = random.nextBoolean();
        HistoryQuery query = switch (random.nextInt(5)) {
            case 0 -> latest(limit).ofKinds("k0", "k1");
            case 1 -> latest(limit).from(new UserId("u1"));
            case 2 -> latest(limit).since(Instant.parse("2026-03-01T12:00:00Z").plusSeconds(random.nextInt(200)));
            default -> latest(limit);
        };
        HistoryPage expected = reference.read(
                group, at(query, new StreamPosition(expectedTop.orElseThrow().epoch(), offset), forwards));
        HistoryPage page =
                store.read(group, at(query, new StreamPosition(top.get().epoch(), offset), forwards));

        assertEquals(messages(expected), messages(page), where);
        assertEquals(
                offsets(expected.entries().stream().map(HistoryEntry::position).toList()),
                offsets(page.entries().stream().map(HistoryEntry::position).toList()),
                where);
        assertEquals(expected.more(), page.more(), where);
        assertEquals(expected.gap(), page.gap(), where);
    }

    private static HistoryQuery at(HistoryQuery query, StreamPosition position, boolean forwards) {
        return forwards
                ? query.after(position)
                : new HistoryQuery(
                        query.limit(),
                        Optional.of(position),
                        Optional.empty(),
                        query.kinds(),
                        query.sender(),
                        query.since());
    }

    private static List<Message> messages(HistoryPage page) {
        return page.entries().stream().map(HistoryEntry::message).toList();
    }

    private static List<Long> offsets(List<StreamPosition> positions) {
        return positions.stream().map(StreamPosition::offset).toList();
    }

    @Test
    default void whatTheRetentionLetsGoIsDeletedFromTheDatabase() throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.create(database)) {
            for (int i = 0; i < 100; i++) {
                List<Message> ten =
                        LongStream.range(0, 10).mapToObj(n -> message("m")).toList();
                stores.history().append(ROOM, ten, Retention.DEFAULT.withCount(80));
            }

            assertEquals(
                    80, stores.history().read(ROOM, latest(1_000)).entries().size());
            assertTrue(count(database, "SELECT COUNT(*) FROM chat_message") <= 90);
        }
    }

    @Test
    default void whatIsTooOldIsDeletedThoughItsGroupIsSilent() throws SQLException {
        DataSource database = newDatabase();
        var clock = new ManualClock();
        Retention hour = Retention.DEFAULT.withAge(Duration.ofHours(1));
        try (JdbcStores stores = JdbcStores.builder(database).clock(clock).build()) {
            for (int i = 0; i < 150; i++) {
                stores.history().append(GroupName.of("silent" + i), List.of(message("old", clock.instant())), hour);
            }

            clock.advance(Duration.ofHours(2));
            for (int i = 0; i < 3; i++) {
                stores.history().append(ROOM, List.of(message("new", clock.instant())), hour);
                clock.advance(Duration.ofMinutes(2));
            }

            assertEquals(3, count(database, "SELECT COUNT(*) FROM chat_message"));
            assertEquals(Set.of(ROOM), stores.history().groups());
        }
    }

    @Test
    default void whatCannotBeKeptIsRefusedAtTheDoor() throws SQLException {
        try (JdbcStores stores = JdbcStores.create(newDatabase())) {
            HistoryStore store = stores.history();
            Message nul = new Message(
                    MessageId.at(Instant.now()),
                    ROOM,
                    Optional.empty(),
                    "a\0b",
                    Instant.now(),
                    new Payload("text", Frame.text("x")));

            assertThrows(IllegalArgumentException.class, () -> store.append(ROOM, List.of(nul), ALL));
            assertThrows(
                    DateTimeException.class,
                    () -> store.append(ROOM, List.of(message("x", Instant.parse("3000-01-01T00:00:00Z"))), ALL));
            assertEquals(List.of(), store.append(ROOM, List.of(), ALL));
            assertEquals(1, append(store, ROOM, "y").offset());
        }
    }

    @Test
    default void inboxesAreGroupsToo() throws SQLException {
        try (JdbcStores stores = JdbcStores.create(newDatabase())) {
            GroupName inbox = GroupName.inboxOf(new UserId("ann:x"));

            append(stores.history(), inbox, "psst");

            assertEquals(Set.of(inbox), stores.history().groups());
            assertEquals(List.of("psst"), texts(stores.history().read(inbox, latest(1))));
        }
    }

    @Test
    default void anInterruptIsKeptForLaterAndFailsNobody() throws SQLException {
        try (JdbcStores stores = JdbcStores.create(newDatabase())) {
            Thread.currentThread().interrupt();

            StreamPosition position = append(stores.history(), ROOM, "x");

            assertTrue(Thread.interrupted());
            assertEquals(1, position.offset());
        }
    }

    @Test
    default void manyThatStartAtOnceMakeOneSchema() throws Exception {
        DataSource database = newDatabase();
        var start = new CyclicBarrier(6);

        atOnce(6, i -> {
            start.await();
            try (JdbcStores stores = JdbcStores.builder(database)
                    .lockTimeout(Duration.ofSeconds(30))
                    .build()) {
                return append(stores.history(), ROOM, "hello " + i);
            }
        });

        try (JdbcStores stores = JdbcStores.create(database)) {
            assertEquals(6, stores.history().stats(ROOM).count());
        }
        assertEquals(Schema.SCRIPTS.size(), count(database, "SELECT COUNT(*) FROM chat_schema"));
    }

    @Test
    default void anOlderSchemaIsUpgradedAndKeepsWhatItHas() throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.create(database)) {
            append(stores.history(), ROOM, "from before");
        }

        upgrade(database, allAnd("later.sql"));
        upgrade(database, allAnd("later.sql"));

        assertEquals(Schema.SCRIPTS.size() + 1, count(database, "SELECT COUNT(*) FROM chat_schema"));
        assertEquals(1, count(database, "SELECT COUNT(*) FROM chat_stream WHERE topic = 'none'"));
        assertEquals(1, count(database, "SELECT COUNT(*) FROM chat_message"));
    }

    @Test
    default void aHistoryOfTheFirstVersionIsReadAndGoesOn() throws SQLException {
        DataSource database = newDatabase();
        upgrade(database, List.of("V1__history.sql"));
        long now = Nanos.of(Instant.now());
        execute(
                database,
                "INSERT INTO chat_stream (name, epoch, top, bottom, bytes, oldest_at, max_count, max_bytes,"
                        + " max_age, expires_at) VALUES ('chat:room', 'e', 1, 1, 3, " + now + ", 10, 1000, "
                        + Long.MAX_VALUE
                        + ", "
                        + Long.MAX_VALUE + ")");
        execute(
                database,
                "INSERT INTO chat_message (stream_id, position, size, sent_at, id, kind, format, is_text,"
                        + " payload) SELECT id, 1, 3, " + now
                        + ", '01890a5d-ac96-774b-bcce-b302099a8057', 'message', 'text', TRUE,"
                        + " " + oldPayload() + " FROM chat_stream");

        try (JdbcStores stores = JdbcStores.create(database)) {
            assertEquals(2, append(stores.history(), ROOM, "new").offset());
            HistoryPage page = stores.history().read(ROOM, latest(10));
            assertEquals(List.of("old", "new"), texts(page));
            assertEquals(Optional.empty(), page.entries().get(0).message().idempotencyKey());
        }
    }

    /** Returns the bytes of "old" in this dialect. */
    String oldPayload();

    @Test
    default void aDatabaseOfHistoriesAloneKeepsThemAndTakesConversations() throws SQLException {
        DataSource database = newDatabase();
        Database before = Database.behind(database, Duration.ofSeconds(3));
        try (var writer = new Writer(
                before, new Schema(before.dialect(), List.of("V1__history.sql", "V2__idempotency_key.sql")))) {
            append(new JdbcHistoryStore(before, writer, InstantSource.system()), ROOM, "old");
        }

        try (JdbcStores stores = JdbcStores.create(database)) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            Conversation group = conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of());
            conversations.send(ANN, group.id(), MessageDraft.text("Noon?"));

            assertEquals(
                    1,
                    conversations
                            .messages(ANN, group.id(), Optional.empty(), 10)
                            .messages()
                            .size());
            assertEquals(List.of("old"), texts(stores.history().read(ROOM, latest(10))));
        }
    }

    @Test
    default void anUpgradeThatFailsChangesNothing() throws SQLException {
        DataSource database = newDatabase();
        JdbcStores.create(database).close();

        assertThrows(StoreException.class, () -> upgrade(database, allAnd("broken.sql")));

        assertEquals(Schema.SCRIPTS.size(), count(database, "SELECT MAX(version) FROM chat_schema"));
        upgrade(database, allAnd("later.sql"));
    }

    @Test
    default void aNewerSchemaIsRefused() throws SQLException {
        DataSource database = newDatabase();
        upgrade(database, allAnd("later.sql"));

        var refused = assertThrows(IllegalStateException.class, () -> JdbcStores.create(database));

        assertSays("Use a newer chat-jdbc", refused);
    }

    @Test
    default void aTableThatIsGoneIsAStoreExceptionWithItsCause() throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.create(database)) {
            execute(database, "ALTER TABLE chat_message RENAME TO chat_hidden");

            var failure = assertThrows(StoreException.class, () -> append(stores.history(), ROOM, "x"));
            assertTrue(failure.getCause() instanceof SQLException);
            assertThrows(StoreException.class, () -> stores.history().clearAll());

            execute(database, "ALTER TABLE chat_hidden RENAME TO chat_message");
            assertEquals(1, append(stores.history(), ROOM, "y").offset());
        }
    }

    @Test
    default void closedStoresKeepNothingMore() throws SQLException {
        JdbcStores stores = JdbcStores.create(newDatabase());
        stores.close();
        stores.close();

        assertThrows(IllegalStateException.class, () -> append(stores.history(), ROOM, "x"));
    }

    @Test
    default void aMessageThatIsNotKeptIsToldToNobody() throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.create(database);
                TestChat chat =
                        TestChat.with(box -> box.history(stores.history())).mount("/room", Member::new)) {
            TestClient ann = chat.user("ann").connect("/room");
            execute(database, "ALTER TABLE chat_message RENAME TO chat_hidden");

            assertThrows(StoreException.class, () -> chat.box().group(ROOM).broadcast("lost", SAVING));
            ann.assertSilent();

            execute(database, "ALTER TABLE chat_hidden RENAME TO chat_message");
            BroadcastResult result = chat.box().group(ROOM).broadcast("kept", SAVING);
            assertEquals("kept", ann.receive());
            assertEquals(1, result.position().orElseThrow().offset());
        }
    }

    /** Returns the scripts that there are, and one behind them that a later version might bring. */
    private static List<String> allAnd(String next) {
        return Stream.concat(Schema.SCRIPTS.stream(), Stream.of(next)).toList();
    }

    static void upgrade(DataSource source, List<String> scripts) {
        Database database = Database.behind(source, Duration.ofSeconds(3));
        try (var writer = new Writer(database, new Schema(database.dialect(), scripts))) {
            writer.prepare();
        }
    }

    /** Does the same on several threads, and returns what each returned. */
    static <T> List<T> atOnce(int threads, Numbered<T> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                all.add(() -> work.of(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : executor.invokeAll(all)) {
                results.add(each.get());
            }
            return results;
        } finally {
            executor.shutdown();
        }
    }

    /** Work that knows its number. */
    interface Numbered<T> {
        T of(int number) throws Exception;
    }

    /** Returns all that is kept of a group, read forwards from the beginning. */
    static HistoryPage allOf(HistoryStore store, GroupName group) {
        HistoryPage page = store.read(group, latest(1));
        if (page.top().isEmpty()) {
            return page;
        }
        List<HistoryEntry> entries = new ArrayList<>();
        StreamPosition last = new StreamPosition(page.top().get().epoch(), 0);
        do {
            page = store.read(group, after(last, HistoryQuery.LARGEST));
            assertFalse(page.gap());
            entries.addAll(page.entries());
            last = page.isEmpty() ? last : entries.get(entries.size() - 1).position();
        } while (page.more());
        return new HistoryPage(Collections.unmodifiableList(entries), page.top(), false, false);
    }

    static long count(DataSource database, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertTrue(row.next());
            return row.getLong(1);
        }
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
