package io.channelbox.jdbc;

import io.channelbox.conversation.Ban;
import io.channelbox.conversation.ConversationId;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of who is kept out of which conversation, and of who waits in slow mode. */
final class BanRows {

    private static final String SELECT = """
            SELECT b.id, b.conversation_id, b.user_id, b.banned_by, b.reason, b.created_at, b.banned_until
            FROM chat_conversation_ban AS b WHERE b.conversation_id = ? AND\s""";

    private BanRows() {}

    static Optional<Ban> find(Connection connection, ConversationId conversation, UserId user) throws SQLException {
        return Sql.first(connection, SELECT + "b.user_id = ?", BanRows::of, conversation, user);
    }

    static List<Ban> page(Connection connection, ConversationId conversation, long before, int limit)
            throws SQLException {
        return Sql.all(
                connection, SELECT + "b.id < ? ORDER BY b.id DESC LIMIT ?", BanRows::of, conversation, before, limit);
    }

    static void keep(Connection connection, Ban ban) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO chat_conversation_ban (
                    id, conversation_id, user_id, banned_by, reason, created_at, banned_until)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (conversation_id, user_id) DO UPDATE
                SET id = excluded.id, banned_by = excluded.banned_by, reason = excluded.reason,
                    created_at = excluded.created_at, banned_until = excluded.banned_until""",
                ban.number(),
                ban.conversation(),
                ban.user(),
                ban.by(),
                ban.reason(),
                ban.since(),
                ban.until());
    }

    static boolean remove(Connection connection, ConversationId conversation, UserId user) throws SQLException {
        return Sql.update(
                        connection,
                        "DELETE FROM chat_conversation_ban WHERE conversation_id = ? AND user_id = ?",
                        conversation,
                        user)
                > 0;
    }

    private static Ban of(ResultSet row) throws SQLException {
        return new Ban(
                row.getLong("id"),
                new ConversationId(row.getLong("conversation_id")),
                Columns.user(row, "user_id"),
                Columns.user(row, "banned_by"),
                row.getString("reason"),
                Columns.time(row, "created_at"),
                Columns.maybeTime(row, "banned_until"));
    }

    static Optional<Instant> lastSaid(Connection connection, ConversationId conversation, UserId user)
            throws SQLException {
        return Sql.first(
                connection,
                "SELECT said_at FROM chat_conversation_last_said WHERE conversation_id = ? AND user_id = ?",
                row -> Columns.time(row, "said_at"),
                conversation,
                user);
    }

    static void said(Connection connection, ConversationId conversation, UserId user, Instant time)
            throws SQLException {
        Sql.update(connection, """
                INSERT INTO chat_conversation_last_said (conversation_id, user_id, said_at) VALUES (?, ?, ?)
                ON CONFLICT (conversation_id, user_id) DO UPDATE SET said_at = excluded.said_at""", conversation, user, time);
    }
}
