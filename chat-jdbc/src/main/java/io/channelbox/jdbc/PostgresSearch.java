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
import java.util.stream.Collectors;

/**
 * Messages as arrays in a GIN index, which finds all that match at once, in no order. So the newest ids are asked for first, as many as are few that match, and then more
 * and more of the older ones. To ask the index for many conversations is dear: where few match, all of those are looked at, wherever they were said.
 */
final class PostgresSearch implements SearchIndex {

    private static final int FEW_CONVERSATIONS = 50;
    private static final int FEW_MATCHES = 8_192;
    private static final int NEWEST = 200;

    // What comes is put in its place at once: a list of it would be read from one end to the other by each search, for
    // each conversation of the user.
    private static final String MAKE_INDEX = """
            CREATE INDEX chat_conversation_search_index ON chat_conversation_search USING gin (grams, places)
            WITH (fastupdate = off)""";

    // What ANALYZE has found in a sample. Those that it names no share of have less than all that it does.
    private static final String SHARES = """
            WITH known AS MATERIALIZED (
                SELECT CAST(CAST(k.most_common_elems AS TEXT) AS INTEGER[]) AS grams, k.most_common_elem_freqs AS shares
                FROM pg_stats AS k
                WHERE k.schemaname = current_schema() AND k.tablename = 'chat_conversation_search'
                    AND k.attname = 'grams' AND k.most_common_elems IS NOT NULL)
            SELECT asked.gram, COALESCE(
                known.shares[array_position(known.grams, asked.gram)],
                known.shares[cardinality(known.grams) + 1]) AS share
            FROM known, unnest(CAST(? AS INTEGER[])) AS asked (gram)""";

    private static final String NEWEST_OF_ONE = """
            SELECT m.id, s.grams @> CAST(? AS INTEGER[])%s AS found
            FROM chat_conversation_message AS m JOIN chat_conversation_search AS s ON s.message_id = m.id
            WHERE m.conversation_id = ? AND m.id <= ? ORDER BY m.id DESC LIMIT ?""";

    // Nothing is to make another index than that of the grams look good.
    private static final String FIND = """
            WITH mine AS MATERIALIZED (
                SELECT p.conversation_id FROM chat_conversation_participant AS p WHERE p.user_id = ?%s)
            SELECT s.message_id FROM chat_conversation_search AS s
            WHERE s.grams @> CAST(? AS INTEGER[])%s AND %s AND s.message_id + 0 <= ?%s
            ORDER BY s.message_id + 0 DESC LIMIT ?""";

    private static final String SAID_ANYWHERE = "s.places[1] IN (SELECT mine.conversation_id FROM mine)";
    private static final String SAID_THERE = "s.places && (SELECT array_agg(mine.conversation_id) FROM mine)";

    private record Looked(ChatMessageId id, boolean found) {}

