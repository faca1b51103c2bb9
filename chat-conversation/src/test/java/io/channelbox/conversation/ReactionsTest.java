package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReactionsTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final ConversationId group = chat.group(ANN, BOB);
    private final ChatMessage said = chat.say(ANN, group, "a");

    @Test
    void everyUserCountsOncePerEmoji() {
        assertTrue(conversations.react(ANN, said.id(), "👍"));
        assertTrue(conversations.react(BOB, said.id(), "👍"));
        assertFalse(conversations.react(BOB, said.id(), " 👍 "));
        assertTrue(conversations.react(BOB, said.id(), "🎉"));

        assertEquals(List.of(new Reactions("👍", 2, true), new Reactions("🎉", 1, false)), seenBy(ANN));
    }

    @Test
    void aReactionIsTakenBackOnce() {
        conversations.react(BOB, said.id(), "👍");

        assertFalse(conversations.unreact(ANN, said.id(), "👍"));
        assertTrue(conversations.unreact(BOB, said.id(), "👍"));
        assertFalse(conversations.unreact(BOB, said.id(), "👍"));

        assertEquals(List.of(), seenBy(BOB));
    }

    @Test
    void threadsTellReactionsToo() {
        ChatMessage answer = chat.answer(BOB, said, "b");
        conversations.react(ANN, answer.id(), "👍");

        MessagePage thread = conversations.thread(BOB, said.id(), Optional.empty(), 10);

        assertEquals(List.of(new Reactions("👍", 1, false)), thread.reactionsTo(answer.id()));
    }

    @Test
    void whatIsDeletedHasNone() {
        conversations.react(BOB, said.id(), "👍");
        conversations.delete(ANN, said.id());

        assertNotAllowed(() -> conversations.unreact(BOB, said.id(), "👍"));
        assertEquals(List.of(), seenBy(BOB));
    }

    private List<Reactions> seenBy(UserId user) {
        return conversations.messages(user, group, Optional.empty(), 10).reactionsTo(said.id());
    }

    @Test
    void aMessageHasUpToFiftyDifferentReactions() {
        ChatMessage said = chat.say(ANN, chat.group(ANN, BOB), "a");
        for (int i = 0; i < 50; i++) {
            chat.conversations.react(ANN, said.id(), "r" + i);
        }

        assertRefused(Conversations.FULL, () -> chat.conversations.react(BOB, said.id(), "one more"));

        assertTrue(chat.conversations.react(BOB, said.id(), "r7"));
    }
}
