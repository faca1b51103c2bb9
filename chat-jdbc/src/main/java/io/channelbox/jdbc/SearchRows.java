package io.channelbox.jdbc;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.SearchText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is found in messages, kept beside them. */
final class SearchRows {

    private static final Logger log = LoggerFactory.getLogger(SearchRows.class);
    private static final int AT_ONCE = 5_000;

    private static final String BEHIND = """
            SELECT m.id, m.conversation_id, m.content FROM chat_conversation_message AS m
            WHERE m.id > ? AND m.deleted_at IS NULL ORDER BY m.id LIMIT ?""";

    private SearchRows() {}

    static void put(Connection connection, Dialect dialect, ChatMessage message) throws SQLException {
        if (message.isDeleted()) {
            dialect.search().remove(connection, message.id());
        } else {
            dialect.search().put(connection, List.of(entry(message.id(), message.conversation(), message.content())));
        }
    }

    private static SearchIndex.Entry entry(ChatMessageId id, ConversationId conversation, String content) {
        return new SearchIndex.Entry(id, conversation, SearchText.of(content).grams());
    }

    /** Lets all messages be found that were kept before there was a search. */
    static void fill(Connection connection, Dialect dialect) throws SQLException {
        long start = System.nanoTime();
        long done = 0;
        List<SearchIndex.Entry> some = behind(connection, 0);
        while (!some.isEmpty()) {
            dialect.search().put(connection, some);
            done += some.size();
            some = behind(connection, some.get(some.size() - 1).id().value());
        }
        dialect.search().finish(connection);
        if (done > 0) {
            log.info("Made {} messages searchable in {} s", done, (System.nanoTime() - start) / 1_000_000_000);
        }
    }

    private static List<SearchIndex.Entry> behind(Connection connection, long id) throws SQLException {
        return Sql.all(
                connection,
                BEHIND,
                row -> entry(
                        new ChatMessageId(row.getLong("id")),
                        new ConversationId(row.getLong("conversation_id")),
                        row.getString("content")),
                id,
                AT_ONCE);
    }
}
