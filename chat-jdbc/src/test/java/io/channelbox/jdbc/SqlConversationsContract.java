package io.channelbox.jdbc;

import static io.channelbox.jdbc.Said.ROOM;
import static io.channelbox.jdbc.Said.append;
import static io.channelbox.jdbc.StoresContract.ANN;
import static io.channelbox.jdbc.StoresContract.BOB;
import static io.channelbox.jdbc.StoresContract.atOnce;
import static io.channelbox.jdbc.StoresContract.count;
import static io.channelbox.jdbc.StoresContract.execute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.Attachment;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationReader;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.MessageKind;
import io.channelbox.conversation.SpeechLimits;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import io.channelbox.testkit.ManualClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stores of conversations do on every database, beyond what all stores do. */
interface SqlConversationsContract {

    /** Returns what opens an empty database, and refuses what its constraints refuse. */
    DataSource newDatabase() throws SQLException;

    @Test
    default void everythingIsThereAfterARestartToTheNanosecond() throws SQLException {
        DataSource database = newDatabase();
        var clock = new ManualClock(Instant.parse("2026-03-01T12:00:00.123456789Z"));
        List<Object> before;
        try (JdbcStores stores = JdbcStores.create(database)) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).clock(clock).build();
            GroupDetails details = GroupDetails.named("Lunch")
                    .describedAs("Every day")
                    .withAvatar("https://example.org/lunch.png")
                    .open()
                    .in("food");
            ConversationId group =
                    conversations.createGroup(ANN, details, List.of(BOB)).id();
            ChatMessage asked =
                    conversations.send(ANN, group, MessageDraft.text("Noon?").called("c1"));
            clock.advance(Duration.ofNanos(1));
            var menu = new Attachment("https://example.org/menu.pdf", "Menü.pdf", "application/pdf", 5_000_000_000L);
            conversations.send(
                    BOB, group, MessageDraft.of(MessageKind.FILE, menu).inReplyTo(asked.id()));
            conversations.edit(ANN, asked.id(), "At noon? 🍕");
            conversations.react(BOB, asked.id(), "👍");
            conversations.openDirect(ANN, BOB);
            conversations.block(BOB, ANN);
            before = everything(stores);
        }

        try (JdbcStores stores = JdbcStores.create(database)) {
            assertEquals(before, everything(stores));
            ChatMessage menu = newest(stores, ANN);
            assertEquals(clock.instant(), menu.createdAt());
            assertEquals(5_000_000_000L, menu.attachments().get(0).size());
        }
    }

    private static List<Object> everything(JdbcStores stores) {
        return stores.conversations().read(kept -> {
            var all = new ArrayList<Object>();
            for (UserId user : List.of(ANN, BOB)) {
                all.add(kept.blockedBy(user));
                kept.conversationsOf(user, Optional.empty(), 10).forEach(each -> {
                    ConversationId id = each.conversation().id();
                    List<ChatMessage> messages = kept.messages(id, Optional.empty(), 10);
                    all.add(each);
                    all.add(kept.participants(id, 0, 10));
                    all.add(messages);
                    all.add(kept.reactions(
                            messages.stream().map(ChatMessage::id).toList(), user));
                });
            }
            return all;
        });
    }

    private static ChatMessage newest(JdbcStores stores, UserId user) {
        return stores.conversations()
                .read(kept -> kept.conversationsOf(user, Optional.empty(), 10).stream()
                        .flatMap(summary -> summary.newest().stream())
                        .findFirst()
                        .orElseThrow());
    }

    /** Begin and commit are two of them. */
    @Test
    default void sayingSomethingTakesNineStatementsHoweverManyHear() throws SQLException {
        var counted = new CountedSource(newDatabase());
        try (JdbcStores stores = JdbcStores.create(counted.source())) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            List<UserId> many =
                    LongStream.range(0, 500).mapToObj(i -> new UserId("u" + i)).toList();
            for (List<UserId> members : List.of(List.of(BOB), many)) {
                ConversationId group = conversations
                        .createGroup(ANN, GroupDetails.named("Lunch"), members)
                        .id();
                counted.taken();

                conversations.send(ANN, group, MessageDraft.text("Noon?"));

                List<String> taken = counted.taken();
                assertEquals(9, taken.size(), taken::toString);
            }
        }
    }

    @Test
    default void fiftyWhoOpenTheSamePairAtOnceGetOneConversation() throws Exception {
        try (JdbcStores stores = JdbcStores.builder(newDatabase())
                .lockTimeout(Duration.ofSeconds(30))
                .build()) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            var start = new CyclicBarrier(50);

            List<ConversationId> opened = atOnce(50, i -> {
                start.await();
                return (i % 2 == 0 ? conversations.openDirect(ANN, BOB) : conversations.openDirect(BOB, ANN)).id();
            });

            int people = stores.conversations().read(kept -> kept.participantCount(opened.get(0)));
            assertEquals(1, new HashSet<>(opened).size());
            assertEquals(2, people);
        }
    }

    @Test
    default void whatIsSentAtOnceThroughSeveralNodesIsNumberedWithoutHoles() throws Exception {
        DataSource database = newDatabase();
        ConversationId group;
        try (JdbcStores stores = JdbcStores.create(database)) {
            group = Conversations.in(stores.conversations())
                    .build()
                    .createGroup(ANN, GroupDetails.named("Lunch"), List.of())
                    .id();
        }

        List<List<Long>> numbers = atOnce(4, node -> {
            var own = new ArrayList<Long>();
            try (JdbcStores stores = JdbcStores.builder(database)
                    .lockTimeout(Duration.ofSeconds(30))
                    .build()) {
                Conversations conversations =
                        Conversations.in(stores.conversations()).build();
                for (int i = 0; i < 50; i++) {
                    own.add(conversations
                            .send(ANN, group, MessageDraft.text("hi"))
                            .sequence());
                }
            }
            return own;
        });

        assertEquals(
                LongStream.rangeClosed(1, 200).boxed().toList(),
                numbers.stream().flatMap(List::stream).sorted().toList());
        assertEquals(200, count(database, "SELECT last_sequence FROM chat_conversation"));
    }

    @Test
    default void historiesAndConversationsAreKeptSideBySide() throws Exception {
        try (JdbcStores stores = JdbcStores.builder(newDatabase())
                .lockTimeout(Duration.ofSeconds(30))
                .build()) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            ConversationId group = conversations
                    .createGroup(ANN, GroupDetails.named("Lunch"), List.of())
                    .id();

            atOnce(8, thread -> {
                for (int i = 0; i < 40; i++) {
                    if (thread % 2 == 0) {
                        conversations.send(ANN, group, MessageDraft.text("hi"));
                    } else {
                        append(stores.history(), ROOM, "hi");
                    }
                }
                return true;
            });

            assertEquals(160, conversations.conversation(ANN, group).lastSequence());
            assertEquals(160, stores.history().stats(ROOM).count());
        }
    }

    @Test
    default void whatTheWorkWasGivenIsOfNoUseAfterIt() throws SQLException {
        try (JdbcStores stores = JdbcStores.create(newDatabase())) {
            ConversationReader kept = stores.conversations().<ConversationReader>write(writer -> writer);

            assertThrows(IllegalStateException.class, () -> kept.blockedBy(ANN));
        }
    }

    @Test
    default void workThatGoesOnWhereTheDatabaseRefusedKeepsNothing() throws SQLException {
        try (JdbcStores stores = JdbcStores.create(newDatabase())) {
            assertThrows(
                    StoreException.class,
                    () -> stores.conversations().write(writer -> {
                        writer.block(ANN, BOB);
                        assertThrows(StoreException.class, () -> writer.react(new ChatMessageId(7), ANN, "👍"));
                        return true;
                    }));

            boolean blocked = stores.conversations().read(kept -> kept.hasBlocked(ANN, BOB));
            assertFalse(blocked);
        }
    }

    @Test
    default void textThatNoDatabaseCanKeepIsRefused() throws SQLException {
        try (JdbcStores stores = JdbcStores.create(newDatabase())) {
            ChatMessageId any = new ChatMessageId(7);

            for (String text : List.of("a\0b", "\uD83D")) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> stores.conversations().write(writer -> writer.react(any, ANN, text)));
            }
        }
    }

    @Test
    default void aTableOfConversationsThatIsGoneIsAStoreExceptionAndTheStoreWorksAgainWhenItIsBack()
            throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.create(database)) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            execute(database, "ALTER TABLE chat_block RENAME TO chat_hidden");

            var failure = assertThrows(StoreException.class, () -> conversations.block(ANN, BOB));
            assertTrue(failure.getCause() instanceof SQLException);
            assertThrows(StoreException.class, () -> conversations.blocked(ANN));

            execute(database, "ALTER TABLE chat_hidden RENAME TO chat_block");
            assertTrue(conversations.block(ANN, BOB));
        }
    }

    @Test
    default void whoWasMutedBeforeThereWasModerationStaysSo() throws SQLException {
        DataSource database = newDatabase();
        StoresContract.upgrade(
                database, List.of("V1__history.sql", "V2__idempotency_key.sql", "V3__conversations.sql"));
        execute(database, """
                INSERT INTO chat_conversation (
                    id, user_id, conversation_type, name, visibility, is_active, created_at, updated_at,
                    last_message_at, last_sequence, participant_count)
                VALUES (7, 'ann', 'group', 'Lunch', 'private', TRUE, 1, 1, 1, 0, 2)""");
        execute(database, """
                INSERT INTO chat_conversation_participant (
                    id, user_id, conversation_id, username, role, is_muted, joined_at, last_read_sequence)
                VALUES (1, 'ann', 7, 'Ann', 'owner', FALSE, 1, 0), (2, 'bob', 7, 'Bob', 'member', TRUE, 1, 0)""");

        try (JdbcStores stores = JdbcStores.create(database)) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            var lunch = new ConversationId(7);

            assertTrue(conversations.participant(BOB, lunch).muted());
            assertEquals(Optional.empty(), conversations.participant(BOB, lunch).mutedUntil());
            assertEquals(
                    SpeechLimits.NONE, conversations.conversation(ANN, lunch).limits());
            assertFalse(conversations.unmute(ANN, lunch, BOB).muted());
        }
    }

    @Test
    default void closedStoresChangeNothingMore() throws SQLException {
        JdbcStores stores = JdbcStores.create(newDatabase());
        stores.close();

        assertThrows(IllegalStateException.class, () -> stores.conversations().write(writer -> writer.block(ANN, BOB)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a second conversation of the pair, and pairs that are none
                "INSERT INTO chat_conversation SELECT id + 100, user_id, conversation_type, name, description, avatar_url,"
                        + " visibility, category, is_active, created_at, updated_at, last_message_at, last_sequence,"
                        + " participant_count, direct_first, direct_second FROM chat_conversation"
                        + " WHERE conversation_type = 'direct'",
                "UPDATE chat_conversation SET direct_second = direct_first WHERE conversation_type = 'direct'",
                "UPDATE chat_conversation SET direct_second = NULL WHERE conversation_type = 'direct'",
                "UPDATE chat_conversation SET conversation_type = 'group' WHERE conversation_type = 'direct'",
                "UPDATE chat_conversation SET visibility = 'secret'",
                // somebody twice in one conversation, or in none
                "INSERT INTO chat_conversation_participant SELECT id + 100, user_id, conversation_id, username,"
                        + " user_avatar, role, is_muted, joined_at, last_read_at, last_read_sequence"
                        + " FROM chat_conversation_participant",
                "UPDATE chat_conversation_participant SET conversation_id = 100",
                "UPDATE chat_conversation_participant SET role = 'guest'",
                // two messages with one number, or one name of a client
                "UPDATE chat_conversation_message SET sequence = 1",
                "UPDATE chat_conversation_message SET client_id = 'c'",
                // an answer to a message of another conversation
                "UPDATE chat_conversation_message SET reply_to_id = (SELECT MAX(id) FROM chat_conversation_message)",
                "UPDATE chat_conversation_message SET thread_id = (SELECT MAX(id) FROM chat_conversation_message)",
                // the same reaction twice, or to nothing
                "INSERT INTO chat_conversation_reaction SELECT * FROM chat_conversation_reaction",
                "UPDATE chat_conversation_reaction SET message_id = 100",
                "INSERT INTO chat_block SELECT * FROM chat_block",
                // the end of no mute
                "UPDATE chat_conversation_participant SET muted_until = 1",
                "UPDATE chat_conversation SET slow_mode = -1",
                // somebody banned twice, or from nowhere
                "INSERT INTO chat_conversation_ban SELECT id + 100, conversation_id, user_id, banned_by, reason,"
                        + " created_at, banned_until FROM chat_conversation_ban",
                "UPDATE chat_conversation_ban SET conversation_id = 100",
                // a report of nothing, or of a message of another conversation, or the same twice, or half settled
                "UPDATE chat_conversation_report SET message_id = 100",
                "UPDATE chat_conversation_report SET conversation_id = conversation_id + 1",
                "UPDATE chat_conversation_report SET state = 'resolved'",
                "UPDATE chat_conversation_report SET settled_by = 'ann'",
                "INSERT INTO chat_conversation_report SELECT id + 100, conversation_id, message_id, author_id, author_role,"
                        + " content, user_id, reason, report_text, created_at, state, settled_by, settled_at"
                        + " FROM chat_conversation_report",
                "UPDATE chat_conversation_audit SET conversation_id = 100"
            })
    default void noWrongStateCanBeWritten(String statement) throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.create(database)) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            Conversation group = conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of());
            ChatMessage said = conversations.send(ANN, group.id(), MessageDraft.text("a"));
            conversations.send(ANN, group.id(), MessageDraft.text("b"));
            conversations.react(ANN, said.id(), "👍");
            Conversation direct = conversations.openDirect(ANN, BOB);
            ChatMessage chatted = conversations.send(ANN, direct.id(), MessageDraft.text("c"));
            conversations.block(ANN, BOB);
            conversations.report(BOB, chatted.id(), "spam", "");
            conversations.moderate(ANN, group.id(), "", change -> change.ban(BOB, Optional.empty()));
        }

        assertThrows(SQLException.class, () -> execute(database, statement));
    }
}
