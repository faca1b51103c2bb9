package io.channelbox.jdbc;

import io.channelbox.conversation.Attachment;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of what is attached to messages. */
final class AttachmentRows {

    private AttachmentRows() {}

    /** Reads what is attached to these messages; nothing of those that carry nothing. */
    static Map<ChatMessageId, List<Attachment>> of(Connection connection, Collection<ChatMessageId> messages)
            throws SQLException {
        if (messages.isEmpty()) {
            return Map.of();
        }
        List<ChatMessageId> padded = Sql.padded(messages);
        String query = "SELECT message_id, url, name, content_type, size FROM chat_conversation_attachment"
                + " WHERE message_id IN (" + Streams.marks(padded.size()) + ") ORDER BY message_id, place";
        Map<ChatMessageId, List<Attachment>> all = new HashMap<>();
        Sql.all(
                connection,
                query,
                row -> all.computeIfAbsent(new ChatMessageId(row.getLong("message_id")), any -> new ArrayList<>())
                        .add(of(row)),
                padded);
        return all;
    }

    private static Attachment of(ResultSet row) throws SQLException {
        return new Attachment(
                row.getString("url"), row.getString("name"), row.getString("content_type"), row.getLong("size"));
    }

    static void replace(Connection connection, ChatMessage message) throws SQLException {
        Sql.update(connection, "DELETE FROM chat_conversation_attachment WHERE message_id = ?", message.id());
        add(connection, message);
    }

    static void add(Connection connection, ChatMessage message) throws SQLException {
        int place = 0;
        for (Attachment each : message.attachments()) {
            Sql.update(
                    connection, """
                    INSERT INTO chat_conversation_attachment (message_id, place, url, name, content_type, size)
                    VALUES (?, ?, ?, ?, ?, ?)""", message.id(), place++, each.url(), each.name(), each.contentType(), each.size());
        }
    }
}
