package io.channelbox.jdbc;

import static io.channelbox.history.HistoryQuery.latest;
import static io.channelbox.jdbc.Said.ROOM;
import static io.channelbox.jdbc.Said.append;
import static io.channelbox.jdbc.Said.assertSays;
import static io.channelbox.jdbc.Said.texts;
import static io.channelbox.jdbc.StoresContract.atOnce;
import static io.channelbox.jdbc.StoresContract.count;
import static io.channelbox.jdbc.StoresContract.execute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.message.GroupName;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresStoresTest implements StoresContract {

    private final List<HikariDataSource> pools = new ArrayList<>();

    @Override
    public DataSource newDatabase() throws SQLException {
        HikariDataSource pool = pool(Postgres.newDatabase());
        pools.add(pool);
        return pool;
    }

    @AfterEach
    void closePools() {
        pools.forEach(HikariDataSource::close);
    }

    @Override
    public String oldPayload() {
        return "'\\x6F6C64'::BYTEA";
    }

    @Test
    void whatAnotherNodeSaysFirstInANewGroupOutlivesAClearingOfAll() throws Exception {
        DataSource database = newDatabase();
        GroupName fresh = GroupName.of("chat", "fresh");
        try (JdbcStores one = JdbcStores.create(database);
                JdbcStores other = JdbcStores.create(database);
                Connection holding = database.getConnection()) {
            append(one.history(), ROOM, "old");
            holding.setAutoCommit(false);
            try (Statement lock = holding.createStatement()) {
                lock.execute("SELECT id FROM chat_stream FOR UPDATE");
            }
            CompletableFuture<Void> clearing =
                    CompletableFuture.runAsync(() -> one.history().clearAll());
            while (StoresContract.count(database, "SELECT COUNT(*) FROM pg_locks WHERE NOT granted") == 0) {
                Thread.onSpinWait(); // until it waits for the group that is held
            }
            append(other.history(), fresh, "new");
            holding.rollback();
            clearing.join();

            assertEquals(0, one.history().stats(ROOM).count());
            assertEquals(List.of("new"), texts(one.history().read(fresh, latest(10))));
        }
    }

    @Test
    void severalNodesThatSpeakToTheSameGroupsGiveEachPositionOnce() throws Exception {
        DataSource database = Postgres.newDatabase();
        int nodes = 4;
        int each = 60;

        List<List<Long>> given = atOnce(nodes, node -> {
            List<Long> own = new ArrayList<>();
            try (HikariDataSource pool = pool(database);
                    JdbcStores stores = JdbcStores.create(pool)) {
                for (int i = 0; i < each; i++) {
                    own.add(append(stores.history(), ROOM, node + ":" + i).offset());
                    append(stores.history(), GroupName.of("of" + (node + i) % nodes), "x");
                }
            }
            return own;
        });

        assertEquals(
                LongStream.rangeClosed(1, (long) nodes * each).boxed().toList(),
                given.stream().flatMap(Collection::stream).sorted().toList());
        try (JdbcStores stores = JdbcStores.create(database)) {
            assertEquals(
                    nodes * each,
                    StoresContract.allOf(stores.history(), ROOM).entries().size());
        }
    }

    @Test
    void aPoolOfOneConnectionIsEnoughAndGetsItBack() throws SQLException {
        var config = new HikariConfig();
        config.setDataSource(Postgres.newDatabase());
        config.setMaximumPoolSize(1);
        config.setAutoCommit(false);
        try (var pool = new HikariDataSource(config);
                JdbcStores stores = JdbcStores.create(pool)) {
            append(stores.history(), ROOM, "x");

            assertEquals(1, stores.history().stats(ROOM).count());
            assertEquals(0, pool.getHikariPoolMXBean().getActiveConnections());
        }
    }

    @Test
    void aSaveIsDurableThoughTheDatabaseSaysOtherwise() throws SQLException {
        DataSource database = Postgres.newDatabase();
        execute(
                database,
                "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database()"
                        + " || ' SET synchronous_commit = off'; END $$");
        Database behind = Database.behind(database, Duration.ofSeconds(1));
        try (Session session = behind.openWriter()) {
            assertEquals("on", behind.write(session, connection -> setting(connection)));
        }
    }

    private static String setting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("SHOW synchronous_commit")) {
            assertTrue(row.next());
            return row.getString(1);
        }
    }

    @Test
    void aLockedGroupIsAStoreExceptionAndWorksAgainWhenItIsFree() throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.builder(database)
                        .lockTimeout(Duration.ofMillis(50))
                        .build();
                Connection other = database.getConnection();
                Statement locking = other.createStatement()) {
            append(stores.history(), ROOM, "a");
            other.setAutoCommit(false);
            locking.execute("SELECT * FROM chat_stream FOR UPDATE");

            var failure = assertThrows(StoreException.class, () -> append(stores.history(), ROOM, "b"));
            assertSays("locked by another program", failure);
            assertTrue(failure.getCause() instanceof SQLException);

            other.rollback();
            assertEquals(2, append(stores.history(), ROOM, "c").offset());
        }
    }

    @Test
    void connectionsThatWereCutAreReplaced() throws SQLException {
        DataSource database = Postgres.newDatabase();
        try (HikariDataSource pool = pool(database);
                JdbcStores stores = JdbcStores.create(pool)) {
            append(stores.history(), ROOM, "a");
            count(
                    database,
                    "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

            StreamPosition next = untilKept(stores, "b");

            assertEquals(2, next.offset());
        }
    }

    @Test
    void aServerThatStopsIsAStoreExceptionAndTheBoxRecoversWhenItIsBack(@TempDir Path folder) throws Exception {
        DataSource database;
        int port;
        try (EmbeddedPostgres server = server(folder, 0)) {
            port = server.getPort();
            database = server.getPostgresDatabase();
            try (JdbcStores stores = JdbcStores.create(database)) {
                append(stores.history(), ROOM, "a");
            }
        }
        assertThrows(StoreException.class, () -> JdbcStores.create(database));

        JdbcStores stores;
        try (EmbeddedPostgres server = server(folder, port)) {
            stores = JdbcStores.create(server.getPostgresDatabase());
            assertEquals(2, append(stores.history(), ROOM, "b").offset());
        }
        var failure = assertThrows(StoreException.class, () -> append(stores.history(), ROOM, "lost"));
        assertSays("cannot be reached", failure);
        assertThrows(StoreException.class, () -> stores.history().stats(ROOM));

        try (EmbeddedPostgres server = server(folder, port)) {
            assertEquals(port, server.getPort());
            assertEquals(3, append(stores.history(), ROOM, "c").offset());
            stores.close();
        }
    }

    private static EmbeddedPostgres server(Path folder, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    /** A pool may lend a connection that was cut without its knowing; what was refused was not kept. */
    private static StreamPosition untilKept(JdbcStores stores, String text) {
        for (int attempt = 0; ; attempt++) {
            try {
                return append(stores.history(), ROOM, text);
            } catch (StoreException e) {
                assertTrue(attempt < 5, () -> "still fails: " + e.getMessage());
            }
        }
    }

    private static HikariDataSource pool(DataSource database) {
        var config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }
}
