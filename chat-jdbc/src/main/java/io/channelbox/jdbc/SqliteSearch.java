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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Messages as lists of tokens in an FTS5 table, which finds the newest first and stops when it has enough. The user's conversations are part of the question, each a
 * token. Where these are many that is dear, so the newest that match are looked at first, wherever they were said: often enough of them are the user's.
 */
final class SqliteSearch implements SearchIndex {

    private static final int FEW = 50;
    private static final int ANYWHERE = 1_000;
    private static final int SAMPLE = 32;

    // How far apart the newest messages with it are. When these are all, one cannot be rarer.
    private static final String SHARES = """
            SELECT asked.value AS gram, (
                SELECT CASE WHEN COUNT(*) < ? THEN 0.0 ELSE COUNT(*) / (MAX(newest.id) - MIN(newest.id) + 1.0) END
                FROM (
                    SELECT s.rowid AS id FROM chat_conversation_search AS s
                    WHERE chat_conversation_search MATCH 'g' || asked.value ORDER BY s.rowid DESC LIMIT ?) AS newest) AS share
            FROM json_each(?) AS asked""";

    // Stops when it has enough.
    private static final String NEWEST_ANYWHERE = """
            SELECT newest.id FROM (
                SELECT s.rowid AS id FROM chat_conversation_search AS s
                WHERE chat_conversation_search MATCH ? AND s.rowid < ?%s ORDER BY s.rowid DESC LIMIT ?) AS newest
            WHERE EXISTS (
                SELECT 1 FROM chat_conversation_message AS m JOIN chat_conversation_participant AS p
                    ON p.user_id = ? AND p.conversation_id = m.conversation_id
                WHERE m.id = newest.id)
            ORDER BY newest.id DESC LIMIT ?""";

    private static final String LAST_ANYWHERE = """
            SELECT s.rowid AS id FROM chat_conversation_search AS s
            WHERE chat_conversation_search MATCH ? AND s.rowid < ?%s ORDER BY s.rowid DESC LIMIT 1 OFFSET ?""";

    private static final String NEWEST_THERE = """
            SELECT s.rowid AS id FROM chat_conversation_search AS s
            WHERE chat_conversation_search MATCH ? AND s.rowid < ?%s ORDER BY s.rowid DESC LIMIT ?""";

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

    @Override
    public void finish(Connection connection) throws SQLException {
        Sql.update(connection, "INSERT INTO chat_conversation_search (chat_conversation_search) VALUES ('optimize')");
    }

    private static String place(ConversationId conversation) {
        return "c" + conversation;
    }

    private static String joined(Collection<Integer> grams, String between) {
        return grams.stream().map(gram -> "g" + number(gram)).collect(Collectors.joining(between));
    }

    private static String number(int gram) {
        return Integer.toUnsignedString(gram, Character.MAX_RADIX);
    }

    @Override
    public void remove(Connection connection, ChatMessageId id) throws SQLException {
        Sql.update(connection, "DELETE FROM chat_conversation_search WHERE rowid = ?", id);
    }

    @Override
    public List<ChatMessageId> propose(
            Connection connection, UserId user, SearchQuery query, Optional<ChatMessageId> before, int limit)
            throws SQLException {
        List<String> places = placesOf(connection, user, query);
        if (places.isEmpty()) {
            return List.of();
        }
        String terms = joined(termsOf(connection, query), " AND ");
        String there = terms + " AND (" + String.join(" OR ", places) + ")";
        long below = before.map(ChatMessageId::value).orElse(Long.MAX_VALUE);
        Filter filter = Filter.of(query, "s.rowid");
        if (places.size() <= FEW) {
            return there(connection, there, below, filter, limit);
        }
        List<ChatMessageId> found = new ArrayList<>(anywhere(connection, user, terms, below, filter, limit));
        if (found.size() < limit) {
            Optional<Long> last = lastAnywhere(connection, terms, below, filter);
            if (last.isPresent()) {
                found.addAll(there(connection, there, last.get(), filter, limit - found.size()));
            }
        }
        return found;
    }

    /** One conversation is rarer than the words in it: which of these are rare need not be asked. */
    private static Set<Integer> termsOf(Connection connection, SearchQuery query) throws SQLException {
        return query.conversation().isPresent()
                ? query.grams()
                : SearchGrams.of(query.grams(), shares(connection, query.grams()))
                        .telling();
    }

    private static List<String> placesOf(Connection connection, UserId user, SearchQuery query) throws SQLException {
        if (query.conversation().isPresent()) {
            return List.of(place(query.conversation().get()));
        }
        return Sql.all(
                connection,
                "SELECT p.conversation_id FROM chat_conversation_participant AS p WHERE p.user_id = ?",
                row -> place(new ConversationId(row.getLong(1))),
                user);
    }

    private static Map<Integer, Double> shares(Connection connection, Set<Integer> grams) throws SQLException {
        var shares = new HashMap<Integer, Double>();
        Sql.all(
                connection,
                SHARES,
                row -> shares.put(
                        Integer.parseUnsignedInt(row.getString("gram"), Character.MAX_RADIX), row.getDouble("share")),
                SAMPLE,
                SAMPLE,
                grams.stream().map(gram -> '"' + number(gram) + '"').collect(Collectors.joining(",", "[", "]")));
        return shares;
    }

    private static List<ChatMessageId> anywhere(
            Connection connection, UserId user, String terms, long below, Filter filter, int limit)
            throws SQLException {
        return Sql.all(
                connection,
                NEWEST_ANYWHERE.formatted(filter.condition()),
                row -> new ChatMessageId(row.getLong("id")),
                terms,
                below,
                filter.arguments(),
                ANYWHERE,
                user,
                limit);
    }

    /** Returns the oldest of those, if there may be older ones. */
    private static Optional<Long> lastAnywhere(Connection connection, String terms, long below, Filter filter)
            throws SQLException {
        return Sql.first(
                connection,
                LAST_ANYWHERE.formatted(filter.condition()),
                row -> row.getLong("id"),
                terms,
                below,
                filter.arguments(),
                ANYWHERE - 1);
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
