package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.SearchQuery;
import io.channelbox.message.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Messages as lists of tokens in an FTS5 table, which finds the newest first and stops when it has enough. The newest that match are looked at first, wherever they were
 * said. When few of them are of the user's conversations, these become part of the question: that is dear to ask, and finds those among very many.
 */
final class SqliteSearch implements SearchIndex {

    private static final int ANYWHERE = 500;

    private static final String NEWEST_ANYWHERE = """
            SELECT newest.id, EXISTS (
                SELECT 1 FROM chat_conversation_message AS m JOIN chat_conversation_participant AS p
                    ON p.user_id = ? AND p.conversation_id = m.conversation_id
                WHERE m.id = newest.id) AS mine
            FROM (
                SELECT s.rowid AS id FROM chat_conversation_search AS s
                WHERE chat_conversation_search MATCH ? AND s.rowid < ?%s ORDER BY s.rowid DESC LIMIT ?) AS newest
            ORDER BY newest.id DESC""";

    private static final String NEWEST_THERE = """
            SELECT s.rowid AS id FROM chat_conversation_search AS s
            WHERE chat_conversation_search MATCH ? AND s.rowid < ?%s ORDER BY s.rowid DESC LIMIT ?""";

    private record Newest(ChatMessageId id, boolean mine) {}

    @Override
    public void put(Connection connection, List<Entry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT OR REPLACE INTO chat_conversation_search (rowid, tokens) VALUES (?, ?)")) {
            for (Entry entry : entries) {
                insert.setLong(1, entry.id().value());
                insert.setString(2, place(entry.conversation()) + " " + joined(entry.grams(), " "));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String place(ConversationId conversation) {
        return "c" + conversation;
    }

    private static String joined(Collection<Integer> grams, String between) {
        return grams.stream()
                .map(gram -> "g" + Integer.toUnsignedString(gram, Character.MAX_RADIX))
                .collect(Collectors.joining(between));
    }

    @Override
    public void remove(Connection connection, ChatMessageId id) throws SQLException {
        Sql.update(connection, "DELETE FROM chat_conversation_search WHERE rowid = ?", id);
    }

    @Override
    public List<ChatMessageId> propose(
            Connection connection, UserId user, SearchQuery query, Optional<ChatMessageId> before, int limit)
            throws SQLException {
        String terms = joined(query.grams(), " AND ");
        Filter filter = Filter.of(query, "s.rowid");
        long below = before.map(ChatMessageId::value).orElse(Long.MAX_VALUE);
        if (query.conversation().isPresent()) {
            return there(
                    connection, terms + " AND " + place(query.conversation().get()), below, filter, limit);
        }
        List<Newest> anywhere = Sql.all(
                connection,
                NEWEST_ANYWHERE.formatted(filter.condition()),
                row -> new Newest(new ChatMessageId(row.getLong("id")), row.getBoolean("mine")),
                user,
                terms,
                below,
                filter.arguments(),
                ANYWHERE);
        List<ChatMessageId> found = new ArrayList<>(anywhere.stream()
                .filter(Newest::mine)
                .map(Newest::id)
                .limit(limit)
                .toList());
        if (found.size() < limit && anywhere.size() == ANYWHERE) {
            String own = conversationsOf(connection, user);
            long rest = anywhere.get(ANYWHERE - 1).id().value();
            found.addAll(
                    own.isEmpty()
                            ? List.of()
                            : there(connection, terms + " AND (" + own + ")", rest, filter, limit - found.size()));
        }
        return found;
    }

    private static String conversationsOf(Connection connection, UserId user) throws SQLException {
        List<ConversationId> all = Sql.all(
                connection,
                "SELECT p.conversation_id FROM chat_conversation_participant AS p WHERE p.user_id = ?",
                row -> new ConversationId(row.getLong(1)),
                user);
        return all.stream().map(SqliteSearch::place).collect(Collectors.joining(" OR "));
    }

    private static List<ChatMessageId> there(Connection connection, String match, long below, Filter filter, int limit)
            throws SQLException {
        return Sql.all(
                connection,
                NEWEST_THERE.formatted(filter.condition()),
                row -> new ChatMessageId(row.getLong("id")),
                match,
                below,
                filter.arguments(),
                limit);
    }
}
