package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.NOBODY;
import static io.channelbox.conversation.Chat.NO_CONVERSATION;
import static io.channelbox.conversation.Chat.NO_MESSAGE;
import static io.channelbox.conversation.Chat.assertInvalid;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpeechTest {

    private static final Attachment PICTURE = new Attachment("https://example.org/1", "1.png", "image/png", 9);

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final ConversationId group = chat.group(ANN, BOB);

    @Test
    void whatIsSaidHasTheNextNumberItsAuthorsNameAndTheTime() {
        chat.say(ANN, group, "a");
        chat.aSecondPasses();

        ChatMessage second =
                conversations.send(BOB, group, MessageDraft.text("b").called("c1"));

        assertEquals(2, second.sequence());
        assertEquals("The bob", second.authorName());
        assertEquals(Optional.of("https://example.org/bob"), second.authorAvatar());
        assertEquals(MessageKind.TEXT, second.kind());
        assertEquals(chat.now(), second.createdAt());
        assertEquals(Optional.of("c1"), second.clientId());
        assertEquals(chat.now(), conversations.conversation(ANN, group).lastMessageAt());
        assertEquals(2, conversations.conversation(ANN, group).lastSequence());
    }

    @Test
    void whoDoesNotExistAnyMoreSaysNothing() {
        assertNotAllowed(() -> chat.say(NOBODY, group, "a"));
    }

    @Test
    void aVoiceIsAskedForAsIfSomethingWereSaidButForSlowMode() {
        ConversationId direct = conversations.openDirect(ANN, BOB).id();
        assertEquals(BOB, conversations.requireVoice(BOB, group).user());
        chat.moderation.slowTo(ANN, group, Duration.ofMinutes(1), "");
        chat.say(BOB, group, "a");
        conversations.requireVoice(BOB, group);

        chat.moderation.freeze(ANN, group, "");
        conversations.block(ANN, BOB);

        assertRefused(Conversations.FROZEN, () -> conversations.requireVoice(BOB, group));
        conversations.requireVoice(ANN, group);
        assertNotAllowed(() -> conversations.requireVoice(BOB, direct));
        assertNotAllowed(() -> conversations.requireVoice(ANN, direct));
        conversations.archive(ANN, group);
        assertRefused(Conversations.ARCHIVED, () -> conversations.requireVoice(ANN, group));
    }

    @Test
    void nobodyPassesForTheApplication() {
        var system = new MessageDraft(MessageKind.SYSTEM, "a", List.of(), Optional.empty(), Optional.empty());

        assertInvalid("kind", () -> conversations.send(ANN, group, system));
    }

    @Test
    void theApplicationSpeaksWhereverItIsNotInAlsoWhereNobodyMay() {
        conversations.archive(ANN, group);

        ChatMessage said = conversations.announce(group, Profile.of(EVE, "Eve"), "a");

        assertEquals(MessageKind.SYSTEM, said.kind());
        assertEquals("Eve", said.authorName());
        assertEquals(1, conversations.unread(ANN, group));
        assertNotAllowed(() -> conversations.announce(NO_CONVERSATION, Profile.of(EVE, "Eve"), "a"));
    }

    @Test
    void whatTheApplicationSaidIsNotEditedByWhoeverItWasSaidFor() {
        ChatMessage said = conversations.announce(group, Profile.of(ANN, "Ann"), "a");

        assertNotAllowed(() -> conversations.edit(ANN, said.id(), "b"));
    }

    @Test
    void theSameClientIdIsSaidOnceAndAnsweredAsItWasKept() {
        ChatMessage said = conversations.send(ANN, group, MessageDraft.text("a").called("c1"));
        chat.aSecondPasses();

        ChatMessage again =
                conversations.send(ANN, group, MessageDraft.text("b").called("c1"));

        assertEquals(said, again);
        assertEquals(List.of("a"), chat.texts(BOB, group));
        assertEquals(1, conversations.unread(BOB, group));
    }

    @Test
    void theSameClientIdIsAnsweredAlsoToWhoCouldNotSayItNow() {
        ChatMessage said = conversations.send(BOB, group, MessageDraft.text("a").called("c1"));
        conversations.mute(ANN, group, BOB);
        conversations.archive(ANN, group);

        assertEquals(said, conversations.send(BOB, group, MessageDraft.text("a").called("c1")));
    }

    @Test
    void theSameClientIdOfSomebodyElseOrElsewhereIsSomethingElse() {
        ConversationId other = chat.group(ANN);
        ChatMessage said = conversations.send(ANN, group, MessageDraft.text("a").called("c1"));

        ChatMessage bobs = conversations.send(BOB, group, MessageDraft.text("b").called("c1"));
        ChatMessage elsewhere =
                conversations.send(ANN, other, MessageDraft.text("c").called("c1"));

        assertNotEquals(said.id(), bobs.id());
        assertNotEquals(said.id(), elsewhere.id());
    }

    @Test
    void anAnswerBelongsToTheThreadOfWhatItAnswers() {
        ChatMessage first = chat.say(ANN, group, "first");

        ChatMessage answer = chat.answer(BOB, first, "a");
        ChatMessage toTheAnswer = chat.answer(ANN, answer, "b");

        assertEquals(Optional.of(first.id()), answer.replyTo());
        assertEquals(Optional.of(first.id()), answer.thread());
        assertEquals(Optional.of(answer.id()), toTheAnswer.replyTo());
        assertEquals(Optional.of(first.id()), toTheAnswer.thread());
        assertEquals(Optional.empty(), first.thread());
    }

    @Test
    void whatIsElsewhereDeletedOrNotThereIsNotAnswered() {
        ChatMessage elsewhere = chat.say(ANN, chat.group(ANN), "a");
        ChatMessage deleted = chat.say(ANN, group, "a");
        conversations.delete(ANN, deleted.id());

        for (ChatMessageId target : List.of(elsewhere.id(), deleted.id(), NO_MESSAGE)) {
            assertInvalid(
                    "reply_to",
                    () -> conversations.send(ANN, group, MessageDraft.text("b").inReplyTo(target)));
        }
        assertEquals(List.of(), chat.texts(ANN, group));
    }

    @Test
    void whatIsEditedHasTheNewTextAndATimeAndStaysWhereItWas() {
        ChatMessage said = chat.say(ANN, group, "a");
        chat.say(BOB, group, "b");
        chat.aSecondPasses();

        ChatMessage edited = conversations.edit(ANN, said.id(), "A");

        assertEquals("A", edited.content());
        assertEquals(Optional.of(chat.now()), edited.editedAt());
        assertEquals(said.createdAt(), edited.createdAt());
        assertEquals(List.of("A", "b"), chat.texts(BOB, group));
        assertEquals(said.createdAt(), conversations.conversation(ANN, group).lastMessageAt());
    }

    @Test
    void anEditThatSaysTheSameIsNone() {
        ChatMessage said = chat.say(ANN, group, "a");
        chat.aSecondPasses();

        assertEquals(said, conversations.edit(ANN, said.id(), "a"));
    }

    @Test
    void theWordsOfAPictureMayGoAndThoseOfATextMayNot() {
        ChatMessage text = chat.say(ANN, group, "a");
        ChatMessage picture = conversations.send(
                ANN,
                group,
                new MessageDraft(MessageKind.IMAGE, "words", List.of(PICTURE), Optional.empty(), Optional.empty()));

        ChatMessage silent = conversations.edit(ANN, picture.id(), " ");

        assertEquals("", silent.content());
        assertEquals(List.of(PICTURE), silent.attachments());
        assertInvalid("content", () -> conversations.edit(ANN, text.id(), " "));
        assertInvalid("content", () -> conversations.edit(ANN, text.id(), "\uD83D"));
    }

    @Test
    void onlyTheAuthorEditsAndNobodyWhatIsDeleted() {
        ChatMessage said = chat.say(BOB, group, "a");
        assertNotAllowed(() -> conversations.edit(ANN, said.id(), "b"));

        conversations.delete(BOB, said.id());

        assertNotAllowed(() -> conversations.edit(BOB, said.id(), "b"));
        assertNotAllowed(() -> conversations.delete(BOB, said.id()));
        assertNotAllowed(() -> conversations.react(BOB, said.id(), "👍"));
    }

    @Test
    void whatIsDeletedKeepsItsPlaceAndAuthorAndNeitherTextNorAttachments() {
        ChatMessage said = conversations.send(
                ANN, group, MessageDraft.of(MessageKind.IMAGE, PICTURE).called("c1"));
        chat.aSecondPasses();

        ChatMessage tombstone = conversations.delete(ANN, said.id());

        assertTrue(tombstone.isDeleted());
        assertEquals(Optional.of(chat.now()), tombstone.deletedAt());
        assertEquals("", tombstone.content());
        assertEquals(List.of(), tombstone.attachments());
        assertEquals(said.sequence(), tombstone.sequence());
        assertEquals(ANN, tombstone.author());
        assertEquals(Optional.of(tombstone), chat.store.read(kept -> kept.message(said.id())));
        assertEquals(
                tombstone,
                conversations.send(
                        ANN, group, MessageDraft.of(MessageKind.IMAGE, PICTURE).called("c1")));
        assertEquals(List.of(), chat.texts(ANN, group));
        assertEquals(2, chat.say(BOB, group, "b").sequence());
    }

    @Test
    void adminsTakeBackWhatAnybodySaid() {
        ConversationId other = chat.group(ANN, BOB, EVE);
        conversations.appoint(ANN, other, BOB, Role.ADMIN);
        ChatMessage anns = chat.say(ANN, other, "a");
        ChatMessage eves = chat.say(EVE, other, "b");

        assertNotAllowed(() -> conversations.delete(EVE, anns.id()));
        conversations.delete(BOB, anns.id());
        conversations.delete(BOB, eves.id());

        assertEquals(List.of(), chat.texts(ANN, other));
    }

    @Test
    void whenSomethingWasLastSaidNeverGoesBackWithTheClock() {
        Conversation before = chat.conversations.conversation(ANN, group);
        chat.say(ANN, group, "a");
        Conversation after = chat.conversations
                .conversation(ANN, group)
                .after(2, before.lastMessageAt().minusSeconds(60));

        assertEquals(chat.conversations.conversation(ANN, group).lastMessageAt(), after.lastMessageAt());
    }

    @Test
    void whatWasAttachedToADeletedMessageIsTold() {
        var attachment = new Attachment("/uploads/1", "a.png", "image/png", 1);
        ChatMessage said = chat.conversations.send(ANN, group, MessageDraft.of(MessageKind.IMAGE, attachment));

        ChatMessage deleted = chat.conversations.delete(ANN, said.id());

        assertEquals(
                new ConversationEvent.MessageDeleted(deleted, List.of(attachment), ANN),
                chat.told.get(chat.told.size() - 1));
    }
}
