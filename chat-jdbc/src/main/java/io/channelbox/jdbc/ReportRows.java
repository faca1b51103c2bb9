package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Report;
import io.channelbox.conversation.ReportState;
import io.channelbox.conversation.Role;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows of reports. */
final class ReportRows {

    private static final String SELECT = """
            SELECT r.id, r.conversation_id, r.message_id, r.author_id, r.author_role, r.content, r.user_id, r.reason,
                r.report_text, r.created_at, r.state, r.settled_by, r.settled_at
            FROM chat_conversation_report AS r WHERE\s""";

    private ReportRows() {}

    static Optional<Report> find(Connection connection, long number) throws SQLException {
        return Sql.first(connection, SELECT + "r.id = ?", ReportRows::of, number);
    }

    static Optional<Report> find(Connection connection, ChatMessageId message, UserId by) throws SQLException {
        return Sql.first(connection, SELECT + "r.message_id = ? AND r.user_id = ?", ReportRows::of, message, by);
    }

    static List<Report> by(Connection connection, UserId user, long after, int limit) throws SQLException {
        return Sql.all(
                connection,
                SELECT + "r.user_id = ? AND r.id > ? ORDER BY r.id LIMIT ?",
                ReportRows::of,
                user,
                after,
                limit);
    }

    static boolean isReported(Connection connection, ChatMessageId message) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT 1 FROM chat_conversation_report WHERE message_id = ? LIMIT 1",
                        row -> true,
                        message)
                .isPresent();
    }

    static List<Report> open(Connection connection, long before, int limit) throws SQLException {
        return Sql.all(
                connection,
                SELECT + "r.state = 'open' AND r.id < ? ORDER BY r.id DESC LIMIT ?",
                ReportRows::of,
                before,
                limit);
    }

    static List<Report> open(
            Connection connection, ConversationId conversation, Optional<Role> above, long before, int limit)
            throws SQLException {
        List<Role> below = Stream.of(Role.values())
                .filter(role -> above.isEmpty() || above.get().isAbove(role))
                .toList();
        if (below.isEmpty()) {
            return List.of();
        }
        String query = SELECT + "r.conversation_id = ? AND r.author_role IN (" + Streams.marks(below.size())
                + ") AND r.state = 'open' AND r.id < ? ORDER BY r.id DESC LIMIT ?";
        return Sql.all(connection, query, ReportRows::of, conversation, below, before, limit);
    }

    static void add(Connection connection, Report report) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO chat_conversation_report (
                    id, conversation_id, message_id, author_id, author_role, content, user_id, reason, report_text,
                    created_at, state, settled_by, settled_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                report.number(),
                report.conversation(),
                report.message(),
                report.author(),
                report.authorRole(),
                report.content(),
                report.by(),
                report.reason(),
                report.text(),
                report.at(),
                report.state(),
                report.settledBy(),
                report.settledAt());
    }

    /** What was reported, and by whom, stays. */
    static void update(Connection connection, Report report) throws SQLException {
        int updated = Sql.update(
                connection,
                "UPDATE chat_conversation_report SET state = ?, settled_by = ?, settled_at = ? WHERE id = ?",
                report.state(),
                report.settledBy(),
                report.settledAt(),
                report.number());
        if (updated == 0) {
            throw new SQLException("there is no report " + report.number());
        }
    }

    private static Report of(ResultSet row) throws SQLException {
        return new Report(
                row.getLong("id"),
                new ConversationId(row.getLong("conversation_id")),
                new ChatMessageId(row.getLong("message_id")),
                Columns.user(row, "author_id"),
                Columns.choice(row, "author_role", Role.class),
                row.getString("content"),
                Columns.user(row, "user_id"),
                row.getString("reason"),
                row.getString("report_text"),
                Columns.time(row, "created_at"),
                Columns.choice(row, "state", ReportState.class),
                Columns.maybeText(row, "settled_by").map(UserId::new),
                Columns.maybeTime(row, "settled_at"));
    }
}
