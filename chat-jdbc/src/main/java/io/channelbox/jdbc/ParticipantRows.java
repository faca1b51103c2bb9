package io.channelbox.jdbc;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Role;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of participants. Their conversation counts them, so that nobody else has to. */
final class ParticipantRows {

    static final String COLUMNS = """
            p.id AS participant_id, p.user_id AS participant_user_id, p.conversation_id, p.username, p.user_avatar,
            p.role, p.is_muted, p.joined_at, p.last_read_at, p.last_read_sequence, p.muted_until""";

    private static final String SELECT =
            "SELECT " + COLUMNS + " FROM chat_conversation_participant AS p WHERE p.conversation_id = ? AND ";

    private ParticipantRows() {}

    static Optional<Participant> find(Connection connection, ConversationId conversation, UserId user)
            throws SQLException {
        return Sql.first(connection, SELECT + "p.user_id = ?", ParticipantRows::of, conversation, user);
    }

    static List<Participant> page(Connection connection, ConversationId conversation, long afterNumber, int limit)
            throws SQLException {
        return Sql.all(
                connection,
                SELECT + "p.id > ? ORDER BY p.id LIMIT ?",
                ParticipantRows::of,
                conversation,
                afterNumber,
                limit);
    }

    static List<Participant> named(Connection connection, ConversationId conversation, String name, int limit)
            throws SQLException {
        return Sql.all(
                connection,
                SELECT + "p.username = ? ORDER BY p.id LIMIT ?",
                ParticipantRows::of,
                conversation,
                name,
                limit);
    }

    /** Answers false when they are in it. */
    static boolean add(Connection connection, Participant participant) throws SQLException {
        int added = Sql.update(
                connection,
                """
                INSERT INTO chat_conversation_participant (
                    id, username, user_avatar, role, is_muted, joined_at, last_read_at, last_read_sequence,
                    muted_until, user_id, conversation_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, conversation_id) DO NOTHING""",
                participant.number(),
                participant.name(),
                participant.avatar(),
                participant.role(),
                participant.muted(),
                participant.joinedAt(),
                participant.lastReadAt(),
                participant.lastReadSequence(),
                participant.mutedUntil(),
                participant.user(),
                participant.conversation());
        count(connection, participant.conversation(), added);
        return added > 0;
    }

    static void update(Connection connection, Participant participant) throws SQLException {
        int updated = Sql.update(
                connection,
                """
                UPDATE chat_conversation_participant
                SET username = ?, user_avatar = ?, role = ?, is_muted = ?, joined_at = ?, last_read_at = ?,
                    last_read_sequence = ?, muted_until = ?
                WHERE user_id = ? AND conversation_id = ?""",
                participant.name(),
                participant.avatar(),
                participant.role(),
                participant.muted(),
                participant.joinedAt(),
                participant.lastReadAt(),
                participant.lastReadSequence(),
                participant.mutedUntil(),
                participant.user(),
                participant.conversation());
        if (updated == 0) {
            throw new SQLException(participant.user() + " is not in conversation " + participant.conversation());
        }
    }

    static void remove(Connection connection, ConversationId conversation, UserId user) throws SQLException {
        int removed = Sql.update(
                connection,
                "DELETE FROM chat_conversation_participant WHERE user_id = ? AND conversation_id = ?",
                user,
                conversation);
        count(connection, conversation, -removed);
    }

    private static void count(Connection connection, ConversationId conversation, int more) throws SQLException {
        if (more != 0) {
            Sql.update(
                    connection,
                    "UPDATE chat_conversation SET participant_count = participant_count + ? WHERE id = ?",
                    more,
                    conversation);
        }
    }

    static Participant of(ResultSet row) throws SQLException {
        return new Participant(
                row.getLong("participant_id"),
                new ConversationId(row.getLong("conversation_id")),
                Columns.user(row, "participant_user_id"),
                row.getString("username"),
                Columns.maybeText(row, "user_avatar"),
                Columns.choice(row, "role", Role.class),
                row.getBoolean("is_muted"),
                Columns.time(row, "joined_at"),
                row.getLong("last_read_sequence"),
                Columns.maybeTime(row, "last_read_at"),
                Columns.maybeTime(row, "muted_until"));
    }
}
