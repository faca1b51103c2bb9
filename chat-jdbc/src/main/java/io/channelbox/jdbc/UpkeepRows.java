package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.DayActivity;
import io.channelbox.conversation.OwnReaction;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What jobs look for in the rows of conversations. */
final class UpkeepRows {

    private static final long NANOS_OF_A_DAY = 86_400_000_000_000L;

    /** Asked for one message after another: for an EXISTS, PostgreSQL would read the whole table into memory first. */
    static final String ANSWERED = """
            COALESCE(
                (SELECT a.id FROM chat_conversation_message AS a WHERE a.reply_to_id = m.id LIMIT 1),
                (SELECT t.id FROM chat_conversation_message AS t WHERE t.thread_id = m.id LIMIT 1)) IS NOT NULL""";

    private UpkeepRows() {}

    static List<Conversation> conversations(Connection connection, Optional<ConversationId> after, int limit)
            throws SQLException {
        return Sql.all(
                connection,
                "SELECT " + ConversationRows.COLUMNS
                        + " FROM chat_conversation AS c WHERE c.id > ? ORDER BY c.id LIMIT ?",
                ConversationRows::of,
                after.map(ConversationId::value).orElse(0L),
                limit);
    }

    static List<ChatMessage> oldest(Connection connection, ConversationId conversation, Instant before, int limit)
            throws SQLException {
        return ChatMessageRows.select(
                connection,
                "m.conversation_id = ? AND m.created_at < ? AND (m.deleted_at IS NULL OR NOT (" + ANSWERED
                        + ")) ORDER BY m.created_at, m.id LIMIT ?",
                conversation,
                Nanos.nearestTo(before),
                limit);
    }

    static List<ChatMessage> saidBy(Connection connection, UserId author, Optional<ChatMessageId> after, int limit)
            throws SQLException {
        return ChatMessageRows.select(
                connection,
                "m.user_id = ? AND m.id > ? ORDER BY m.id LIMIT ?",
                author,
                after.map(ChatMessageId::value).orElse(0L),
                limit);
    }

    static List<OwnReaction> reactionsBy(Connection connection, UserId user, Optional<OwnReaction> after, int limit)
            throws SQLException {
        return Sql.all(
                connection,
                """
                SELECT message_id, emoji FROM chat_conversation_reaction
                WHERE user_id = ? AND (message_id, emoji) > (?, ?) ORDER BY message_id, emoji LIMIT ?""",
                row -> new OwnReaction(new ChatMessageId(row.getLong("message_id")), row.getString("emoji")),
                user,
                after.map(each -> each.message().value()).orElse(0L),
                after.map(OwnReaction::emoji).orElse(""),
                limit);
    }

    static List<DayActivity> activity(
            Connection connection, Optional<ConversationId> conversation, Instant from, Instant until)
            throws SQLException {
        List<Object> arguments = new ArrayList<>(conversation.stream().toList());
        arguments.add(from);
        arguments.add(until);
        return Sql.all(
                connection,
                """
                SELECT m.created_at / %d AS day, COUNT(*) AS messages, COUNT(DISTINCT m.user_id) AS authors
                FROM chat_conversation_message AS m WHERE %sm.created_at >= ? AND m.created_at < ?
                GROUP BY m.created_at / %d ORDER BY 1""".formatted(
                        NANOS_OF_A_DAY, conversation.isPresent() ? "m.conversation_id = ? AND " : "", NANOS_OF_A_DAY),
                UpkeepRows::day,
                arguments);
    }

    private static DayActivity day(ResultSet row) throws SQLException {
        return new DayActivity(
                LocalDate.ofEpochDay(row.getLong("day")), row.getLong("messages"), row.getLong("authors"));
    }

    static long authorsBetween(Connection connection, Instant from, Instant until) throws SQLException {
        return Sql.first(connection, """
                        SELECT COUNT(DISTINCT m.user_id) AS authors FROM chat_conversation_message AS m
                        WHERE m.created_at >= ? AND m.created_at < ?""", row -> row.getLong("authors"), from, until)
                .orElse(0L);
    }
}
