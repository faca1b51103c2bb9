package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.NO_MESSAGE;
import static io.channelbox.conversation.Chat.assertInvalid;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final ConversationId group = chat.group(ANN, BOB);

    @Test
    void whoSaysSomethingHasReadAllUpToIt() {
        chat.say(ANN, group, "a");
        chat.say(BOB, group, "b");
        chat.say(ANN, group, "c");

        assertEquals(0, conversations.unread(ANN, group));
        assertEquals(1, conversations.unread(BOB, group));
        assertEquals(2, conversations.participant(BOB, group).lastReadSequence());
    }

    @Test
    void deletedMessagesAreNotUnread() {
        chat.say(ANN, group, "a");
        ChatMessage second = chat.say(ANN, group, "b");

        conversations.delete(ANN, second.id());

        assertEquals(1, conversations.unread(BOB, group));
        conversations.read(BOB, group);
        assertEquals(0, conversations.unread(BOB, group));
    }

    @Test
    void oneReadsUpToAMessageAndNotBackwards() {
        ChatMessage first = chat.say(ANN, group, "a");
        ChatMessage second = chat.say(ANN, group, "b");
        chat.say(ANN, group, "c");
        chat.aSecondPasses();

        Participant read = conversations.read(BOB, group, second.id());

        assertEquals(2, read.lastReadSequence());
        assertEquals(Optional.of(chat.now()), read.lastReadAt());
        assertEquals(1, conversations.unread(BOB, group));
        chat.aSecondPasses();
        assertEquals(read, conversations.read(BOB, group, first.id()));
        assertEquals(1, conversations.unread(BOB, group));
        assertEquals(3, conversations.read(BOB, group).lastReadSequence());
    }

    @Test
    void oneReadsUpToADeletedMessageToo() {
        ChatMessage first = chat.say(ANN, group, "a");
        conversations.delete(ANN, first.id());

        assertEquals(1, conversations.read(BOB, group, first.id()).lastReadSequence());
    }

    @Test
    void whatIsElsewhereOrNotThereIsNotReadUpTo() {
        ChatMessage elsewhere = chat.say(ANN, chat.group(ANN), "a");

        assertInvalid("up_to", () -> conversations.read(BOB, group, elsewhere.id()));
        assertInvalid("up_to", () -> conversations.read(BOB, group, NO_MESSAGE));
    }

    @Test
    void theConversationWithTheLatestMessageIsFirstInTheList() {
        chat.aSecondPasses();
        ConversationId second = chat.group(ANN);
        chat.aSecondPasses();
        ConversationId third = chat.group(ANN);
        assertEquals(List.of(third, second, group), list(Optional.empty(), 10));
        chat.aSecondPasses();

        chat.say(BOB, group, "a");

        assertEquals(List.of(group, third, second), list(Optional.empty(), 10));
        ListPosition first = conversations.list(ANN, Optional.empty(), 1).get(0).position();
        assertEquals(List.of(third), list(Optional.of(first), 1));
    }

    @Test
    void theListTellsHowManyAreUnreadAndWhatIsNewest() {
        chat.say(ANN, group, "a");
        ChatMessage second = chat.say(ANN, group, "b");
        conversations.delete(ANN, chat.say(ANN, group, "c").id());

        ConversationSummary summary =
                conversations.list(BOB, Optional.empty(), 10).get(0);

        assertEquals(conversations.conversation(BOB, group), summary.conversation());
        assertEquals(conversations.participant(BOB, group), summary.own());
        assertEquals(2, summary.participants());
        assertEquals(2, summary.unread());
        assertEquals(Optional.of(second), summary.newest());
    }

    @Test
    void aPageHasTheNewestMessagesTheOldestFirstAndTellsWhetherThereAreOlderOnes() {
        List.of("a", "b", "c", "d").forEach(text -> chat.say(ANN, group, text));

        MessagePage newest = conversations.messages(BOB, group, Optional.empty(), 2);
        MessagePage older = conversations.messages(
                BOB, group, Optional.of(newest.messages().get(0).id()), 2);

        assertEquals(List.of("c", "d"), texts(newest));
        assertTrue(newest.more());
        assertEquals(List.of("a", "b"), texts(older));
        assertFalse(older.more());
    }

    @Test
    void aPageLeavesDeletedMessagesOutAndIsFullAllTheSame() {
        List<ChatMessage> said = IntStream.range(0, 5)
                .mapToObj(number -> chat.say(ANN, group, "m" + number))
                .toList();
        conversations.delete(ANN, said.get(4).id());
        conversations.delete(ANN, said.get(2).id());
        conversations.delete(ANN, said.get(0).id());

        MessagePage page = conversations.messages(BOB, group, Optional.empty(), 2);

        assertEquals(List.of("m1", "m3"), texts(page));
        assertFalse(page.more());
    }

    @Test
    void aThreadHasTheAnswersTheOldestFirstAndTellsWhetherThereAreNewerOnes() {
        ChatMessage first = chat.say(ANN, group, "first");
        ChatMessage a = chat.answer(BOB, first, "a");
        chat.say(ANN, group, "no answer");
        ChatMessage b = chat.answer(ANN, a, "b");
        chat.answer(BOB, first, "c");

        MessagePage oldest = conversations.thread(BOB, first.id(), Optional.empty(), 2);
        MessagePage newer = conversations.thread(BOB, first.id(), Optional.of(b.id()), 2);

        assertEquals(List.of("a", "b"), texts(oldest));
        assertTrue(oldest.more());
        assertEquals(List.of("c"), texts(newer));
        assertFalse(newer.more());
    }

    @Test
    void aThreadOutlivesItsFirstMessageAndLeavesDeletedAnswersOut() {
        ChatMessage first = chat.say(ANN, group, "first");
        ChatMessage answer = chat.answer(BOB, first, "a");
        chat.answer(BOB, first, "b");
        conversations.delete(ANN, first.id());
        conversations.delete(BOB, answer.id());

        assertEquals(List.of("b"), texts(conversations.thread(ANN, first.id(), Optional.empty(), 10)));
        assertNotAllowed(() -> conversations.thread(EVE, first.id(), Optional.empty(), 10));
    }

    @Test
    void peopleComeInPagesWhoCameFirstFirst() {
        conversations.add(ANN, group, EVE);

        List<Participant> first = conversations.participants(EVE, group, 0, 2);

        assertEquals(List.of(ANN, BOB), first.stream().map(Participant::user).toList());
        assertEquals(
                List.of(EVE),
                conversations.participants(EVE, group, first.get(1).number(), 2).stream()
                        .map(Participant::user)
                        .toList());
    }

    @Test
    void everyPageHasAtMostTwoHundredAndAtLeastOne() {
        ChatMessage first = chat.say(ANN, group, "first");
        IntStream.range(0, 201).forEach(number -> chat.answer(ANN, first, "m" + number));
        IntStream.range(0, 201).forEach(number -> chat.group(ANN));

        assertEquals(
                200,
                conversations
                        .messages(BOB, group, Optional.empty(), 1_000)
                        .messages()
                        .size());
        assertEquals(
                200,
                conversations
                        .thread(BOB, first.id(), Optional.empty(), 1_000)
                        .messages()
                        .size());
        assertEquals(200, conversations.list(ANN, Optional.empty(), 1_000).size());
        assertInvalid("limit", () -> conversations.messages(BOB, group, Optional.empty(), 0));
        assertInvalid("limit", () -> conversations.thread(BOB, first.id(), Optional.empty(), -1));
        assertInvalid("limit", () -> conversations.list(ANN, Optional.empty(), 0));
        assertInvalid("limit", () -> conversations.participants(ANN, group, 0, 0));
    }

    private List<ConversationId> list(Optional<ListPosition> after, int limit) {
        return conversations.list(ANN, after, limit).stream()
                .map(each -> each.conversation().id())
                .toList();
    }
}
