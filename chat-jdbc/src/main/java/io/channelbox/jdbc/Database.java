package io.channelbox.jdbc;

import io.channelbox.message.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** One database: where its connections come from, whether it is there, and what its failures are called. */
final class Database {

    private final DataSource source;
    private final Dialect dialect;
    private final Optional<Path> file;
    private final Duration lockTimeout;

    private Database(DataSource source, Dialect dialect, Optional<Path> file, Duration lockTimeout) {
        this.source = source;
        this.dialect = dialect;
        this.file = file;
        this.lockTimeout = lockTimeout;
    }

    /**
     * Finds out what a DataSource leads to.
     *
     * @throws StoreException when it leads nowhere
     */
    static Database behind(DataSource source, Duration lockTimeout) {
        try (Connection connection = source.getConnection()) {
            return behind(connection, source, lockTimeout);
        } catch (SQLException e) {
            throw new StoreException("Could not open the database", e);
        }
    }

    private static Database behind(Connection connection, DataSource source, Duration lockTimeout) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        try {
            return new Database(source, dialect, dialect.file(connection), lockTimeout);
        } catch (SQLException e) {
            throw new StoreException("Could not open the database: " + dialect.reason(e), e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** Does what only reads, as of one moment. */
    <T> T read(String doing, Work<T> work) {
        try (Session session = open()) {
            return session.transact(dialect.beginReading(), work);
        } catch (SQLException e) {
            throw failure(doing, e);
        }
    }

    /** Does all of the work or nothing of it, durably. */
    <T> T write(Session session, Work<T> work) throws SQLException {
        return session.transact(dialect.beginWriting(lockTimeout), work);
    }

    Session open() throws SQLException {
        fileKey();
        return Session.open(source, dialect);
    }

    Session openWriter() throws SQLException {
        Session session = open();
        try {
            dialect.prepareWriter(session.connection(), lockTimeout);
            return session;
        } catch (SQLException | RuntimeException | Error e) {
            session.closeAfter(e);
            throw e;
        }
    }

    /**
     * Returns what tells the file of the database from another one of the same name. SQLite goes on writing to a file that was
     * deleted or replaced, and what it confirms is lost; and it makes a new one where there is none.
     */
    Optional<Object> fileKey() throws SQLException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file.get(), BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            throw new SQLNonTransientConnectionException("The file of the database is missing: " + file.get(), e);
        }
    }

    /** Refuses a pool whose only connection is the one that the writer keeps: every read would wait for it in vain. */
    void requireSecondConnection() {
        if (!dialect.keepsItsWriter()) {
            return;
        }
        try (Session second = open()) {
            second.transact(dialect.beginReading(), connection -> Optional.empty());
        } catch (SQLException e) {
            throw new StoreException(
                    "The DataSource gave one connection and not a second one. Let its pool have two or more: on SQLite"
                            + " the writer keeps one",
                    e);
        }
    }

    StoreException failure(String doing, SQLException cause) {
        return new StoreException("Could not " + doing + ": " + dialect.reason(cause), cause);
    }

    /** Tells whether the file is not the one it was. */
    boolean wasReplaced(Optional<Object> earlier) throws SQLException {
        return !Objects.equals(earlier, fileKey());
    }
}
