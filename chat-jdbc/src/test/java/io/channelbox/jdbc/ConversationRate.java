package io.channelbox.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.SearchQuery;
import io.channelbox.message.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;

/**
 * Measures how long it takes to look at conversations, to search them and to say something, where there are 10,000 of 100 messages each and
 * one user is in 500: on SQLite, in a folder of the disk that is meant, or on PostgreSQL. Run it as {@link SaveRate} is, with {@code
 * sqlite} or {@code postgres}.
 */
final class ConversationRate {

    private static final ManyMessages MILLION = new ManyMessages(10_000, 100, 500);
    private static final int TIMES = 500;
    private static final int POOL = 4;
    private static final int HITS = 20;

    private ConversationRate() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("postgres")) {
            measure(Postgres.newDatabase(), "SELECT setval('chat_message_id', 10000000)", "VACUUM ANALYZE");
            return;
        }
        Path folder = Files.createTempDirectory(Path.of("."), "conversation-rate");
        try {
            measure(
                    Sqlite.at(folder.resolve("chat.db")),
                    "UPDATE chat_id SET last = 10000000",
                    "PRAGMA wal_checkpoint(TRUNCATE)");
        } finally {
            SaveRate.delete(folder);
        }
    }

    private static void measure(DataSource database, String... afterwards) throws SQLException {
        ManyMessages.makeTables(database);
        long start = System.nanoTime();
        MILLION.fill(database);
        JdbcStores.create(database).close();
        for (String statement : afterwards) {
            StoresContract.execute(database, statement);
        }
        System.out.printf("filled in %d s%n", (System.nanoTime() - start) / 1_000_000_000);
        var config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(POOL);
        try (var pool = new HikariDataSource(config);
                JdbcStores stores = JdbcStores.create(pool)) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            look(conversations, "(warm-up)");
            look(conversations, "");
        }
    }

    private static void look(Conversations conversations, String round) {
        UserId ann = ManyMessages.ANN;
        var random = new Random(1);
        List<ConversationSummary> all = conversations.list(ann, Optional.empty(), Conversations.LARGEST_PAGE);
        tell(round, "first 50 of the list of 500", () -> conversations.list(ann, Optional.empty(), 50));
        tell(
                round,
                "next 50",
                () -> conversations.list(ann, Optional.of(all.get(49).position()), 50));
        tell(round, "first 200", () -> conversations.list(ann, Optional.empty(), Conversations.LARGEST_PAGE));
        tell(
                round,
                "newest 50 of a conversation",
                () -> conversations.messages(ann, some(all, random), Optional.empty(), 50));
        tell(round, "unread of a conversation", () -> conversations.unread(ann, some(all, random)));
        UserId other = new UserId("p7");
        tell(round, "search a word of all", () -> search(conversations, ann, "sentence"));
        tell(round, "the same, as one of 25", () -> search(conversations, other, "sentence"));
        tell(round, "search a rare word", () -> search(conversations, ann, "lunch"));
        tell(round, "the same, as one of 25", () -> search(conversations, other, "lunch"));
        tell(round, "search a number", () -> search(conversations, ann, "" + (1 + random.nextInt(1_000_000))));
        tell(round, "search \"much longer\" lunch", () -> search(conversations, ann, "\"much longer\" lunch"));
        tell(round, "search two letters", () -> search(conversations, ann, "lo"));
        tell(
                round,
                "search in a conversation",
                () -> conversations.search(
                        ann, SearchQuery.of("sentence").in(some(all, random)), Optional.empty(), HITS));
        tell(round, "send", () -> conversations.send(ann, some(all, random), MessageDraft.text("Noon?")));
    }

    private static void search(Conversations conversations, UserId user, String text) {
        conversations.search(user, SearchQuery.of(text), Optional.empty(), HITS);
    }

    private static ConversationId some(List<ConversationSummary> all, Random random) {
        return all.get(random.nextInt(all.size())).conversation().id();
    }

    private static void tell(String round, String what, Runnable look) {
        long[] took = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            look.run();
            took[i] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        System.out.printf(
                "%-10s %-28s p50 %6.2f ms   p99 %6.2f ms%n",
                round, what, took[TIMES / 2] / 1e6, took[(int) (TIMES * 0.99)] / 1e6);
    }
}
