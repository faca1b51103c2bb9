package io.channelbox.jdbc;

import io.channelbox.conversation.Attachment;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ForwardedFrom;
import io.channelbox.conversation.Mentions;
import io.channelbox.conversation.MessageKind;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of what is said in conversations. */
final class ChatMessageRows {

    private static final String SELECT = """
            SELECT m.id, m.conversation_id, m.sequence, m.user_id, m.username, m.user_avatar, m.message_type,
                m.content, m.reply_to_id, m.thread_id, m.created_at, m.edited_at, m.deleted_at, m.client_id,
                m.forwarded_from_id, m.forwarded_from_name
            FROM chat_conversation_message AS m WHERE\s""";

    private static final String READABLE = """
            EXISTS (
                SELECT 1 FROM chat_conversation_participant AS p
                WHERE p.user_id = ? AND p.conversation_id = m.conversation_id)""";

    private ChatMessageRows() {}

    static Optional<ChatMessage> find(Connection connection, ChatMessageId id) throws SQLException {
        return select(connection, "m.id = ?", id).stream().findFirst();
    }

    /** Reads these messages, in no order. */
    static List<ChatMessage> all(Connection connection, Collection<ChatMessageId> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<ChatMessageId> padded = Sql.padded(ids);
        return select(connection, "m.id IN (" + Streams.marks(padded.size()) + ")", padded);
    }

    /** Reads those of these messages that are not deleted and in conversations that this user is in, the one with the largest id first. */
    static List<ChatMessage> readable(Connection connection, UserId user, Collection<ChatMessageId> ids)
            throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<ChatMessageId> padded = Sql.padded(ids);
        return select(
                connection,
                "m.id IN (" + Streams.marks(padded.size()) + ") AND m.deleted_at IS NULL AND " + READABLE
                        + " ORDER BY m.id DESC",
                padded,
                user);
    }

    static Optional<ChatMessage> saidAs(
            Connection connection, ConversationId conversation, UserId author, String clientId) throws SQLException {
        return select(
                        connection,
                        "m.conversation_id = ? AND m.user_id = ? AND m.client_id = ?",
                        conversation,
                        author,
                        clientId)
                .stream()
                .findFirst();
    }

    static List<ChatMessage> page(
            Connection connection, ConversationId conversation, Optional<ChatMessageId> before, int limit)
            throws SQLException {
        return select(
                connection,
                "m.conversation_id = ? AND m.id < ? AND m.deleted_at IS NULL ORDER BY m.id DESC LIMIT ?",
                conversation,
                before.map(ChatMessageId::value).orElse(Long.MAX_VALUE),
                limit);
    }

    static List<ChatMessage> thread(Connection connection, ChatMessageId first, ChatMessageId after, int limit)
            throws SQLException {
        return select(
                connection,
                "m.thread_id = ? AND m.id > ? AND m.deleted_at IS NULL ORDER BY m.id LIMIT ?",
                first,
                after,
                limit);
    }

    /** Reads the messages m of which this is true. */
    static List<ChatMessage> select(Connection connection, String which, Object... arguments) throws SQLException {
        List<ChatMessage> bare = Sql.all(connection, SELECT + which, ChatMessageRows::of, arguments);
        List<ChatMessageId> ids = bare.stream().map(ChatMessage::id).toList();
        Map<ChatMessageId, List<Attachment>> attachments = AttachmentRows.of(connection, ids);
        Map<ChatMessageId, Mentions> mentions = MentionRows.of(connection, ids);
        return bare.stream()
                .map(message -> with(
                        message,
                        attachments.getOrDefault(message.id(), List.of()),
                        mentions.getOrDefault(message.id(), Mentions.NONE)))
                .toList();
    }

    static void add(Connection connection, ChatMessage message) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO chat_conversation_message (
                    user_id, username, user_avatar, message_type, content, reply_to_id, thread_id, created_at,
                    edited_at, deleted_at, client_id, forwarded_from_id, forwarded_from_name, id, conversation_id,
                    sequence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                message.author(),
                message.authorName(),
                message.authorAvatar(),
                message.kind(),
                message.content(),
                message.replyTo(),
                message.thread(),
                message.createdAt(),
                message.editedAt(),
                message.deletedAt(),
                message.clientId(),
                message.forwardedFrom().map(ForwardedFrom::message),
                message.forwardedFrom().map(ForwardedFrom::authorName),
                message.id(),
                message.conversation(),
                message.sequence());
        AttachmentRows.add(connection, message);
        MentionRows.add(connection, message);
    }

    static void update(Connection connection, ChatMessage message) throws SQLException {
        int updated = Sql.update(
                connection,
                """
                UPDATE chat_conversation_message
                SET user_id = ?, username = ?, user_avatar = ?, message_type = ?, content = ?, reply_to_id = ?,
                    thread_id = ?, created_at = ?, edited_at = ?, deleted_at = ?, client_id = ?,
                    forwarded_from_id = ?, forwarded_from_name = ?
                WHERE id = ? AND conversation_id = ? AND sequence = ?""",
                message.author(),
                message.authorName(),
                message.authorAvatar(),
                message.kind(),
                message.content(),
                message.replyTo(),
                message.thread(),
                message.createdAt(),
                message.editedAt(),
                message.deletedAt(),
                message.clientId(),
                message.forwardedFrom().map(ForwardedFrom::message),
                message.forwardedFrom().map(ForwardedFrom::authorName),
                message.id(),
                message.conversation(),
                message.sequence());
        if (updated == 0) {
            throw new SQLException("there is no message " + message.id());
        }
        AttachmentRows.replace(connection, message);
        MentionRows.replace(connection, message);
    }

    /** Reads a message without what is attached to it and whom it mentions. */
    private static ChatMessage of(ResultSet row) throws SQLException {
        return new ChatMessage(
                new ChatMessageId(row.getLong("id")),
                new ConversationId(row.getLong("conversation_id")),
                row.getLong("sequence"),
                Columns.user(row, "user_id"),
                row.getString("username"),
                Columns.maybeText(row, "user_avatar"),
                Columns.choice(row, "message_type", MessageKind.class),
                row.getString("content"),
                List.of(),
                Columns.maybeNumber(row, "reply_to_id").map(ChatMessageId::new),
                Columns.maybeNumber(row, "thread_id").map(ChatMessageId::new),
                Columns.time(row, "created_at"),
                Columns.maybeTime(row, "edited_at"),
                Columns.maybeTime(row, "deleted_at"),
                Columns.maybeText(row, "client_id"),
                Mentions.NONE,
                forwardedFrom(row));
    }

    private static Optional<ForwardedFrom> forwardedFrom(ResultSet row) throws SQLException {
        String author = row.getString("forwarded_from_name");
        return Columns.maybeNumber(row, "forwarded_from_id")
                .map(id -> new ForwardedFrom(new ChatMessageId(id), author));
    }

    private static ChatMessage with(ChatMessage bare, List<Attachment> attachments, Mentions mentions) {
        return new ChatMessage(
                bare.id(),
                bare.conversation(),
                bare.sequence(),
                bare.author(),
                bare.authorName(),
                bare.authorAvatar(),
                bare.kind(),
                bare.content(),
                attachments,
                bare.replyTo(),
                bare.thread(),
                bare.createdAt(),
                bare.editedAt(),
                bare.deletedAt(),
                bare.clientId(),
                mentions,
                bare.forwardedFrom());
    }
}
