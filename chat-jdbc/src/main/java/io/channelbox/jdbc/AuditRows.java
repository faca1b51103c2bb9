package io.channelbox.jdbc;

import io.channelbox.conversation.AuditEntry;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ModerationAction;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The rows of what was done by those who moderate. */
final class AuditRows {

    private static final String SELECT = """
            SELECT a.id, a.conversation_id, a.actor_id, a.action, a.user_id, a.message_id, a.reason, a.ends_at,
                a.slow_mode, a.created_at
            FROM chat_conversation_audit AS a WHERE\s""";

    private static final String PAGE = "a.id < ? ORDER BY a.id DESC LIMIT ?";

    private AuditRows() {}

    static List<AuditEntry> page(Connection connection, long before, int limit) throws SQLException {
        return Sql.all(connection, SELECT + PAGE, AuditRows::of, before, limit);
    }

    static List<AuditEntry> page(Connection connection, ConversationId conversation, long before, int limit)
            throws SQLException {
        return Sql.all(
                connection, SELECT + "a.conversation_id = ? AND " + PAGE, AuditRows::of, conversation, before, limit);
    }

    static void add(Connection connection, AuditEntry entry) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO chat_conversation_audit (
                    id, conversation_id, actor_id, action, user_id, message_id, reason, ends_at, slow_mode, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                entry.number(),
                entry.conversation(),
                entry.by(),
                entry.action(),
                entry.user(),
                entry.message(),
                entry.reason(),
                entry.until(),
                entry.slowMode().map(Duration::toNanos),
                entry.at());
    }

    private static AuditEntry of(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                new ConversationId(row.getLong("conversation_id")),
                Columns.user(row, "actor_id"),
                Columns.choice(row, "action", ModerationAction.class),
                Columns.maybeText(row, "user_id").map(UserId::new),
                Columns.maybeNumber(row, "message_id").map(ChatMessageId::new),
                row.getString("reason"),
                Columns.maybeTime(row, "ends_at"),
                Columns.maybeNumber(row, "slow_mode").map(Duration::ofNanos),
                Columns.time(row, "created_at"));
    }
}
