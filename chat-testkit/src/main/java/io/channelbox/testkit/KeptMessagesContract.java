package io.channelbox.testkit;

import static io.channelbox.testkit.KeptChat.ANN;
import static io.channelbox.testkit.KeptChat.BOB;
import static io.channelbox.testkit.KeptChat.EVE;
import static io.channelbox.testkit.KeptChat.MANY;
import static io.channelbox.testkit.KeptChat.NOON;
import static io.channelbox.testkit.KeptChat.append;
import static io.channelbox.testkit.KeptChat.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.conversation.Attachment;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.ConversationWriter;
import io.channelbox.conversation.ForwardedFrom;
import io.channelbox.conversation.Mentions;
import io.channelbox.conversation.MessageKind;
import io.channelbox.conversation.Reactions;
import io.channelbox.message.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every store does with messages and reactions. */
interface KeptMessagesContract {

    ConversationStore newStore();

    @Test
    default void everyPartOfAMessageIsKeptAsItIs() {
        var chat = new KeptChat(newStore());
        ChatMessage first = chat.say(chat.group(ANN), ANN, "a");
        ChatMessage full = chat.store().write(writer -> append(writer, full(writer, first)));

        assertEquals(Optional.of(full), chat.store().read(kept -> kept.message(full.id())));
        assertEquals(List.of(full, first), chat.messages(first.conversation()));
        assertEquals(Optional.of(full), chat.list(ANN).get(0).newest());
        assertEquals(List.of(full), chat.store().read(kept -> kept.thread(first.id(), first.id(), MANY)));
    }

    @Test
    default void whatAMessageDoesNotHaveIsNotThereLater() {
        var chat = new KeptChat(newStore());

        ChatMessage bare = chat.say(chat.group(ANN), ANN, "a");

        assertEquals(List.of(bare), chat.messages(bare.conversation()));
        assertEquals(Optional.empty(), bare.clientId());
    }

    @Test
    default void everyTextIsKeptAsItIs() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        List<String> texts = List.of(
                "grüße, Ωμέγα, עברית, العربية, 日本語, 한국어",
                "e\u0301 and \u00e9 are not the same",
                "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC66 \uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
                "\u202Eturned round\u202C \u200B\uFEFF\uFFFF\uDBFF\uDFFF",
                " \tspaces\r\nand lines\n ",
                "'; drop table messages; -- \"%_\\ \\0 ? :x $1 {}",
                "<script>alert(1)</script>",
                "\uD83D\uDE00".repeat(5_000));

