package io.channelbox.jdbc;

import static io.channelbox.jdbc.StoresContract.ANN;
import static io.channelbox.jdbc.StoresContract.BOB;
import static io.channelbox.jdbc.StoresContract.execute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.InvitationTerms;
import io.channelbox.conversation.Listed;
import io.channelbox.conversation.Mentions;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.message.UserId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What databases keep of mentions, pins, settings and invitations, beyond what all stores do. */
interface SqlMembersContract {

    DataSource newDatabase() throws SQLException;

    private static ConversationId fill(Conversations conversations) {
        Conversation group = conversations.createGroup(ANN, GroupDetails.named("Lunch"), List.of(BOB));
        ChatMessage said = conversations.send(ANN, group.id(), MessageDraft.text("@bob @everyone"));
        conversations.forward(ANN, said.id(), group.id(), Optional.empty());
        conversations.pins().pin(ANN, said.id());
        conversations.settings().mute(BOB, group.id());
        conversations.settings().archive(BOB, group.id());
        conversations.invitations().invite(ANN, group.id(), InvitationTerms.UNLIMITED.uses(1));
        conversations.invitations().allow(ANN, group.id(), new UserId("eve"));
        return group.id();
    }

    @Test
    default void whatMembersDidIsThereAfterARestart() throws SQLException {
        DataSource database = newDatabase();
        ConversationId group;
        List<Object> before;
        try (JdbcStores stores = JdbcStores.create(database)) {
            Conversations conversations =
                    Conversations.in(stores.conversations()).build();
            group = fill(conversations);
            before = everything(conversations, group);
        }

        try (JdbcStores stores = JdbcStores.create(database)) {
            assertEquals(
                    before, everything(Conversations.in(stores.conversations()).build(), group));
        }
    }

    private static List<Object> everything(Conversations conversations, ConversationId group) {
        return List.of(
                conversations.list(BOB, Listed.ARCHIVED, Optional.empty(), 10),
                conversations.messages(BOB, group, Optional.empty(), 10),
                conversations.pins().list(BOB, group),
                conversations.invitations().list(ANN, group),
                conversations.invitations().allowed(ANN, group, 0, 10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // what is forwarded from somewhere is so from somebody
                "UPDATE chat_conversation_message SET forwarded_from_name = NULL WHERE forwarded_from_id IS NOT NULL",
                // mentions by no message, and pins of no message of the conversation
                "UPDATE chat_conversation_mention SET message_id = 100",
                "UPDATE chat_conversation_pin SET message_id = 100",
                "UPDATE chat_conversation_pin SET conversation_id = 100",
                // settings of somebody who is not there
                "UPDATE chat_conversation_setting SET user_id = 'eve'",
                // an invitation for nobody, or that was used too often
                "UPDATE chat_conversation_invitation SET uses = 0",
                "UPDATE chat_conversation_invitation SET used = 2",
                "INSERT INTO chat_conversation_invitation SELECT id + 100, conversation_id, user_id, created_at, ends_at,"
                        + " uses, used, token_hash FROM chat_conversation_invitation",
                // the same user allowed twice
                "INSERT INTO chat_conversation_allowed SELECT id + 100, user_id, conversation_id, allowed_by, allowed_at"
                        + " FROM chat_conversation_allowed"
            })
    default void noWrongStateOfMembersCanBeWritten(String statement) throws SQLException {
        DataSource database = newDatabase();
        try (JdbcStores stores = JdbcStores.create(database)) {
            fill(Conversations.in(stores.conversations()).build());
        }

        assertThrows(SQLException.class, () -> execute(database, statement));
    }

    @Test
    default void messagesFromBeforeThereWereMentionsAreReadAndMentionNobody() throws SQLException {
        DataSource database = newDatabase();
        StoresContract.upgrade(
                database, List.of("V1__history.sql", "V2__idempotency_key.sql", "V3__conversations.sql"));
        sayAnOldWord(database);

        try (JdbcStores stores = JdbcStores.create(database)) {
            ChatMessage old = Conversations.in(stores.conversations())
                    .build()
                    .messages(ANN, new ConversationId(1), Optional.empty(), 10)
                    .messages()
                    .get(0);

            assertEquals(Mentions.NONE, old.mentions());
            assertEquals(Optional.empty(), old.forwardedFrom());
        }
    }

    /** As a program of the first version with conversations keeps it; later ones have only added columns. */
    private static void sayAnOldWord(DataSource database) throws SQLException {
        execute(database, """
                INSERT INTO chat_conversation (id, user_id, conversation_type, name, visibility, is_active, created_at,
                    updated_at, last_message_at, last_sequence, participant_count)
                VALUES (1, 'ann', 'group', 'Lunch', 'private', TRUE, 1, 1, 1, 1, 1)""");
        execute(database, """
                INSERT INTO chat_conversation_participant (id, user_id, conversation_id, username, role, is_muted,
                    joined_at, last_read_sequence) VALUES (500, 'ann', 1, 'Ann', 'owner', FALSE, 1, 0)""");
        execute(database, """
                INSERT INTO chat_conversation_message (id, conversation_id, sequence, user_id, username, message_type,
                    content, created_at) VALUES (1, 1, 1, 'ann', 'Ann', 'text', '@ann', 1)""");
    }

    @Test
    default void fromEveryVersionConversationsAreUpgradedAndGoOn() throws SQLException {
        int first = Schema.SCRIPTS.indexOf("V3__conversations.sql") + 1;
        for (int version = first; version < Schema.SCRIPTS.size(); version++) {
            DataSource database = newDatabase();
            StoresContract.upgrade(database, Schema.SCRIPTS.subList(0, version));
            sayAnOldWord(database);

            try (JdbcStores stores = JdbcStores.create(database)) {
                Conversations conversations =
                        Conversations.in(stores.conversations()).build();
                var lunch = new ConversationId(1);
                conversations.invitations().allow(ANN, lunch, BOB);
                conversations.join(BOB, lunch);
                conversations.mute(ANN, lunch, BOB);
                conversations.leave(BOB, lunch);
                conversations.add(ANN, lunch, BOB);

                assertEquals(
                        List.of("@ann"),
                        conversations.messages(BOB, lunch, Optional.empty(), 10).messages().stream()
                                .map(ChatMessage::content)
                                .toList(),
                        "from version " + version);
                assertTrue(conversations.participant(BOB, lunch).muted(), "from version " + version);
            }
        }
    }
}
