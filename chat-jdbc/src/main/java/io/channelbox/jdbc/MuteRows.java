package io.channelbox.jdbc;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Mute;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The rows of who had no voice when they went. */
final class MuteRows {

    private MuteRows() {}

    static Optional<Mute> find(Connection connection, ConversationId conversation, UserId user) throws SQLException {
        return Sql.first(
                connection,
                "SELECT muted_until FROM chat_conversation_mute WHERE conversation_id = ? AND user_id = ?",
                row -> new Mute(conversation, user, Columns.maybeTime(row, "muted_until")),
                conversation,
                user);
    }

    static void keep(Connection connection, Mute mute) throws SQLException {
        Sql.update(connection, """
                INSERT INTO chat_conversation_mute (conversation_id, user_id, muted_until) VALUES (?, ?, ?)
                ON CONFLICT (conversation_id, user_id) DO UPDATE SET muted_until = excluded.muted_until""", mute.conversation(), mute.user(), mute.until());
    }

    static boolean remove(Connection connection, ConversationId conversation, UserId user) throws SQLException {
        return Sql.update(
                        connection,
                        "DELETE FROM chat_conversation_mute WHERE conversation_id = ? AND user_id = ?",
                        conversation,
                        user)
                > 0;
    }
}
