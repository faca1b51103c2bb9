package io.channelbox.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.SearchQuery;
import io.channelbox.message.UserId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the databases search, in tables that are large enough for it to matter. */
class SearchPlansTest {

    private static final UserId FEW = new UserId("p3"); // is in few conversations

    private static final Pattern MATCH = Pattern.compile("SCAN s VIRTUAL TABLE INDEX \\d+:M\\d+");

    @TempDir
    Path folder;

    @Test
    void sqliteAsksItsIndexForTheNewestFirstAndScansNoTable() throws SQLException {
        DataSource database = filled(Sqlite.at(folder.resolve("chat.db")));

        Map<String, List<String>> plans = plans(database, "EXPLAIN QUERY PLAN ");

        assertEquals(4, searching(plans).size()); // the first asks how common the words are
        searching(plans).forEach(plan -> {
            assertTrue(plan.stream().anyMatch(SearchPlansTest::isMatch), plan::toString);
            assertTrue(plan.stream().noneMatch(line -> line.contains("TEMP B-TREE")), plan::toString);
        });
        plans.values()
                .forEach(plan -> assertTrue(
                        plan.stream()
                                .noneMatch(line -> line.startsWith("SCAN")
                                        && !isMatch(line)
                                        && !line.equals("SCAN newest")
                                        && !line.startsWith("SCAN asked VIRTUAL TABLE")),
                        plan::toString));
    }

    /** Tells whether the index is asked for tokens. */
    private static boolean isMatch(String line) {
        return MATCH.matcher(line).find();
    }

    @Test
    void postgresAsksItsIndexAndScansNoTableOfMessages() throws SQLException {
        DataSource database = filled(Postgres.newDatabase());
        StoresContract.execute(database, "ANALYZE");

        assertPostgresAsksItsIndex(4, plans(database, "EXPLAIN "));
    }

    @Test
    void postgresDoesSoWhenItKnowsNothingOfWhatIsInItsTables() throws SQLException {
        DataSource database = filled(Postgres.newDatabase());
        StoresContract.execute(database, "ALTER TABLE chat_conversation_search SET (autovacuum_enabled = off)");

        assertPostgresAsksItsIndex(2, plans(database, "EXPLAIN ")); // never for all ids at once
    }

    private static void assertPostgresAsksItsIndex(int ways, Map<String, List<String>> plans) {
        assertEquals(ways, searching(plans).size());
        searching(plans)
                .forEach(plan -> assertTrue(
                        plan.stream()
                                .anyMatch(line -> line.contains("Bitmap Index Scan on chat_conversation_search_index")),
                        plan::toString));
        plans.values()
                .forEach(plan -> assertTrue(
                        plan.stream()
                                .noneMatch(line -> line.contains("Seq Scan on chat_conversation_message")
                                        || line.contains("Seq Scan on chat_conversation_search")),
                        plan::toString));
    }

    @Test
    void postgresDoesNotLookFurtherBackAtOnceBecauseIdsAreMissing() throws SQLException {
        DataSource database = filled(Postgres.newDatabase());
        StoresContract.execute(database, "ANALYZE");
        StoresContract.execute(database, "SELECT setval('chat_message_id', 100000000)");
        try (JdbcStores stores = JdbcStores.create(database)) {
            Conversations.in(stores.conversations())
                    .build()
                    .send(ManyMessages.ANN, new ConversationId(4), MessageDraft.text("Noon?"));
        }

        var asked = new CountedSource(database);
        try (JdbcStores stores = JdbcStores.create(asked.source())) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            asked.taken();
            assertFound(20, conversations, ManyMessages.ANN, SearchQuery.of("sentence"));
        }

        List<String> searching =
                asked.taken().stream().filter(SearchPlansTest::isSearching).toList();
        assertEquals(2, searching.size());
        assertEquals(searching.get(0), searching.get(1));
        assertTrue(searching.get(0).contains("s.places && CAST"), searching.get(0));
    }

    private static List<List<String>> searching(Map<String, List<String>> plans) {
        return plans.entrySet().stream()
                .filter(each -> isSearching(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean isSearching(String statement) {
        return statement.contains("FROM chat_conversation_search AS");
    }

    private static DataSource filled(DataSource database) throws SQLException {
        ManyMessages.makeTables(database);
        new ManyMessages(200, 50, 100).fill(database);
        JdbcStores.create(database).close();
        return database;
    }

    private static Map<String, List<String>> plans(DataSource database, String explain) {
        var explained = new ExplainedSource(database, explain);
        try (JdbcStores stores = JdbcStores.create(explained.source())) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            SearchQuery often = SearchQuery.of("sentence");
            assertFound(20, conversations, ManyMessages.ANN, often);
            assertFound(20, conversations, FEW, often);
            assertFound(20, conversations, FEW, often.in(new ConversationId(3)));
            assertFound(1, conversations, FEW, SearchQuery.of("\"1003\""));
            assertFound(1, conversations, ManyMessages.ANN, SearchQuery.of("\"1004\""));
        }
        return explained.plans();
    }

    private static void assertFound(int expected, Conversations conversations, UserId user, SearchQuery query) {
        assertEquals(
                expected,
                conversations.search(user, query, Optional.empty(), 20).hits().size());
    }
}
