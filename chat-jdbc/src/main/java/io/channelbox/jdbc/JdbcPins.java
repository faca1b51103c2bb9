package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.PinWriter;
import io.channelbox.conversation.PinnedMessage;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is pinned in conversations. */
record JdbcPins(Statements statements) implements PinWriter {

    private record Row(ChatMessageId message, UserId by, Instant at) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    new ChatMessageId(row.getLong("message_id")),
                    Columns.user(row, "user_id"),
                    Columns.time(row, "pinned_at"));
        }
    }

    @Override
    public List<PinnedMessage> of(ConversationId conversation) {
        return statements.in(open -> {
            List<Row> rows = Sql.all(open, """
                    SELECT message_id, user_id, pinned_at FROM chat_conversation_pin
                    WHERE conversation_id = ? ORDER BY pinned_at DESC, message_id DESC""", Row::of, conversation);
            return withMessages(open, rows);
        });
    }

    static List<PinnedMessage> by(Connection open, UserId user, Optional<ChatMessageId> after, int limit)
            throws SQLException {
        List<Row> rows = Sql.all(
                open, """
                SELECT message_id, user_id, pinned_at FROM chat_conversation_pin
                WHERE user_id = ? AND message_id > ? ORDER BY message_id LIMIT ?""", Row::of, user, after.map(ChatMessageId::value).orElse(0L), limit);
        return withMessages(open, rows);
    }

    private static List<PinnedMessage> withMessages(Connection open, List<Row> rows) throws SQLException {
        Map<ChatMessageId, ChatMessage> messages = new HashMap<>();
        ChatMessageRows.all(open, rows.stream().map(Row::message).toList())
                .forEach(message -> messages.put(message.id(), message));
        return rows.stream()
                .map(row -> new PinnedMessage(Objects.requireNonNull(messages.get(row.message())), row.by(), row.at()))
                .toList();
    }

    @Override
    public boolean add(ChatMessage message, UserId by, Instant at) {
        return statements.in(open -> Sql.update(open, """
                INSERT INTO chat_conversation_pin (message_id, conversation_id, user_id, pinned_at)
                VALUES (?, ?, ?, ?) ON CONFLICT (message_id) DO NOTHING""", message.id(), message.conversation(), by, at) > 0);
    }

    @Override
    public boolean remove(ChatMessageId message) {
        return statements.in(
                open -> Sql.update(open, "DELETE FROM chat_conversation_pin WHERE message_id = ?", message) > 0);
    }
}
