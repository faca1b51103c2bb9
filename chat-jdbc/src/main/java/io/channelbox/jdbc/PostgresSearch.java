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
import java.util.stream.LongStream;

/**
 * Messages as arrays in a GIN index, which finds all that match at once, in no order. So the newest ids are asked for first, and then more and more of the older ones:
 * each message says in which ranges of ids it is.
 */
final class PostgresSearch implements SearchIndex {

    /** The ranges of each size begin at multiples of it: of 4,096 ids, of eight times as many, and so on. */
    private static final int SMALLEST = 12;

    private static final int STEP = 3;
    private static final int SIZES = 6;

    // What comes is put in its place at once: a list of it would be read from one end to the other by each search, for
    // each conversation of the user.
    private static final String MAKE_INDEX = """
            CREATE INDEX chat_conversation_search_index ON chat_conversation_search USING gin (grams, places)
            WITH (fastupdate = off)""";

    // Nothing is to make another index than that of the grams look good.
    private static final String FIND = """
            SELECT s.message_id FROM chat_conversation_search AS s
            WHERE s.grams @> CAST(? AS INTEGER[])%s
                AND s.places && (
                    SELECT array_agg(p.conversation_id) FROM chat_conversation_participant AS p WHERE p.user_id = ?%s)
                AND s.message_id + 0 <= ?%s
            ORDER BY s.message_id + 0 DESC LIMIT ?""";

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

    private static List<Long> placesOf(Entry entry) {
        List<Long> places = new ArrayList<>();
        places.add(entry.conversation().value());
        for (int size = 0; size < SIZES; size++) {
            places.add(range(size, entry.id().value()));
        }
        return places;
    }

    /** Returns the number of the range of this size that an id is in. */
    private static long range(int size, long id) {
        return -1 - (id >> bits(size)) * SIZES - size;
    }

    private static int bits(int size) {
        return SMALLEST + STEP * size;
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
        List<ChatMessageId> found = new ArrayList<>();
        long high = before.isPresent() ? before.get().value() - 1 : newest(connection);
        for (int size = 0; high > 0 && found.size() < limit; size++) {
            long low = size < SIZES ? high >> bits(size) << bits(size) : 0;
            List<Long> ranges = size < SIZES ? ranges(Math.max(0, size - 1), low, high) : List.of();
            found.addAll(find(connection, user, query, ranges, high, limit - found.size()));
            high = low - 1;
        }
        return found;
    }

    private static List<Long> ranges(int size, long low, long high) {
        return LongStream.rangeClosed(low >> bits(size), high >> bits(size))
                .mapToObj(number -> range(size, number << bits(size)))
                .toList();
    }

    private static long newest(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT MAX(message_id) FROM chat_conversation_search", row -> row.getLong(1))
                .orElse(0L);
    }

    private static List<ChatMessageId> find(
            Connection connection, UserId user, SearchQuery query, List<Long> ranges, long high, int limit)
            throws SQLException {
        Optional<ConversationId> one = query.conversation();
        Filter filter = Filter.of(query, "s.message_id");
        return Sql.all(
                connection,
                FIND.formatted(
                        ranges.isEmpty() ? "" : " AND s.places && CAST(? AS BIGINT[])",
                        one.isPresent() ? " AND p.conversation_id = ?" : "",
                        filter.condition()),
                row -> new ChatMessageId(row.getLong(1)),
                array(query.grams()),
                ranges.isEmpty() ? List.of() : array(ranges),
                user,
                one.stream().toList(),
                high,
                filter.arguments(),
                limit);
    }
}
