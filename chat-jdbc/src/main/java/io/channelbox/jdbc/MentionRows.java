package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Mentions;
import io.channelbox.conversation.UnreadCount;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows of whom messages mention. */
final class MentionRows {

    /** Is nobody's id. */
    private static final String EVERYONE = "";

    /** Counts, for a page of a list, the messages that are not read and mention who has the list. */
    static final String UNREAD = """
            SELECT COUNT(DISTINCT w.sequence) FROM chat_conversation_mention AS w
            WHERE w.conversation_id = page.id AND w.user_id IN (page.participant_user_id, '')
                AND w.sequence > page.last_read_sequence""";

    private static final String COUNT_BEHIND = """
            SELECT COUNT(*) AS messages, COUNT((
                SELECT MIN(w.message_id) FROM chat_conversation_mention AS w
                WHERE w.message_id = m.id AND w.user_id IN (?, ''))) AS mentions
            FROM chat_conversation_message AS m
            WHERE m.conversation_id = ? AND m.sequence > ? AND m.user_id IN (%s) AND m.deleted_at IS NULL""";

    private MentionRows() {}

    /** Reads whom these messages mention; nothing of those that mention nobody. */
    static Map<ChatMessageId, Mentions> of(Connection connection, Collection<ChatMessageId> messages)
            throws SQLException {
        if (messages.isEmpty()) {
            return Map.of();
        }
        List<ChatMessageId> padded = Sql.padded(messages);
        String query = "SELECT message_id, user_id FROM chat_conversation_mention WHERE message_id IN ("
                + Streams.marks(padded.size()) + ")";
        Map<ChatMessageId, List<String>> users = new HashMap<>();
        Sql.all(
                connection,
                query,
                row -> users.computeIfAbsent(new ChatMessageId(row.getLong("message_id")), any -> new ArrayList<>())
                        .add(row.getString("user_id")),
                padded);
        return users.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> of(each.getValue())));
    }

    private static Mentions of(List<String> users) {
        return new Mentions(
                users.stream()
                        .filter(user -> !user.equals(EVERYONE))
                        .map(UserId::new)
                        .collect(Collectors.toSet()),
                users.contains(EVERYONE));
    }

    /** Counts what some people have said behind this number. */
    static UnreadCount countBehind(
            Connection connection,
            ConversationId conversation,
            long sequence,
            Collection<UserId> authors,
            UserId reader)
            throws SQLException {
        if (authors.isEmpty()) {
            return new UnreadCount(0, 0);
        }
        List<UserId> padded = Sql.padded(authors);
        return Sql.first(
                        connection,
                        COUNT_BEHIND.formatted(Streams.marks(padded.size())),
                        row -> new UnreadCount(row.getLong("messages"), row.getLong("mentions")),
                        reader,
                        conversation,
                        sequence,
                        padded)
                .orElseThrow();
    }

    static void replace(Connection connection, ChatMessage message) throws SQLException {
        Sql.update(connection, "DELETE FROM chat_conversation_mention WHERE message_id = ?", message.id());
        add(connection, message);
    }

    static void add(Connection connection, ChatMessage message) throws SQLException {
        for (UserId user : message.mentions().users()) {
            add(connection, message, user.value());
        }
        if (message.mentions().everyone()) {
            add(connection, message, EVERYONE);
        }
    }

    private static void add(Connection connection, ChatMessage message, String user) throws SQLException {
        Sql.update(connection, """
                INSERT INTO chat_conversation_mention (message_id, user_id, conversation_id, sequence)
                VALUES (?, ?, ?, ?)""", message.id(), user, message.conversation(), message.sequence());
    }
}
