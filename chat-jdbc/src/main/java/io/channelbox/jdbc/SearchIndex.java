package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.SearchQuery;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The index of what messages can be found by, in one sort of database. */
interface SearchIndex {

    /** One message, and what it can be found by. */
    record Entry(ChatMessageId id, ConversationId conversation, Collection<Integer> grams) {}

    /** Puts messages there, in the place of what was there of them. */
    void put(Connection connection, List<Entry> entries) throws SQLException;

    /** Makes searches fast, when all messages from before are there. */
    void finish(Connection connection) throws SQLException;

    /** Lets a message be found no more. */
    void remove(Connection connection, ChatMessageId id) throws SQLException;

    /** Proposes messages of conversations that a user is in, see {@link io.channelbox.conversation.MessageSearch}. */
    List<ChatMessageId> propose(
            Connection connection, UserId user, SearchQuery query, Optional<ChatMessageId> before, int limit)
            throws SQLException;

    /** A condition on the rows of messages, or none. */
    record Filter(String condition, List<Object> arguments) {

        /** Returns what is asked of messages beside their text, where this is the name of their id. */
        static Filter of(SearchQuery query, String id) {
            var conditions = new StringBuilder();
            var arguments = new ArrayList<Object>();
            query.author().ifPresent(author -> {
                conditions.append(" AND m.user_id = ?");
                arguments.add(author);
            });
            query.from().ifPresent(first -> {
                conditions.append(" AND m.created_at >= ?");
                arguments.add(Nanos.nearestTo(first));
            });
            query.until().ifPresent(end -> {
                conditions.append(" AND m.created_at < ?");
                arguments.add(Nanos.nearestTo(end));
            });
            return arguments.isEmpty()
                    ? new Filter("", List.of())
                    : new Filter(
                            " AND EXISTS (SELECT 1 FROM chat_conversation_message AS m WHERE m.id = " + id + conditions
                                    + ")",
                            arguments);
        }
    }
}
