package io.channelbox.jdbc;

import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationKind;
import io.channelbox.conversation.DirectPair;
import io.channelbox.conversation.SpeechLimits;
import io.channelbox.conversation.Visibility;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of conversations. */
final class ConversationRows {

    static final String COLUMNS = """
            c.id, c.conversation_type, c.user_id, c.name, c.description, c.avatar_url, c.visibility, c.category,
            c.is_active, c.created_at, c.updated_at, c.last_message_at, c.last_sequence,
            c.is_frozen, c.slow_mode""";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM chat_conversation AS c WHERE ";

    private static final String PUBLIC = SELECT + """
            c.visibility = 'public' AND c.is_active AND c.id < ?%s
            AND NOT EXISTS (
                SELECT 1 FROM chat_conversation_ban AS b
                WHERE b.conversation_id = c.id AND b.user_id = ? AND COALESCE(b.banned_until > ?, TRUE))
            ORDER BY c.id DESC LIMIT ?""";

    private ConversationRows() {}

    static Optional<Conversation> find(Connection connection, ConversationId id) throws SQLException {
        return Sql.first(connection, SELECT + "c.id = ?", ConversationRows::of, id);
    }

    /** Reads a conversation, and keeps other writers away from it. */
    static Optional<Conversation> lock(Connection connection, Dialect dialect, ConversationId id) throws SQLException {
        return Sql.first(connection, SELECT + "c.id = ? " + dialect.lockingRows(), ConversationRows::of, id);
    }

    static Optional<Conversation> direct(Connection connection, DirectPair pair) throws SQLException {
        return Sql.first(
                connection,
                SELECT + "c.direct_first = ? AND c.direct_second = ?",
                ConversationRows::of,
                pair.first(),
                pair.second());
    }

    static List<Conversation> publicGroups(
            Connection connection,
            UserId seenBy,
            Instant now,
            Optional<String> category,
            Optional<ConversationId> before,
            int limit)
            throws SQLException {
        return Sql.all(
                connection,
                PUBLIC.formatted(category.isPresent() ? " AND c.category = ?" : ""),
                ConversationRows::of,
                before.map(ConversationId::value).orElse(Long.MAX_VALUE),
                category.stream().toList(),
                seenBy,
                Nanos.nearestTo(now),
                limit);
    }

    static List<Conversation> openTo(Connection connection, UserId user, Optional<ConversationId> before, int limit)
            throws SQLException {
        return Sql.all(
                connection,
                "SELECT " + COLUMNS + """
                         FROM chat_conversation_allowed AS a JOIN chat_conversation AS c ON c.id = a.conversation_id
                        WHERE a.user_id = ? AND a.conversation_id < ? AND c.is_active
                        ORDER BY a.conversation_id DESC LIMIT ?""",
                ConversationRows::of,
                user,
                before.map(ConversationId::value).orElse(Long.MAX_VALUE),
                limit);
    }

    static int participantCount(Connection connection, ConversationId id) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT participant_count FROM chat_conversation WHERE id = ?",
                        row -> row.getInt(1),
                        id)
                .orElse(0);
    }

    /** Answers false when the pair has one; that of another writer is waited for. */
    static boolean add(Connection connection, Conversation made, Optional<DirectPair> pair) throws SQLException {
        int added = Sql.update(
                connection,
                """
                INSERT INTO chat_conversation (
                    conversation_type, user_id, name, description, avatar_url, visibility, category, is_active,
                    created_at, updated_at, last_message_at, last_sequence, direct_first, direct_second,
                    is_frozen, slow_mode, id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (direct_first, direct_second) DO NOTHING""",
                made.kind(),
                made.creator(),
                made.name(),
                made.description(),
                made.avatar(),
                made.visibility(),
                made.category(),
                made.active(),
                made.createdAt(),
                made.updatedAt(),
                made.lastMessageAt(),
                made.lastSequence(),
                pair.map(DirectPair::first),
                pair.map(DirectPair::second),
                made.limits().frozen(),
                Nanos.of(made.limits().slowMode()),
                made.id());
        return added > 0;
    }

    static void update(Connection connection, Conversation changed) throws SQLException {
        int updated = Sql.update(
                connection,
                """
                UPDATE chat_conversation
                SET conversation_type = ?, user_id = ?, name = ?, description = ?, avatar_url = ?, visibility = ?,
                    category = ?, is_active = ?, created_at = ?, updated_at = ?, last_message_at = ?, last_sequence = ?,
                    is_frozen = ?, slow_mode = ?
                WHERE id = ?""",
                changed.kind(),
                changed.creator(),
                changed.name(),
                changed.description(),
                changed.avatar(),
                changed.visibility(),
                changed.category(),
                changed.active(),
                changed.createdAt(),
                changed.updatedAt(),
                changed.lastMessageAt(),
                changed.lastSequence(),
                changed.limits().frozen(),
                Nanos.of(changed.limits().slowMode()),
                changed.id());
        if (updated == 0) {
            throw new SQLException("there is no conversation " + changed.id());
        }
    }

    static Conversation of(ResultSet row) throws SQLException {
        return new Conversation(
                new ConversationId(row.getLong("id")),
                Columns.choice(row, "conversation_type", ConversationKind.class),
                Columns.user(row, "user_id"),
                Columns.maybeText(row, "name"),
                Columns.maybeText(row, "description"),
                Columns.maybeText(row, "avatar_url"),
                Columns.choice(row, "visibility", Visibility.class),
                Columns.maybeText(row, "category"),
                row.getBoolean("is_active"),
                Columns.time(row, "created_at"),
                Columns.time(row, "updated_at"),
                Columns.time(row, "last_message_at"),
                row.getLong("last_sequence"),
                new SpeechLimits(row.getBoolean("is_frozen"), Duration.ofNanos(row.getLong("slow_mode"))));
    }
}
