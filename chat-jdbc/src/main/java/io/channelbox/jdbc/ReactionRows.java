package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Reactions;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of reactions. */
final class ReactionRows {

    private ReactionRows() {}

    static Map<ChatMessageId, List<Reactions>> of(
            Connection connection, Collection<ChatMessageId> messages, UserId seenBy) throws SQLException {
        if (messages.isEmpty()) {
            return Map.of();
        }
        List<ChatMessageId> padded = Sql.padded(messages);
        String query = """
                SELECT message_id, emoji, COUNT(*) AS people, MAX(CASE WHEN user_id = ? THEN 1 ELSE 0 END) AS mine
                FROM chat_conversation_reaction WHERE message_id IN (%s)
                GROUP BY message_id, emoji ORDER BY message_id, MIN(place)""".formatted(Streams.marks(padded.size()));
        Map<ChatMessageId, List<Reactions>> all = new LinkedHashMap<>();
        Sql.all(
                connection,
                query,
                row -> all.computeIfAbsent(new ChatMessageId(row.getLong("message_id")), any -> new ArrayList<>())
                        .add(of(row)),
                seenBy,
                padded);
        return all;
    }

    private static Reactions of(ResultSet row) throws SQLException {
        return new Reactions(row.getString("emoji"), row.getInt("people"), row.getInt("mine") == 1);
    }

    static boolean add(Connection connection, ChatMessageId message, UserId user, String emoji) throws SQLException {
        int added = Sql.update(connection, """
                INSERT INTO chat_conversation_reaction (message_id, emoji, user_id, place)
                VALUES (?, ?, ?, (
                    SELECT COALESCE(MAX(place), 0) + 1 FROM chat_conversation_reaction WHERE message_id = ?))
                ON CONFLICT (message_id, emoji, user_id) DO NOTHING""", message, emoji, user, message);
        return added > 0;
    }

    static boolean remove(Connection connection, ChatMessageId message, UserId user, String emoji) throws SQLException {
        int removed = Sql.update(
                connection,
                "DELETE FROM chat_conversation_reaction WHERE message_id = ? AND emoji = ? AND user_id = ?",
                message,
                emoji,
                user);
        return removed > 0;
    }
}