        for (String text : texts) {
            ChatMessage said = chat.say(group, ANN, text);
            assertEquals(text, chat.messages(group).get(0).content());
            assertEquals(Optional.of(said), chat.store().read(kept -> kept.message(said.id())));
        }
    }

    @Test
    default void aChangedMessageIsKeptAsItIsThenAndItsConversationStays() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage first = chat.say(group, ANN, "a");
        ChatMessage full = chat.store().write(writer -> append(writer, full(writer, first)));
        var before = chat.conversation(group);
        ChatMessage tombstone = KeptChat.deleted(full);

        chat.delete(full);

        assertEquals(Optional.of(tombstone), chat.store().read(kept -> kept.message(full.id())));
        assertEquals(Optional.of(tombstone), chat.store().read(kept -> kept.saidAs(group, ANN, "c/1 \uD83D\uDE00")));
        assertEquals(before, chat.conversation(group));
    }

    @Test
    default void messagesComeInPagesTheNewestFirst() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ConversationId other = chat.group(ANN);
        for (String text : List.of("a", "b", "c", "d", "e")) {
            chat.say(group, ANN, text);
            chat.say(other, ANN, "elsewhere");
        }

        List<ChatMessage> newest = chat.store().read(kept -> kept.messages(group, Optional.empty(), 2));
        List<ChatMessage> older = before(chat, newest.get(1), 2);
        List<ChatMessage> oldest = before(chat, older.get(1), 2);

        assertEquals(List.of("e", "d"), texts(newest));
        assertEquals(List.of("c", "b"), texts(older));
        assertEquals(List.of("a"), texts(oldest));
        assertEquals(List.of(), before(chat, oldest.get(0), 2));
    }

    @Test
    default void deletedMessagesAreLeftOutOfPagesWhichAreFullAllTheSame() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        chat.say(group, ANN, "a");
        ChatMessage second = chat.say(group, ANN, "b");
        chat.say(group, ANN, "c");
        ChatMessage fourth = chat.say(group, ANN, "d");

        chat.delete(second);
        chat.delete(fourth);

        assertEquals(List.of("c", "a"), texts(chat.store().read(kept -> kept.messages(group, Optional.empty(), 2))));
        assertEquals(List.of("c", "a"), texts(before(chat, fourth, 2)));
    }

    @Test
    default void messagesBehindANumberAreCountedWithoutDeletedOnes() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        chat.say(group, ANN, "a");
        chat.delete(chat.say(group, ANN, "b"));
        chat.say(group, BOB, "c");
        chat.say(chat.group(ANN), ANN, "elsewhere");

        List<Long> counts = chat.store()
                .read(kept -> List.of(
                        kept.countAfter(group, 0),
                        kept.countAfter(group, 1),
                        kept.countAfter(group, 2),
                        kept.countAfter(group, 3),
                        kept.countAfter(group, 99)));

        assertEquals(List.of(2L, 1L, 1L, 0L, 0L), counts);
    }

    @Test
    default void aThreadHasTheAnswersBehindItsFirstMessageTheOldestFirst() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage first = chat.say(group, ANN, "first");
        ChatMessage other = chat.say(group, ANN, "other");
        ChatMessage a = chat.answer(first, BOB, "a");
        chat.answer(other, BOB, "of the other");
        ChatMessage b = chat.answer(a, ANN, "b");
        ChatMessage c = chat.answer(first, ANN, "c");
        ChatMessage d = chat.answer(b, BOB, "d");
        chat.delete(c);

        assertEquals(List.of(a, b), chat.store().read(kept -> kept.thread(first.id(), first.id(), 2)));
        assertEquals(List.of(d), chat.store().read(kept -> kept.thread(first.id(), b.id(), 2)));
        assertEquals(List.of(), chat.store().read(kept -> kept.thread(a.id(), a.id(), 2)));
    }

    @Test
    default void anAnswerToAMessageOfAnotherConversationIsRefused() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage elsewhere = chat.say(chat.group(ANN), ANN, "a");

        assertRefused(chat, group, message -> KeptChat.answerTo(elsewhere, message));
    }

    @Test
    default void anAnswerToAMessageThatThereIsNotIsRefused() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage never = chat.store().write(writer -> message(writer, group, ANN, "a"));

        assertRefused(chat, group, message -> KeptChat.answerTo(never, message));
    }

    @Test
    default void twoMessagesWithOneNumberAreRefused() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage first = chat.say(group, ANN, "a");

        assertRefused(chat, group, message -> renumbered(message, message.id(), first.sequence()));
        assertRefused(chat, group, message -> renumbered(message, first.id(), message.sequence()));
    }

    @Test
    default void theSameClientIdOfTheSameAuthorIsRefusedTheSecondTime() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage said = chat.sayAs(group, ANN, "c1");

        assertRefused(chat, group, message -> KeptChat.called("c1", message));

        assertEquals(Optional.of(said), chat.store().read(kept -> kept.saidAs(group, ANN, "c1")));
        assertEquals(Optional.empty(), chat.store().read(kept -> kept.saidAs(group, BOB, "c1")));
    }

    @Test
    default void theSameClientIdOfSomebodyElseOrElsewhereIsAnotherMessage() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        ConversationId other = chat.group(ANN);

        ChatMessage anns = chat.sayAs(group, ANN, "c1");
        ChatMessage bobs = chat.sayAs(group, BOB, "c1");
        ChatMessage capital = chat.sayAs(group, ANN, "C1");
        ChatMessage elsewhere = chat.sayAs(other, ANN, "c1");

        assertEquals(Optional.of(anns), chat.store().read(kept -> kept.saidAs(group, ANN, "c1")));
        assertEquals(Optional.of(bobs), chat.store().read(kept -> kept.saidAs(group, BOB, "c1")));
        assertEquals(Optional.of(capital), chat.store().read(kept -> kept.saidAs(group, ANN, "C1")));
        assertEquals(Optional.of(elsewhere), chat.store().read(kept -> kept.saidAs(other, ANN, "c1")));
    }

    @Test
    default void aMessageThatThereIsNotCannotBeChangedNorReactedTo() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage never = chat.store().write(writer -> message(writer, group, ANN, "a"));

        assertEquals(Optional.empty(), chat.store().read(kept -> kept.message(never.id())));
        assertThrows(StoreException.class, () -> chat.delete(never));
        assertThrows(StoreException.class, () -> chat.react(never, ANN, "👍"));
    }

    @Test
    default void reactionsAreCountedOncePerUserAndEmojiInTheOrderInWhichTheyCame() {
        var chat = new KeptChat(newStore());
        ChatMessage said = chat.say(chat.group(ANN, BOB, EVE), ANN, "a");

        assertTrue(chat.react(said, BOB, "🎉"));
        assertTrue(chat.react(said, ANN, "👍"));
        assertTrue(chat.react(said, EVE, "🎉"));
        assertFalse(chat.react(said, BOB, "🎉"));

        assertEquals(List.of(new Reactions("🎉", 2, false), new Reactions("👍", 1, true)), chat.reactions(said, ANN));
        assertEquals(List.of(new Reactions("🎉", 2, true), new Reactions("👍", 1, false)), chat.reactions(said, BOB));
    }

    @Test
    default void aReactionThatIsTakenBackDoesNotCountNorKeepItsPlace() {
        var chat = new KeptChat(newStore());
        ChatMessage said = chat.say(chat.group(ANN, BOB), ANN, "a");
        chat.react(said, ANN, "👍");
        chat.react(said, BOB, "🎉");
        chat.react(said, BOB, "👍");

        assertTrue(chat.unreact(said, ANN, "👍"));
        assertFalse(chat.unreact(said, ANN, "👍"));

        assertEquals(List.of(new Reactions("🎉", 1, false), new Reactions("👍", 1, false)), chat.reactions(said, ANN));
        chat.unreact(said, BOB, "🎉");
        assertEquals(List.of(new Reactions("👍", 1, false)), chat.reactions(said, ANN));
        assertTrue(chat.unreact(said, BOB, "👍"));
        assertEquals(List.of(), chat.reactions(said, ANN));
    }

    @Test
    default void reactionsAreToldApartToTheLetter() {
        var chat = new KeptChat(newStore());
        ChatMessage said = chat.say(chat.group(ANN), ANN, "a");

        chat.react(said, ANN, "\u2764");
        chat.react(said, ANN, "\u2764\uFE0F");
        chat.react(said, ANN, ":A:");
        chat.react(said, ANN, ":a:");

        assertEquals(
                List.of("\u2764", "\u2764\uFE0F", ":A:", ":a:"),
                chat.reactions(said, ANN).stream().map(Reactions::emoji).toList());
    }

    @Test
    default void reactionsOfSeveralMessagesAreToldAtOnceAndOnlyOfThoseThatHaveAny() {
        var chat = new KeptChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage first = chat.say(group, ANN, "a");
        ChatMessage second = chat.say(group, ANN, "b");
        ChatMessage third = chat.say(group, ANN, "c");
        chat.react(first, ANN, "👍");
        chat.react(third, BOB, "🎉");

        assertEquals(
                Map.of(
                        first.id(),
                        List.of(new Reactions("👍", 1, true)),
                        third.id(),
                        List.of(new Reactions("🎉", 1, false))),
                chat.store().read(kept -> kept.reactions(List.of(first.id(), second.id(), third.id()), ANN)));
        assertEquals(Map.of(), chat.store().read(kept -> kept.reactions(List.of(), ANN)));
    }

    private static ChatMessage full(ConversationWriter writer, ChatMessage answered) {
        ChatMessage plain = message(writer, answered.conversation(), ANN, "with everything");
        return new ChatMessage(
                plain.id(),
                plain.conversation(),
                plain.sequence(),
                ANN,
                "Ann \uD83D\uDE00",
                Optional.of("https://example.org/ann.png"),
                MessageKind.FILE,
                plain.content(),
                List.of(
                        new Attachment("https://example.org/1", "größe \"1\".pdf", "application/pdf", 5_000_000_000L),
                        new Attachment("https://example.org/0", "0.png", "image/png", 0),
                        new Attachment("https://example.org/1", "größe \"1\".pdf", "application/pdf", 5_000_000_000L)),
                Optional.of(answered.id()),
                Optional.of(answered.id()),
                NOON.plusNanos(1),
                Optional.of(NOON.plusNanos(2)),
                Optional.empty(),
                Optional.of("c/1 \uD83D\uDE00"),
                new Mentions(Set.of(BOB, EVE), true),
                Optional.of(new ForwardedFrom(new ChatMessageId(Integer.MAX_VALUE + 1L), "Eve \uD83D\uDE00")));
    }

    private static ChatMessage renumbered(ChatMessage message, ChatMessageId id, long sequence) {
        return new ChatMessage(
                id,
                message.conversation(),
                sequence,
                message.author(),
                message.authorName(),
                message.authorAvatar(),
                message.kind(),
                message.content(),
                message.attachments(),
                message.replyTo(),
                message.thread(),
                message.createdAt(),
                message.editedAt(),
                message.deletedAt(),
                message.clientId(),
                message.mentions(),
                message.forwardedFrom());
    }

    /** Sees that the next message of a conversation is refused when it was altered so, and nothing of it kept. */
    private static void assertRefused(KeptChat chat, ConversationId id, Function<ChatMessage, ChatMessage> altered) {
        List<Object> before = chat.everything();

        assertThrows(
                StoreException.class,
                () -> chat.store().write(writer -> append(writer, altered.apply(message(writer, id, ANN, "refused")))));

        assertEquals(before, chat.everything());
    }

    private static List<ChatMessage> before(KeptChat chat, ChatMessage message, int limit) {
        return chat.store().read(kept -> kept.messages(message.conversation(), Optional.of(message.id()), limit));
    }

    private static List<String> texts(List<ChatMessage> messages) {
        return messages.stream().map(ChatMessage::content).toList();
    }
}
