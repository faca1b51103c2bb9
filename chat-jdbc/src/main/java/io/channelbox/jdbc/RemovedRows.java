package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What jobs take away for good. */
final class RemovedRows {

    /** What belongs to a message. Its place in the index of searches goes with its row. */
    private static final List<String> OF_A_MESSAGE = List.of(
            "DELETE FROM chat_conversation_reaction WHERE message_id = ?",
            "DELETE FROM chat_conversation_attachment WHERE message_id = ?",
            "DELETE FROM chat_conversation_mention WHERE message_id = ?",
            "DELETE FROM chat_conversation_pin WHERE message_id = ?",
            "DELETE FROM chat_conversation_report WHERE message_id = ?",
            "DELETE FROM chat_conversation_message WHERE id = ?");

    /** What there is no reason to keep of somebody. */
    private static final List<String> OF_A_USER = List.of(
            "DELETE FROM chat_block WHERE user_id = ?",
            "DELETE FROM chat_block WHERE blocked_id = ?",
            "DELETE FROM chat_conversation_mention WHERE user_id = ?",
            "DELETE FROM chat_conversation_allowed WHERE user_id = ?",
            "DELETE FROM chat_conversation_ban WHERE user_id = ?",
            "DELETE FROM chat_conversation_mute WHERE user_id = ?",
            "DELETE FROM chat_conversation_last_said WHERE user_id = ?",
            "DELETE FROM chat_seen WHERE user_id = ?",
            "UPDATE chat_conversation_audit SET reason = '' WHERE user_id = ?",
            "UPDATE chat_conversation_report SET content = '' WHERE author_id = ?",
            "UPDATE chat_conversation_report SET report_text = '' WHERE user_id = ?");

    /** Where else somebody is named. */
    private static final List<String> NAMES = List.of(
            "chat_conversation user_id",
            "chat_conversation direct_first",
            "chat_conversation direct_second",
            "chat_conversation_pin user_id",
            "chat_conversation_invitation user_id",
            "chat_conversation_allowed allowed_by",
            "chat_conversation_ban banned_by",
            "chat_conversation_report author_id",
            "chat_conversation_report user_id",
            "chat_conversation_report settled_by",
            "chat_conversation_audit actor_id",
            "chat_conversation_audit user_id");

    private RemovedRows() {}

    /** Answers false when others answer it. */
    static boolean remove(Connection connection, ChatMessageId message) throws SQLException {
        boolean answered = Sql.first(
                        connection,
                        "SELECT " + UpkeepRows.ANSWERED
                                + " AS answered FROM chat_conversation_message AS m WHERE m.id = ?",
                        row -> row.getBoolean("answered"),
                        message)
                .orElse(false);
        if (answered) {
            return false;
        }
        for (String statement : OF_A_MESSAGE) {
            Sql.update(connection, statement, message);
        }
        return true;
    }

    static void readByAll(Connection connection, ConversationId conversation, long upTo) throws SQLException {
        Sql.update(connection, """
                UPDATE chat_conversation_participant SET last_read_sequence = ?
                WHERE conversation_id = ? AND last_read_sequence < ?""", upTo, conversation, upTo);
    }

    static void forgetAuthorOf(Connection connection, ChatMessageId original) throws SQLException {
        Sql.update(
                connection,
                "UPDATE chat_conversation_message SET forwarded_from_name = '' WHERE forwarded_from_id = ?",
                original);
    }

    static void forget(Connection connection, UserId user, UserId nobody) throws SQLException {
        for (String statement : OF_A_USER) {
            Sql.update(connection, statement, user);
        }
        for (String name : NAMES) {
            String table = name.substring(0, name.indexOf(' '));
            String column = name.substring(table.length() + 1);
            Sql.update(
                    connection, "UPDATE " + table + " SET " + column + " = ? WHERE " + column + " = ?", nobody, user);
        }
    }
}
