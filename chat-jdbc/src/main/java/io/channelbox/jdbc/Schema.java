package io.channelbox.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, as made by scripts that are run once each, in their order, while no other program does so. The number of
 * those that have run is the version of the schema.
 */
final class Schema {

    /** The script that makes a version has its number. */
    static final List<String> SCRIPTS = List.of(
            "V1__history.sql",
            "V2__idempotency_key.sql",
            "V3__conversations.sql",
            "V4__search.sql",
            "V5__moderation.sql",
            "V6__members.sql",
            "V7__upkeep.sql",
            "V8__people.sql",
            "V9__mutes.sql");

    /** The script whose table is filled from what was there before, by Java. */
    static final String SEARCH = "V4__search.sql";

    private final Dialect dialect;
    private final List<String> scripts;

    Schema(Dialect dialect) {
        this(dialect, SCRIPTS);
    }

    Schema(Dialect dialect, List<String> scripts) {
        this.dialect = dialect;
        this.scripts = scripts;
    }

    /** Brings the schema to the version that this program knows. Touches nothing when it is there already. */
    void upgrade(Session session) throws SQLException {
        if (session.transact(dialect.beginReading(), this::version) == scripts.size()) {
            return;
        }
        session.transact(dialect.beginUpgrading(), connection -> {
            for (int version = version(connection) + 1; version <= scripts.size(); version++) {
                run(connection, version);
            }
            return scripts.size();
        });
    }

    private int version(Connection connection) throws SQLException {
        if (number(connection, dialect.countTables()) == 0) {
            return 0;
        }
        int version = number(connection, "SELECT MAX(version) FROM chat_schema");
        if (version > scripts.size()) {
            throw new IllegalStateException("The schema of the database has version " + version
                    + ", and this chat-jdbc knows none above " + scripts.size() + ". Use a newer chat-jdbc.");
        }
        return version;
    }

    private void run(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (version == 1) {
                statement.execute("""
                        CREATE TABLE chat_schema (
                            version    INTEGER   PRIMARY KEY,
                            script     TEXT      NOT NULL,
                            applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
                        )""");
            }
            for (String part : statementsOf(scripts.get(version - 1))) {
                statement.execute(part);
            }
        }
        if (scripts.get(version - 1).equals(SEARCH)) {
            SearchRows.fill(connection, dialect);
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO chat_schema (version, script) VALUES (?, ?)")) {
            insert.setInt(1, version);
            insert.setString(2, scripts.get(version - 1));
            insert.executeUpdate();
        }
    }

    /** A statement ends at an empty line. */
    private String[] statementsOf(String script) {
        String path = dialect.folder() + '/' + script;
        try (InputStream resource = Schema.class.getResourceAsStream(path)) {
            if (resource == null) {
                throw new IllegalStateException("The script " + path + " is missing from the jar.");
            }
            return new String(resource.readAllBytes(), UTF_8).strip().split("\\R\\s*\\R");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
