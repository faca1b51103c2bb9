package io.channelbox.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A connection on loan, which is given back as it came. Used by one thread at a time. */
final class Session implements AutoCloseable {

    private final Connection connection;
    private final Dialect dialect;
    private final boolean cameWithAutoCommit;
    private boolean broken;

    private Session(Connection connection, Dialect dialect, boolean cameWithAutoCommit) {
        this.connection = connection;
        this.dialect = dialect;
        this.cameWithAutoCommit = cameWithAutoCommit;
    }

    /** Borrows a connection. Transactions are begun and ended in SQL, since JDBC cannot say how one is to begin. */
    static Session open(DataSource source, Dialect dialect) throws SQLException {
        Connection connection = source.getConnection();
        try {
            boolean autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            return new Session(connection, dialect, autoCommit);
        } catch (SQLException | RuntimeException | Error e) {
            new Session(connection, dialect, true).closeAfter(e);
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Does all of the work or nothing of it. */
    <T> T transact(String begin, Work<T> work) throws SQLException {
        T result;
        try {
            execute(begin);
            result = work.in(connection);
        } catch (SQLException | RuntimeException | Error e) {
            rollBack();
            throw e;
        }
        commit();
        return result;
    }

    private void commit() throws SQLException {
        try {
            execute("COMMIT");
        } catch (SQLException e) {
            if (rollBack() || dialect.isUndone(e)) {
                throw e;
            }
            throw new OutcomeUnknownException(e);
        }
    }

    private boolean rollBack() {
        try {
            execute("ROLLBACK");
            return true;
        } catch (SQLException e) { // what made it necessary is told, and this is its consequence
            broken = true;
            return false;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Tells whether a transaction could not be rolled back. */
    boolean isBroken() {
        return broken;
    }

    /** Gives the connection back; one that could not be rolled back is cut first, so that a pool does not lend it again. */
    @Override
    public void close() throws SQLException {
        try (connection) {
            if (broken) {
                connection.abort(Runnable::run);
            } else if (!cameWithAutoCommit) {
                connection.setAutoCommit(false);
            }
        }
    }

    /** Gives the connection back because of a failure, which is what will be told. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
