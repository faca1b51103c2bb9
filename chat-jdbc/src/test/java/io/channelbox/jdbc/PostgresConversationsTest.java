package io.channelbox.jdbc;

import static io.channelbox.jdbc.StoresContract.ANN;
import static io.channelbox.jdbc.StoresContract.BOB;
import static io.channelbox.jdbc.StoresContract.atOnce;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.testkit.ConversationStoreContract;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresConversationsTest
        implements ConversationStoreContract, SqlConversationsContract, SqlMembersContract, SqlSearchContract {

    private static HikariDataSource pool;

    private final List<HikariDataSource> pools = new ArrayList<>();

    @BeforeAll
    static void openPool() throws SQLException {
        pool = pool(false); // as some applications have it
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @AfterEach
    void closePools() {
        pools.forEach(HikariDataSource::close);
    }

    private static HikariDataSource pool(boolean autoCommit) throws SQLException {
        var config = new HikariConfig();
        config.setDataSource(Postgres.newDatabase());
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    @Override
    public DataSource newDatabase() throws SQLException {
        HikariDataSource database = pool(true);
        pools.add(database);
        return database;
    }

    @Override
    public ConversationStore newStore() {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA public CASCADE");
            statement.execute("CREATE SCHEMA public");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return JdbcStores.create(pool).conversations();
    }

    @Override
    public String goOnBehind(long messageId) {
        return "SELECT setval('chat_message_id', " + messageId + ")";
    }

    @Test
    void aChangeWaitsForNoneOfAnotherConversation() throws SQLException {
        try (JdbcStores stores = JdbcStores.create(newDatabase())) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            ConversationId slow = group(conversations);
            ConversationId quick = group(conversations);

            long said = stores.conversations().write(writer -> {
                writer.lock(slow);
                return CompletableFuture.supplyAsync(
                                () -> conversations.send(ANN, quick, MessageDraft.text("meanwhile")))
                        .join()
                        .sequence();
            });

            assertEquals(1, said);
        }
    }

    @Test
    void ofTwoThatLockEachOtherOutOneIsDoneAgain() throws Exception {
        try (JdbcStores stores = JdbcStores.create(newDatabase())) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            List<ConversationId> both = List.of(group(conversations), group(conversations));
            var bothHaveOne = new CyclicBarrier(2);
            var attempts = new AtomicInteger();

            List<Boolean> done = atOnce(
                    2,
                    i -> stores.conversations().write(writer -> {
                        boolean again = attempts.incrementAndGet() > 2;
                        // Again it waits with nothing in hand, or it might be faster than the other one once more.
                        writer.lock(both.get(again ? 1 - i : i));
                        if (!again) {
                            await(bothHaveOne);
                        }
                        writer.lock(both.get(again ? i : 1 - i));
                        return true;
                    }));

            assertEquals(List.of(true, true), done);
            assertEquals(3, attempts.get());
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoClosesWaitsForWhatIsBeingChanged() throws Exception {
        JdbcStores stores = JdbcStores.create(newDatabase());
        var closer = new Thread(stores::close);

        boolean blocked = stores.conversations().write(writer -> {
            closer.start();
            while (closer.isAlive() && closer.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertTrue(closer.isAlive());
            return writer.block(ANN, BOB);
        });

        closer.join();
        assertTrue(blocked);
    }

    private static ConversationId group(Conversations conversations) {
        Conversation made = conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of());
        return made.id();
    }
}