    @Override
    public void put(Connection connection, List<Entry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO chat_conversation_search (message_id, places, grams)
                VALUES (?, CAST(? AS BIGINT[]), CAST(? AS INTEGER[]))
                ON CONFLICT (message_id) DO UPDATE SET grams = EXCLUDED.grams""")) {
            for (Entry entry : entries) {
                insert.setLong(1, entry.id().value());
                insert.setString(2, array(placesOf(entry)));
                insert.setString(3, array(entry.grams()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public void finish(Connection connection) throws SQLException {
        Sql.update(connection, MAKE_INDEX);
    }

    /** The conversation is the first. */
    private static List<Long> placesOf(Entry entry) {
        List<Long> places = new ArrayList<>();
        places.add(entry.conversation().value());
        places.addAll(IdSpan.around(entry.id().value()));
        return places;
    }

    private static String array(Collection<? extends Number> numbers) {
        return numbers.stream().map(Number::toString).collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public void remove(Connection connection, ChatMessageId id) throws SQLException {
        Sql.update(connection, "DELETE FROM chat_conversation_search WHERE message_id = ?", id);
    }

    @Override
    public List<ChatMessageId> propose(
            Connection connection, UserId user, SearchQuery query, Optional<ChatMessageId> before, int limit)
            throws SQLException {
        long high = before.map(id -> id.value() - 1).orElse(Long.MAX_VALUE);
        if (query.conversation().isEmpty()) {
            return everywhere(connection, user, query, high, limit);
        }
        List<Looked> newest = newest(connection, query.conversation().get(), query, high);
        List<ChatMessageId> found = new ArrayList<>(newest.stream()
                .filter(Looked::found)
                .map(Looked::id)
                .limit(limit)
                .toList());
        if (found.size() < limit && newest.size() == NEWEST) {
            long rest = newest.get(NEWEST - 1).id().value() - 1;
            found.addAll(everywhere(connection, user, query, rest, limit - found.size()));
        }
        return found;
    }

    /** Looks at the newest messages of one conversation, which often is all that are there. */
    private static List<Looked> newest(Connection connection, ConversationId one, SearchQuery query, long high)
            throws SQLException {
        Filter filter = Filter.of(query, "s.message_id");
        return Sql.all(
                connection,
                NEWEST_OF_ONE.formatted(filter.condition()),
                row -> new Looked(new ChatMessageId(row.getLong("id")), row.getBoolean("found")),
                array(query.grams()),
                filter.arguments(),
                one,
                high,
                NEWEST);
    }

    private static List<ChatMessageId> everywhere(
            Connection connection, UserId user, SearchQuery query, long end, int limit) throws SQLException {
        List<ChatMessageId> found = new ArrayList<>();
        SearchGrams grams = SearchGrams.of(query.grams(), shares(connection, query));
        boolean isInMany = query.conversation().isEmpty() && isInMany(connection, user);
        double few = FEW_MATCHES / grams.share();
        int size = messages(connection) <= few ? IdSpan.ALL : IdSpan.sizeOf(few);
        String said = isInMany ? SAID_ANYWHERE : SAID_THERE;
        boolean leapt = false;
        long high = newest(connection, end);
        while (high > 0) {
            IdSpan span = IdSpan.upTo(high, size);
            found.addAll(find(connection, user, query, grams, span, said, limit - found.size()));
            high = found.size() < limit ? newest(connection, span.low() - 1) : 0;
            if (!leapt && high < span.low() - span.count()) {
                leapt = true; // where ids are missing, there was less to look at than it seemed
            } else {
                size++;
                said = SAID_THERE;
            }
        }
        return found;
    }

    /** Returns about how many messages there are. */
    private static double messages(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT c.reltuples FROM pg_class AS c WHERE c.oid = to_regclass('chat_conversation_search')",
                        row -> row.getDouble(1))
                .filter(counted -> counted >= 0) // before it is counted it is negative
                .orElse(Double.MAX_VALUE);
    }

    private static Map<Integer, Double> shares(Connection connection, SearchQuery query) throws SQLException {
        var shares = new HashMap<Integer, Double>();
        Sql.all(
                connection,
                SHARES,
                row -> shares.put(row.getInt("gram"), row.getDouble("share")),
                array(query.grams()));
        return shares;
    }

    private static boolean isInMany(Connection connection, UserId user) throws SQLException {
        return Sql.all(
                                connection,
                                "SELECT 1 FROM chat_conversation_participant AS p WHERE p.user_id = ? LIMIT ?",
                                row -> row.getInt(1),
                                user,
                                FEW_CONVERSATIONS + 1)
                        .size()
                > FEW_CONVERSATIONS;
    }

    /** Returns the largest id up to this one that there is, or else 0. */
    private static long newest(Connection connection, long high) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT MAX(message_id) FROM chat_conversation_search WHERE message_id <= ?",
                        row -> row.getLong(1),
                        high)
                .orElse(0L);
    }

    private static List<ChatMessageId> find(
            Connection connection,
            UserId user,
            SearchQuery query,
            SearchGrams grams,
            IdSpan span,
            String said,
            int limit)
            throws SQLException {
        Optional<ConversationId> one = query.conversation();
        Filter filter = Filter.of(query, "s.message_id");
        return Sql.all(
                connection,
                FIND.formatted(
                        one.isPresent() ? " AND p.conversation_id = ?" : "",
                        span.ranges().isEmpty() ? "" : " AND s.places && CAST(? AS BIGINT[])",
                        said,
                        filter.condition()),
                row -> new ChatMessageId(row.getLong(1)),
                user,
                one.stream().toList(),
                array(grams.telling()),
                span.ranges().isEmpty() ? List.of() : array(span.ranges()),
                span.high(),
                filter.arguments(),
                limit);
    }
}
