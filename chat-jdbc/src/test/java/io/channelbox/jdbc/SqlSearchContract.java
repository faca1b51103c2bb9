package io.channelbox.jdbc;

import static io.channelbox.jdbc.StoresContract.ANN;
import static io.channelbox.jdbc.StoresContract.count;
import static io.channelbox.jdbc.StoresContract.execute;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.SearchPage;
import io.channelbox.conversation.SearchQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What searches of every database do, beyond what all searches do. */
interface SqlSearchContract {

    /** Returns what opens an empty database. */
    DataSource newDatabase() throws SQLException;

    /** Returns the statement behind which the next message has the id after this one. */
    String goOnBehind(long messageId);

    @Test
    default void whatWasSaidBeforeThereWasASearchIsFoundAfterTheUpgrade() throws SQLException {
        DataSource database = newDatabase();
        ManyMessages.makeTables(database);
        new ManyMessages(4, 1_500, 2).fill(database);

        try (JdbcStores stores = JdbcStores.create(database)) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();

            assertEquals(List.of(new ChatMessageId(5_734)), found(conversations, "5734", 10));
            assertEquals(List.of(), found(conversations, "5735", 10)); // of others
            assertEquals(List.of(), found(conversations, "5750", 10)); // deleted
            assertEquals(
                    new ChatMessageId(5_998),
                    found(conversations, "sentence", 10).get(0));
        }
        assertEquals(6_000 - 6_000 / 50, count(database, "SELECT COUNT(*) FROM chat_conversation_search"));
    }

    @Test
    default void messagesFarApartAreFoundInTheirOrder() throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.create(database)) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            ConversationId group = conversations
                    .createGroup(ANN, GroupDetails.named("Lunch"), List.of())
                    .id();
            var newestFirst = new ArrayList<ChatMessageId>();
            for (long id : List.of(1L, 4_095L, 4_096L, 4_097L, 32_767L, 32_768L, 1L << 20, 1L << 27, 1L << 40)) {
                execute(database, goOnBehind(id));
                newestFirst.add(conversations
                        .send(ANN, group, MessageDraft.text("noon"))
                        .id());
            }
            Collections.reverse(newestFirst);

            for (int limit : List.of(1, 2, 3, 100)) {
                assertEquals(newestFirst, found(conversations, "noon", limit));
            }
        }
    }

    @Test
    default void whatIsTakenOutOfTheTableIsTakenOutOfTheSearch() throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.create(database)) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            ConversationId group = conversations
                    .createGroup(ANN, GroupDetails.named("Lunch"), List.of())
                    .id();
            ChatMessage kept = conversations.send(ANN, group, MessageDraft.text("noon"));
            ChatMessage gone = conversations.send(ANN, group, MessageDraft.text("noon"));

            execute(database, "DELETE FROM chat_conversation_message WHERE id = " + gone.id());

            assertEquals(List.of(kept.id()), found(conversations, "noon", 10));
        }
        assertEquals(1, count(database, "SELECT COUNT(*) FROM chat_conversation_search"));
    }

    /** Reads all pages of this length. */
    private static List<ChatMessageId> found(Conversations conversations, String text, int limit) {
        var all = new ArrayList<ChatMessageId>();
        Optional<ChatMessageId> before = Optional.empty();
        do {
            SearchPage page = conversations.search(ManyMessages.ANN, SearchQuery.of(text), before, limit);
            page.hits().forEach(hit -> all.add(hit.message().id()));
            before = page.next();
        } while (before.isPresent());
        return all;
    }
}
