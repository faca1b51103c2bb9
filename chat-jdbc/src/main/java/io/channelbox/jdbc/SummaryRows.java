package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.Listed;
import io.channelbox.conversation.MemberSettings;
import io.channelbox.conversation.Participant;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversations as their participants have them in their lists: a page takes the same number of queries, however long it is. */
final class SummaryRows {

    private static final String DELETED_BEHIND = """
            SELECT COUNT(*) FROM chat_conversation_message AS m
            WHERE m.conversation_id = %s AND m.sequence > %s AND m.deleted_at IS NOT NULL""";

    private static final String PAGE = """
            SELECT page.*,
                (%s) AS deleted,
                (%s) AS mentions,
                (SELECT m.id FROM chat_conversation_message AS m
                 WHERE m.conversation_id = page.id AND m.deleted_at IS NULL ORDER BY m.id DESC LIMIT 1) AS newest_id
            FROM (
                SELECT %s, c.participant_count, %s, %s
                FROM chat_conversation_participant AS p JOIN chat_conversation AS c ON c.id = p.conversation_id
                %s
                WHERE p.user_id = ? AND %s IN (?, ?) AND (c.last_message_at, c.id) < (?, ?)
                ORDER BY c.last_message_at DESC, c.id DESC LIMIT ?) AS page
            ORDER BY page.last_message_at DESC, page.id DESC""".formatted(
                    DELETED_BEHIND.formatted("page.id", "page.last_read_sequence"),
                    MentionRows.UNREAD,
                    ConversationRows.COLUMNS,
                    ParticipantRows.COLUMNS,
                    JdbcSettings.COLUMNS,
                    JdbcSettings.OF_PARTICIPANT,
                    JdbcSettings.IS_ARCHIVED);

    private static final String COUNT_BEHIND = "SELECT c.last_sequence, (" + DELETED_BEHIND.formatted("c.id", "?")
            + ") AS deleted FROM chat_conversation AS c WHERE c.id = ?";

    /** A summary without its newest message, which is read together with those of the others. */
    private record Bare(
            Conversation conversation,
            Participant own,
            int people,
            long unread,
            long mentions,
            MemberSettings settings,
            Optional<ChatMessageId> newest) {

        static Bare of(ResultSet row) throws SQLException {
            Participant own = ParticipantRows.of(row);
            return new Bare(
                    ConversationRows.of(row),
                    own,
                    row.getInt("participant_count"),
                    countBehind(row, own.lastReadSequence()),
                    row.getLong("mentions"),
                    JdbcSettings.of(row),
                    Columns.maybeNumber(row, "newest_id").map(ChatMessageId::new));
        }

        ConversationSummary with(Map<ChatMessageId, ChatMessage> messages) {
            return new ConversationSummary(
                    conversation, own, people, unread, mentions, settings, newest.map(messages::get));
        }
    }

    private SummaryRows() {}

    static List<ConversationSummary> page(
            Connection connection, UserId user, Listed which, Instant now, Optional<ListPosition> after, int limit)
            throws SQLException {
        List<Bare> page = Sql.all(
                connection,
                PAGE,
                Bare::of,
                user,
                Nanos.nearestTo(now),
                which == Listed.ARCHIVED ? 1 : 0,
                which == Listed.CURRENT ? 0 : 1,
                after.map(position -> Nanos.nearestTo(position.lastMessageAt())).orElse(Long.MAX_VALUE),
                after.map(position -> position.id().value()).orElse(Long.MAX_VALUE),
                limit);
        List<ChatMessageId> newest =
                page.stream().map(Bare::newest).flatMap(Optional::stream).toList();
        Map<ChatMessageId, ChatMessage> messages = new HashMap<>();
        ChatMessageRows.all(connection, newest).forEach(message -> messages.put(message.id(), message));
        return page.stream().map(bare -> bare.with(messages)).toList();
    }

    /** Counts the messages behind this number that are not deleted: numbers have no holes, so only those that are have to be looked at. */
    static long countBehind(Connection connection, ConversationId conversation, long sequence) throws SQLException {
        return Sql.first(connection, COUNT_BEHIND, row -> countBehind(row, sequence), sequence, conversation)
                .orElse(0L);
    }

    private static long countBehind(ResultSet row, long sequence) throws SQLException {
        return Math.max(0, row.getLong("last_sequence") - sequence - row.getLong("deleted"));
    }
}
