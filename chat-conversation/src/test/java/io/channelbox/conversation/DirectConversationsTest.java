package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.NOBODY;
import static io.channelbox.conversation.Chat.NOON;
import static io.channelbox.conversation.Chat.assertInvalid;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectConversationsTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;

    @Test
    void twoPeopleHaveOneWhoeverBeginsIt() {
        Conversation begun = conversations.openDirect(ANN, BOB);
        chat.aSecondPasses();

        assertEquals(begun, conversations.openDirect(BOB, ANN));
        assertEquals(begun, conversations.openDirect(ANN, BOB));
        assertNotEquals(begun.id(), conversations.openDirect(ANN, EVE).id());
    }

    @Test
    void itHasNoNameAndBothAreMembersWithNothingUnread() {
        Conversation direct = conversations.openDirect(BOB, ANN);

        assertTrue(direct.isDirect());
        assertEquals(BOB, direct.creator());
        assertEquals(Optional.empty(), direct.name());
        assertEquals(Visibility.PRIVATE, direct.visibility());
        assertEquals(NOON, direct.lastMessageAt());
        assertEquals(Role.MEMBER, chat.role(BOB, direct.id()));
        assertEquals(Role.MEMBER, chat.role(ANN, direct.id()));
        assertEquals(0, conversations.unread(ANN, direct.id()));
    }

    @Test
    void placesTellWhatTheDirectoryKnew() {
        Conversation direct = conversations.openDirect(ANN, BOB);

        Participant bob = conversations.participant(BOB, direct.id());

        assertEquals("The bob", bob.name());
        assertEquals(Optional.of("https://example.org/bob"), bob.avatar());
    }

    @Test
    void nobodySpeaksToThemselves() {
        assertInvalid("user", () -> conversations.openDirect(ANN, ANN));
    }

    @Test
    void nobodySpeaksToWhoDoesNotExistNorDoTheySpeak() {
        assertNotAllowed(() -> conversations.openDirect(ANN, NOBODY));
        assertNotAllowed(() -> conversations.openDirect(NOBODY, ANN));
    }

    @Test
    void aBlockEitherWayRefusesANewOne() {
        assertTrue(conversations.block(ANN, BOB));

        assertNotAllowed(() -> conversations.openDirect(BOB, ANN));
        assertNotAllowed(() -> conversations.openDirect(ANN, BOB));
        assertEquals(List.of(), chat.told);
    }

    @Test
    void aBlockEitherWaySilencesTheOneThereIs() {
        ConversationId direct = conversations.openDirect(ANN, BOB).id();
        ChatMessage said = chat.say(BOB, direct, "a");
        conversations.block(ANN, BOB);

        assertNotAllowed(() -> chat.say(BOB, direct, "b"));
        assertNotAllowed(() -> chat.say(ANN, direct, "b"));
        assertNotAllowed(() -> conversations.edit(BOB, said.id(), "b"));
        assertNotAllowed(() -> conversations.react(BOB, said.id(), "👍"));
        assertNotAllowed(() -> conversations.openDirect(BOB, ANN));
        assertEquals(List.of("a"), chat.texts(BOB, direct));
    }

    @Test
    void aBlockThatIsEndedIsForgotten() {
        conversations.block(ANN, BOB);

        assertFalse(conversations.block(ANN, BOB));
        assertEquals(List.of(BOB), conversations.blocked(ANN));
        assertEquals(List.of(), conversations.blocked(BOB));
        assertFalse(conversations.unblock(BOB, ANN));
        assertTrue(conversations.unblock(ANN, BOB));
        assertFalse(conversations.unblock(ANN, BOB));
        assertEquals(List.of(), conversations.blocked(ANN));
        chat.say(BOB, conversations.openDirect(BOB, ANN).id(), "a");
    }

    @Test
    void aBlockOfOneEndsNotThatOfTheOther() {
        conversations.block(ANN, BOB);
        conversations.block(BOB, ANN);

        conversations.unblock(ANN, BOB);

        assertNotAllowed(() -> conversations.openDirect(ANN, BOB));
    }

    @Test
    void nobodyBlocksThemselves() {
        assertInvalid("user", () -> conversations.block(ANN, ANN));
    }

    @Test
    void onlyWhoSaidSomethingTakesItBack() {
        ConversationId direct = conversations.openDirect(ANN, BOB).id();
        ChatMessage said = chat.say(ANN, direct, "a");

        assertNotAllowed(() -> conversations.delete(BOB, said.id()));
        conversations.delete(ANN, said.id());

        assertEquals(List.of(), chat.texts(BOB, direct));
    }
}
