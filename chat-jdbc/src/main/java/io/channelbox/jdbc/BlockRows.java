package io.channelbox.jdbc;

import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The rows of who wants to hear no more from whom. */
final class BlockRows {

    private BlockRows() {}

    static boolean has(Connection connection, UserId user, UserId other) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT 1 FROM chat_block WHERE user_id = ? AND blocked_id = ?",
                        row -> true,
                        user,
                        other)
                .isPresent();
    }

    /** Reads whom somebody has blocked. Databases have orders of their own, so they are put in ours here. */
    static List<UserId> of(Connection connection, UserId user) throws SQLException {
        return Sql.all(
                        connection,
                        "SELECT blocked_id FROM chat_block WHERE user_id = ?",
                        row -> Columns.user(row, "blocked_id"),
                        user)
                .stream()
                .sorted()
                .toList();
    }

    static boolean add(Connection connection, UserId user, UserId other) throws SQLException {
        return Sql.update(
                        connection,
                        "INSERT INTO chat_block (user_id, blocked_id) VALUES (?, ?)"
                                + " ON CONFLICT (user_id, blocked_id) DO NOTHING",
                        user,
                        other)
                > 0;
    }

    static boolean remove(Connection connection, UserId user, UserId other) throws SQLException {
        return Sql.update(connection, "DELETE FROM chat_block WHERE user_id = ? AND blocked_id = ?", user, other) > 0;
    }
}
