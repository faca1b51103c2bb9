package io.channelbox.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** What differs between databases. */
enum Dialect {
    SQLITE("SQLite", "sqlite") {

        // Primary result codes, https://www.sqlite.org/rescode.html
        private static final int PERM = 3;
        private static final int BUSY = 5;
        private static final int LOCKED = 6;
        private static final int READONLY = 8;
        private static final int CORRUPT = 11;
        private static final int FULL = 13;
        private static final int CANTOPEN = 14;
        private static final int NOTADB = 26;

        private static final int ATTEMPTS_AT_WAL = 10;

        @Override
        String beginReading() {
            return "BEGIN";
        }

        /** Takes the write lock at once: a transaction that only later begins to write is refused when another one was faster. */
        @Override
        String beginWriting(Duration lockTimeout) {
            return "BEGIN IMMEDIATE";
        }

        @Override
        String beginUpgrading() {
            return "BEGIN IMMEDIATE";
        }

        @Override
        String countTables() {
            return "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'chat_schema'";
        }

        @Override
        String lockingRows() {
            return "";
        }

        @Override
        String lockingFreeRows() {
            return "";
        }

        @Override
        String nextId(String kind) {
            return "UPDATE chat_id SET last = last + 1 WHERE kind = '" + kind + "' RETURNING last";
        }

        @Override
        SearchIndex search() {
            return new SqliteSearch();
        }

        @Override
        boolean keepsItsWriter() {
            return true;
        }

        /** A save is to survive the power failing, on macOS too; and a checkpoint is to come seldom, since a save waits for it. */
        @Override
        void prepareWriter(Connection connection, Duration lockTimeout) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = " + lockTimeout.toMillis());
                statement.execute("PRAGMA foreign_keys = ON");
                statement.execute("PRAGMA page_size = 4096"); // of a database that is empty still
                useWriteAheadLog(statement);
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("PRAGMA fullfsync = ON");
                statement.execute("PRAGMA checkpoint_fullfsync = ON");
                statement.execute("PRAGMA wal_autocheckpoint = 4000");
                statement.execute("PRAGMA journal_size_limit = " + (64 << 20));
            }
        }

        /** Changing the journal does not wait for a lock, whatever the timeout; beginning a transaction does. */
        private void useWriteAheadLog(Statement statement) throws SQLException {
            for (int attempt = 1; ; attempt++) {
                try {
                    String mode = text(statement, "PRAGMA journal_mode = WAL");
                    if (!mode.equals("wal")) {
                        throw new IllegalArgumentException(
                                "This SQLite database cannot have a write-ahead log, its journal"
                                        + " is '" + mode
                                        + "'. Name a file on a local disk; to keep histories in memory, use"
                                        + " InMemoryHistoryStore.");
                    }
                    return;
                } catch (SQLException e) {
                    if (e.getErrorCode() != BUSY || attempt == ATTEMPTS_AT_WAL) {
                        throw e;
                    }
                    statement.execute("BEGIN IMMEDIATE");
                    statement.execute("ROLLBACK");
                }
            }
        }

        @Override
        Optional<Path> file(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
                return row.next()
                        ? Optional.ofNullable(row.getString(1))
                                .filter(name -> !name.isEmpty())
                                .map(Path::of)
                        : Optional.empty();
            }
        }

        @Override
        boolean mayBeRepeated(SQLException failure) {
            return false;
        }

        @Override
        boolean isUndone(SQLException failedCommit) {
            return failedCommit.getErrorCode() == BUSY || failedCommit.getErrorCode() == FULL;
        }

        @Override
        Optional<String> reasonOf(SQLException failure) {
            return Optional.ofNullable(
                    switch (failure.getErrorCode()) {
                        case BUSY, LOCKED -> "the database is locked by another program";
                        case FULL -> "the database or its disk is full";
                        case CANTOPEN -> "the database is missing or cannot be opened";
                        case PERM, READONLY -> "the database may not be written to";
                        case CORRUPT, NOTADB -> "the file is damaged or no SQLite database";
                        default ->
                            failure instanceof SQLNonTransientConnectionException ? "the database is missing" : null;
                    });
        }
    },

    POSTGRESQL("PostgreSQL", "postgresql") {

        // Any number, as long as nothing else in the database locks the same one.
        private static final long UPGRADE_LOCK = 0x6368_616e_6e65_6c62L;

        /** So that the stream and its messages are of one moment. To compile a query takes longer than what is asked here. */
        @Override
        String beginReading() {
            return """
                    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
                    SET LOCAL jit = off
                    """;
        }

        /** Whatever the defaults of the server or the pool: a save that was confirmed must be on disk. A stronger setting is left as it is. */
        @Override
        String beginWriting(Duration lockTimeout) {
            return """
                    BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
                    SET LOCAL lock_timeout = %d;
                    SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'
                    """.formatted(lockTimeout.toMillis());
        }

        @Override
        String beginUpgrading() {
            return """
                    BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
                    SELECT pg_advisory_xact_lock(%d)
                    """.formatted(UPGRADE_LOCK);
        }

        @Override
        String countTables() {
            return "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('chat_schema')";
        }

        @Override
        String lockingRows() {
            return "FOR UPDATE";
        }

        @Override
        String lockingFreeRows() {
            return "FOR UPDATE SKIP LOCKED";
        }

        @Override
        String nextId(String kind) {
            return "SELECT nextval('chat_" + kind + "_id')";
        }

        @Override
        SearchIndex search() {
            return new PostgresSearch();
        }

        @Override
        boolean keepsItsWriter() {
            return false;
        }

        @Override
        void prepareWriter(Connection connection, Duration lockTimeout) {}

        @Override
        Optional<Path> file(Connection connection) {
            return Optional.empty();
        }

        /** Two nodes that began with the same new groups may have locked each other out; one of them was undone. */
        @Override
        boolean mayBeRepeated(SQLException failure) {
            String state = state(failure);
            return state.equals("40001") || state.equals("40P01");
        }

        @Override
        boolean isUndone(SQLException failedCommit) {
            return false;
        }

        @Override
        Optional<String> reasonOf(SQLException failure) {
            String state = state(failure);
            return Optional.ofNullable(
                    switch (state.isEmpty() ? "" : state.substring(0, 2)) {
                        case "08", "57" -> "the database cannot be reached";
                        case "28" -> "the database does not accept the user";
                        case "3D", "3F" -> "the database is missing";
                        case "42" -> "a table is missing or may not be used";
                        case "53" -> "the database or its disk is full";
                        case "55" -> "the database is locked by another program";
                        default -> null;
                    });
        }
    };

    private final String product;
    private final String folder;

    Dialect(String product, String folder) {
        this.product = product;
        this.folder = folder;
    }

    /** Returns the dialect of what a connection leads to. */
    static Dialect of(Connection connection) throws SQLException {
        String found = connection.getMetaData().getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.product.equalsIgnoreCase(found)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("The DataSource leads to '" + found
                + "'. Histories are kept in SQLite or PostgreSQL: give a DataSource of one of them.");
    }

    /** Returns the name of the folder of its scripts. */
    String folder() {
        return folder;
    }

    /** Returns what begins a transaction that sees one moment of the database. */
    abstract String beginReading();

    /** Returns what begins a transaction whose commit is durable, and which waits for locks no longer than this. */
    abstract String beginWriting(Duration lockTimeout);

    /** Returns what begins a transaction that no other program has at the same time. */
    abstract String beginUpgrading();

    /** Returns the question whether there is a schema. */
    abstract String countTables();

    /** Returns the end of a query that no other writer may come between. */
    abstract String lockingRows();

    /** Returns the same for a query that leaves out what another writer is busy with. */
    abstract String lockingFreeRows();

    /** Returns what gives the next id of this kind. */
    abstract String nextId(String kind);

    /** Returns how messages are found by what they say. */
    abstract SearchIndex search();

    /** Tells whether there is one writer at a time, which keeps its connection, since it is dear and has settings of its own. */
    abstract boolean keepsItsWriter();

    /** Gives a connection the settings of the writer. */
    abstract void prepareWriter(Connection connection, Duration lockTimeout) throws SQLException;

    /** Returns where the database is kept, if it is a file of this machine. */
    abstract Optional<Path> file(Connection connection) throws SQLException;

    /** Tells whether the same transaction may succeed at once. */
    abstract boolean mayBeRepeated(SQLException failure);

    /** Tells whether a commit that failed like this has surely kept nothing. */
    abstract boolean isUndone(SQLException failedCommit);

    /** Says in words for operators what went wrong, if it is known. */
    abstract Optional<String> reasonOf(SQLException failure);

    /** Says in words for operators what went wrong. */
    String reason(SQLException failure) {
        if (failure instanceof OutcomeUnknownException) {
            return "the connection was lost while it was committed, so whether it is kept is unknown";
        }
        boolean connecting = failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException;
        return reasonOf(failure).orElse(connecting ? "the database cannot be reached" : "the database refused it");
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}
