package io.channelbox.jdbc;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.Listed;
import io.channelbox.conversation.MemberSettings;
import io.channelbox.conversation.Recipient;
import io.channelbox.conversation.SettingsWriter;
import io.channelbox.message.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people have set for themselves about conversations. */
record JdbcSettings(Statements statements) implements SettingsWriter {

    static final String COLUMNS = "s.quiet_until, s.archived_sequence";

    /** Of a conversation {@code c} and its settings {@code s}, at a moment. */
    static final String IS_ARCHIVED = """
            CASE WHEN s.archived_sequence >= c.last_sequence
                OR (s.archived_sequence IS NOT NULL AND s.quiet_until > ?) THEN 1 ELSE 0 END""";

    /** Finds the settings {@code s} of a participant {@code p}, who may have none. */
    static final String OF_PARTICIPANT = """
            LEFT JOIN chat_conversation_setting AS s
                ON s.user_id = p.user_id AND s.conversation_id = p.conversation_id""";

    private static final String RECIPIENTS = """
            SELECT %s, %s FROM chat_conversation_participant AS p %s
            WHERE p.conversation_id = ? AND p.id > ? AND p.user_id <> ? AND NOT EXISTS (
                SELECT 1 FROM chat_block AS b WHERE b.user_id = p.user_id AND b.blocked_id = ?)
            ORDER BY p.id LIMIT ?""".formatted(ParticipantRows.COLUMNS, COLUMNS, OF_PARTICIPANT);

    static MemberSettings of(ResultSet row) throws SQLException {
        return new MemberSettings(Columns.maybeTime(row, "quiet_until"), Columns.maybeNumber(row, "archived_sequence"));
    }

    @Override
    public MemberSettings of(ConversationId conversation, UserId user) {
        return statements.in(open -> Sql.first(
                        open,
                        "SELECT " + COLUMNS + " FROM chat_conversation_setting AS s"
                                + " WHERE s.user_id = ? AND s.conversation_id = ?",
                        JdbcSettings::of,
                        user,
                        conversation)
                .orElse(MemberSettings.DEFAULT));
    }

    @Override
    public List<ConversationSummary> list(
            UserId user, Listed which, Instant now, Optional<ListPosition> after, int limit) {
        return statements.in(open -> SummaryRows.page(open, user, which, now, after, limit));
    }

    @Override
    public List<Recipient> recipients(ConversationId conversation, UserId author, long afterNumber, int limit) {
        return statements.in(open -> Sql.all(
                open,
                RECIPIENTS,
                row -> new Recipient(ParticipantRows.of(row), of(row)),
                conversation,
                afterNumber,
                author,
                author,
                limit));
    }

    @Override
    public void put(ConversationId conversation, UserId user, MemberSettings settings) {
        statements.in(
                open -> Sql.update(open, """
                INSERT INTO chat_conversation_setting (user_id, conversation_id, quiet_until, archived_sequence)
                VALUES (?, ?, ?, ?) ON CONFLICT (user_id, conversation_id)
                DO UPDATE SET quiet_until = excluded.quiet_until, archived_sequence = excluded.archived_sequence""", user, conversation, settings.mutedUntil(), settings.archivedAfter()));
    }
}
