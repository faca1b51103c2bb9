package io.channelbox.jdbc;

import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of when somebody was last seen. */
final class SeenRows {

    private SeenRows() {}

    static Map<UserId, Instant> of(Connection connection, Collection<UserId> users) throws SQLException {
        if (users.isEmpty()) {
            return Map.of();
        }
        List<UserId> padded = Sql.padded(users);
        Map<UserId, Instant> seen = new HashMap<>();
        Sql.all(
                connection,
                "SELECT user_id, seen_at FROM chat_seen WHERE user_id IN (" + Streams.marks(padded.size()) + ")",
                row -> seen.put(Columns.user(row, "user_id"), Columns.time(row, "seen_at")),
                padded);
        return seen;
    }

    static void put(Connection connection, UserId user, Instant at) throws SQLException {
        Sql.update(connection, """
                INSERT INTO chat_seen (user_id, seen_at) VALUES (?, ?)
                ON CONFLICT (user_id) DO UPDATE SET seen_at = EXCLUDED.seen_at
                WHERE chat_seen.seen_at < EXCLUDED.seen_at""", user, at);
    }
}
