package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PinsTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final Pins pins = conversations.pins();
    private final ConversationId group = chat.group(ANN, BOB);

    @Test
    void whatIsPinnedIsSeenByAllWithWhoHasPinnedItAndWhen() {
        ChatMessage said = chat.say(BOB, group, "a");
        chat.aSecondPasses();

        assertTrue(pins.pin(ANN, said.id()));

        assertEquals(List.of(new PinnedMessage(said, ANN, chat.now())), pins.list(BOB, group));
        assertEquals(new ConversationEvent.Pinned(said, ANN, true), lastTold());
    }

    @Test
    void whatIsPinnedAgainOrUnpinnedAgainIsNoNews() {
        ChatMessage said = chat.say(BOB, group, "a");
        pins.pin(ANN, said.id());
        int told = chat.told.size();

        assertFalse(pins.pin(ANN, said.id()));
        assertEquals(told, chat.told.size());

        assertTrue(pins.unpin(ANN, said.id()));
        assertFalse(pins.unpin(ANN, said.id()));
        assertEquals(told + 1, chat.told.size());
        assertEquals(new ConversationEvent.Pinned(said, ANN, false), lastTold());
    }

    @Test
    void whatIsDeletedIsUnpinnedFirst() {
        ChatMessage said = chat.say(BOB, group, "a");
        pins.pin(ANN, said.id());

        conversations.delete(BOB, said.id());

        assertEquals(List.of(), pins.list(ANN, group));
        assertEquals(new ConversationEvent.Pinned(said, BOB, false), chat.told.get(chat.told.size() - 2));
    }

    @Test
    void whatIsEditedIsPinnedAsItReadsNow() {
        ChatMessage said = chat.say(BOB, group, "a");
        pins.pin(ANN, said.id());

        conversations.edit(BOB, said.id(), "b");

        assertEquals("b", pins.list(ANN, group).get(0).message().content());
    }

    @Test
    void fiftyMessagesArePinnedAtMost() {
        for (int i = 0; i < Pins.MOST; i++) {
            pins.pin(ANN, chat.say(ANN, group, "a").id());
        }
        ChatMessage oneMore = chat.say(ANN, group, "b");

        assertRefused(Conversations.FULL, () -> pins.pin(ANN, oneMore.id()));
        pins.unpin(ANN, pins.list(ANN, group).get(0).message().id());
        assertTrue(pins.pin(ANN, oneMore.id()));
    }

    @Test
    void nobodyPinsWhereNobodySpeaks() {
        ChatMessage said = chat.say(ANN, group, "a");
        conversations.archive(ANN, group);

        assertRefused(Conversations.ARCHIVED, () -> pins.pin(ANN, said.id()));
    }

    @Test
    void whoIsBlockedPinsNothingInADirectConversation() {
        ConversationId direct = conversations.openDirect(ANN, BOB).id();
        ChatMessage said = chat.say(ANN, direct, "a");
        conversations.block(ANN, BOB);

        assertNotAllowed(() -> pins.pin(BOB, said.id()));
    }

    private ConversationEvent lastTold() {
        return chat.told.get(chat.told.size() - 1);
    }
}
