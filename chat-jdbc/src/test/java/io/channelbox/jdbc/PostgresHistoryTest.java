package io.channelbox.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.history.HistoryStore;
import io.channelbox.testkit.HistoryStoreContract;
import java.sql.SQLException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresHistoryTest implements HistoryStoreContract {

    private static HikariDataSource pool;

    @BeforeAll
    static void openPool() throws SQLException {
        var config = new HikariConfig();
        config.setDataSource(Postgres.newDatabase());
        config.setMaximumPoolSize(2);
        config.setAutoCommit(false); // as some applications have it
        pool = new HikariDataSource(config);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @Override
    public HistoryStore newStore(InstantSource clock) {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA public CASCADE");
            statement.execute("CREATE SCHEMA public");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return JdbcStores.builder(pool).clock(clock).build().history();
    }
}
