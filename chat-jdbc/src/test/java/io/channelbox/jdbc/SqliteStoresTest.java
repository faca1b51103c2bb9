package io.channelbox.jdbc;

import static io.channelbox.history.HistoryQuery.latest;
import static io.channelbox.jdbc.Said.ALL;
import static io.channelbox.jdbc.Said.ROOM;
import static io.channelbox.jdbc.Said.append;
import static io.channelbox.jdbc.Said.assertSays;
import static io.channelbox.jdbc.Said.message;
import static io.channelbox.jdbc.Said.texts;
import static io.channelbox.jdbc.StoresContract.allOf;
import static io.channelbox.jdbc.StoresContract.count;
import static io.channelbox.jdbc.StoresContract.execute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.history.HistoryStore;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.testkit.ManualClock;
import io.channelbox.testkit.TestChat;
import io.channelbox.testkit.TestClient;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteStoresTest implements StoresContract {

    @TempDir
    Path folder;

    private final AtomicInteger databases = new AtomicInteger();

    @Override
    public DataSource newDatabase() {
        return Sqlite.at(folder.resolve("chat" + databases.incrementAndGet() + ".db"));
    }

    @Override
    public String oldPayload() {
        return "X'6F6C64'";
    }

    @Test
    void theWriterSyncsEveryCommitToAWriteAheadLog() throws SQLException {
        Database database = Database.behind(newDatabase(), Duration.ofMillis(1_234));

        try (Session writer = database.openWriter()) {
            assertEquals("wal", pragma(writer, "journal_mode"));
            assertEquals("2", pragma(writer, "synchronous"));
            assertEquals("1", pragma(writer, "fullfsync"));
            assertEquals("4096", pragma(writer, "page_size"));
            assertEquals("1234", pragma(writer, "busy_timeout"));
        }
    }

    private static String pragma(Session session, String name) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                var row = statement.executeQuery("PRAGMA " + name)) {
            assertTrue(row.next());
            return row.getString(1);
        }
    }

    @Test
    void aLockedDatabaseIsAStoreExceptionAndWorksAgainWhenItIsFree() throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.builder(database)
                        .lockTimeout(Duration.ofMillis(50))
                        .clock(new ManualClock())
                        .build();
                TestChat chat =
                        TestChat.with(box -> box.history(stores.history())).mount("/room", Member::new);
                Connection other = database.getConnection();
                Statement locking = other.createStatement()) {
            TestClient ann = chat.user("ann").connect("/room");
            locking.execute("BEGIN EXCLUSIVE");

            var failure = assertThrows(
                    StoreException.class, () -> chat.box().group(ROOM).broadcast("lost", SAVING));
            assertSays("locked by another program", failure);
            assertTrue(failure.getCause() instanceof SQLException);
            ann.assertSilent();
            assertTrue(stores.history().read(ROOM, latest(10)).isEmpty());

            locking.execute("ROLLBACK");
            chat.box().group(ROOM).broadcast("kept", SAVING);
            assertEquals("kept", ann.receive());
            assertEquals(1, stores.history().stats(ROOM).count());
        }
    }

    @Test
    void aFullDatabaseIsAStoreExceptionAndWorksAgainWhenThereIsRoom() throws SQLException {
        SQLiteDataSource database = Sqlite.at(folder.resolve("small.db"));
        database.getConfig().setMaxPageCount(200);
        try (JdbcStores stores = JdbcStores.create(database)) {
            String large = "x".repeat(10_000);
            AtomicInteger kept = new AtomicInteger();

            var failure = assertThrows(StoreException.class, () -> {
                for (int i = 0; i < 100; i++) {
                    append(stores.history(), ROOM, large);
                    kept.incrementAndGet();
                }
            });

            assertSays("full", failure);
            assertEquals(kept.get(), allOf(stores.history(), ROOM).entries().size());

            database.getConfig().setMaxPageCount(3_000);
            assertEquals(kept.get() + 1, append(stores.history(), ROOM, large).offset());
        }
    }

    @Test
    void aDatabaseThatIsGoneIsAStoreExceptionAndWorksAgainWhenItIsBack() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path away = folder.resolve("away");
        try (JdbcStores stores = JdbcStores.create(Sqlite.at(home.resolve("chat.db")))) {
            HistoryStore store = stores.history();
            append(store, ROOM, "a");
            Files.move(home, away);

            var failure = assertThrows(StoreException.class, () -> append(store, ROOM, "lost"));
            assertSays("missing", failure);
            assertThrows(StoreException.class, () -> append(store, ROOM, "lost"));
            assertThrows(StoreException.class, () -> store.read(ROOM, latest(1)));
            assertFalse(Files.exists(home));

            Files.move(away, home);
            assertEquals(2, append(store, ROOM, "b").offset());
            assertEquals(List.of("a", "b"), texts(store.read(ROOM, latest(9))));
        }
    }

    @Test
    void aDatabaseThatWasReplacedIsTheOneThatIsWrittenTo() throws Exception {
        Path file = folder.resolve("chat.db");
        try (JdbcStores stores = JdbcStores.create(Sqlite.at(file))) {
            append(stores.history(), ROOM, "a");
            for (Path each : List.of(file, folder.resolve("chat.db-wal"), folder.resolve("chat.db-shm"))) {
                Files.delete(each);
            }
            JdbcStores.create(Sqlite.at(file)).close(); // a restored backup, say

            append(stores.history(), ROOM, "b");
        }

        try (JdbcStores again = JdbcStores.create(Sqlite.at(file))) {
            assertEquals(List.of("b"), texts(again.history().read(ROOM, latest(9))));
        }
    }

    @Test
    void aFolderThatIsNotThereIsAStoreException() {
        DataSource nowhere = Sqlite.at(folder.resolve("nowhere/chat.db"));

        assertThrows(StoreException.class, () -> JdbcStores.create(nowhere));
    }

    @Test
    void aFileThatIsNoDatabaseIsAStoreException() throws IOException {
        Path file = Files.writeString(folder.resolve("letter.txt"), "Dear reader, ".repeat(1_000));

        var failure = assertThrows(StoreException.class, () -> JdbcStores.create(Sqlite.at(file)));

        assertSays("no SQLite database", failure);
    }

    @Test
    void aDatabaseInMemoryIsRefused() {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite::memory:");

        var refused = assertThrows(IllegalArgumentException.class, () -> JdbcStores.create(source));

        assertSays("InMemoryHistoryStore", refused);
    }

    @Test
    void aPoolOfOneConnectionIsRefusedAndOneOfTwoIsEnough() {
        try (HikariDataSource one = pool(newDatabase(), 1, 300);
                HikariDataSource two = pool(newDatabase(), 2, 30_000)) {
            var refused = assertThrows(StoreException.class, () -> JdbcStores.create(one));
            assertSays("two or more", refused);
            assertEquals(0, one.getHikariPoolMXBean().getActiveConnections());

            try (JdbcStores stores = JdbcStores.create(two)) {
                append(stores.history(), ROOM, "x");
                assertEquals(1, stores.history().stats(ROOM).count());
                assertEquals(1, two.getHikariPoolMXBean().getActiveConnections());
            }
            assertEquals(0, two.getHikariPoolMXBean().getActiveConnections());
        }
    }

    private static HikariDataSource pool(DataSource database, int size, long patience) {
        var config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(patience);
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    @Test
    void aProgramThatWritesToTheSameFileIsWaitedFor() throws Exception {
        DataSource database = newDatabase();
        List<List<StreamPosition>> given = StoresContract.atOnce(3, i -> {
            try (JdbcStores own = JdbcStores.builder(database)
                    .lockTimeout(Duration.ofSeconds(30))
                    .build()) {
                return IntStream.range(0, 50)
                        .mapToObj(n -> append(own.history(), ROOM, "x"))
                        .toList();
            }
        });

        assertEquals(150, given.stream().flatMap(List::stream).distinct().count());
        assertEquals(150, count(database, "SELECT MAX(position) FROM chat_message"));
    }

    @Test
    void whenTheAnswerToACommitIsLostTheOutcomeIsToldAsUnknown() throws SQLException {
        DataSource database = newDatabase();
        var losing = new AtomicBoolean();
        try (JdbcStores stores = JdbcStores.create(losingAnswers(database, losing))) {
            append(stores.history(), ROOM, "a");
            losing.set(true);

            var failure = assertThrows(StoreException.class, () -> append(stores.history(), ROOM, "b"));

            assertSays("unknown", failure);
            losing.set(false);
            assertEquals(3, append(stores.history(), ROOM, "c").offset(), "it was kept after all");
        }
    }

    @Test
    void whenTheAnswerToTheCommitOfAChangeIsLostTheOutcomeIsToldAsUnknown() throws SQLException {
        DataSource database = newDatabase();
        var losing = new AtomicBoolean();
        try (JdbcStores stores = JdbcStores.create(losingAnswers(database, losing))) {
            losing.set(true);

            var failure = assertThrows(
                    StoreException.class, () -> stores.conversations().write(kept -> kept.block(ANN, BOB)));

            assertSays("unknown", failure);
            losing.set(false);
            boolean again = stores.conversations().write(kept -> kept.block(ANN, BOB));
            assertFalse(again, "it was kept after all");
        }
    }

    @Test
    void whatRefusesAChangeCostsTheWriterNoConnection() {
        DataSource database = newDatabase();
        var opened = new AtomicInteger();
        DataSource counting = proxy(DataSource.class, (method, arguments) -> {
            opened.incrementAndGet();
            return database.getConnection();
        });
        try (JdbcStores stores = JdbcStores.create(counting)) {
            int before = opened.get();

            assertThrows(
                    IllegalStateException.class,
                    () -> stores.conversations().write(kept -> {
                        kept.block(ANN, BOB);
                        throw new IllegalStateException("of the work");
                    }));

            boolean kept = stores.conversations().write(writer -> writer.block(ANN, BOB));
            assertTrue(kept);
            assertEquals(before, opened.get());
        }
    }

    @Test
    void oneFailureIsToldToAllWhoWaitedForTheSameCommit() throws Exception {
        DataSource database = newDatabase();
        try (JdbcStores stores =
                JdbcStores.builder(database).lockTimeout(Duration.ofMillis(200)).build()) {
            execute(database, "ALTER TABLE chat_message RENAME TO chat_hidden");

            List<Throwable> failures = StoresContract.atOnce(
                    8, i -> assertThrows(StoreException.class, () -> append(stores.history(), ROOM, "x")));

            assertEquals(8, failures.stream().distinct().count(), "each has an exception of its own");
            execute(database, "ALTER TABLE chat_hidden RENAME TO chat_message");
            assertEquals(1, append(stores.history(), ROOM, "y").offset());
        }
    }

    @Test
    void aDatabaseOfAnotherKindIsRefused() {
        DataSource other = proxy(
                DataSource.class,
                (method, arguments) -> proxy(
                        Connection.class,
                        (ofConnection, none) -> ofConnection.equals("getMetaData")
                                ? proxy(DatabaseMetaData.class, (ofMetaData, nothing) -> "H2")
                                : List.of()));

        var refused = assertThrows(IllegalArgumentException.class, () -> JdbcStores.create(other));

        assertEquals(
                "The DataSource leads to 'H2'. Histories are kept in SQLite or PostgreSQL: give a DataSource of one of"
                        + " them.",
                refused.getMessage());
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        DataSource database = newDatabase();

        assertThrows(
                IllegalArgumentException.class,
                () -> JdbcStores.builder(database).lockTimeout(Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> JdbcStores.builder(database).lockTimeout(Duration.ofDays(25)));
    }

    @Test
    void aHotRoomWithABoundStaysSmall() throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.create(database)) {
            long empty = count(database, "PRAGMA page_count");
            for (int i = 0; i < 3_000; i += 30) {
                stores.history()
                        .append(
                                ROOM,
                                IntStream.range(0, 30)
                                        .mapToObj(n -> message("x".repeat(100)))
                                        .toList(),
                                ALL.withBytes(10_000));
            }

            assertEquals(100, stores.history().stats(ROOM).count());
            assertTrue(count(database, "SELECT COUNT(*) FROM chat_message") <= 113);
            assertTrue(count(database, "PRAGMA page_count") < empty + 40);
        }
    }

    /** What a proxy answers to a method of this name. */
    private interface Answer {
        Object to(String method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        answer.to(method.getName(), arguments == null ? new Object[0] : arguments)));
    }

    private static DataSource losingAnswers(DataSource real, AtomicBoolean losing) {
        return proxy(DataSource.class, (ofSource, none) -> {
            Connection connection = real.getConnection();
            return passing(
                    Connection.class,
                    connection,
                    result -> result instanceof Statement statement && !(result instanceof java.sql.PreparedStatement)
                            ? passing(Statement.class, statement, done -> done, losing)
                            : result,
                    losing);
        });
    }

    private interface Change {
        Object of(Object result);
    }

    private static <T> T passing(Class<T> type, T real, Change change, AtomicBoolean losing) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (losing.get() && arguments != null && "COMMIT".equals(arguments[0])) {
                        real(real).close();
                        throw new SQLException("the answer was lost", "08006");
                    }
                    return change.of(result);
                }));
    }

    private static AutoCloseable real(Object real) throws SQLException {
        return real instanceof Statement statement ? statement.getConnection() : () -> {};
    }
}
