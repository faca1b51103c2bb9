package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.NO_MESSAGE;
import static io.channelbox.conversation.Chat.assertInvalid;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForwardingTest {

    private static final Attachment PICTURE = new Attachment("https://example.org/1", "1.png", "image/png", 9);

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final ConversationId source = chat.group(ANN, BOB);
    private final ConversationId target = chat.group(BOB, EVE);

    @Test
    void whatWasSaidIsSaidAgainElsewhereWithItsAttachmentsAndItsAuthorsName() {
        ChatMessage said = conversations.send(ANN, source, MessageDraft.of(MessageKind.IMAGE, PICTURE));

        ChatMessage forwarded = forward(said);

        assertEquals(target, forwarded.conversation());
        assertEquals(BOB, forwarded.author());
        assertEquals(MessageKind.IMAGE, forwarded.kind());
        assertEquals(List.of(PICTURE), forwarded.attachments());
        assertEquals(Optional.of(new ForwardedFrom(said.id(), "The ann")), forwarded.forwardedFrom());
        assertEquals(
                List.of(forwarded),
                conversations.messages(EVE, target, Optional.empty(), 9).messages());
        assertEquals(1, conversations.unread(EVE, target));
    }

    @Test
    void whatIsForwardedOnNamesTheOriginal() {
        ChatMessage said = chat.say(ANN, source, "a");
        ConversationId next = chat.group(EVE);

        ChatMessage again = conversations.forward(EVE, forward(said).id(), next, Optional.empty());

        assertEquals(Optional.of(new ForwardedFrom(said.id(), "The ann")), again.forwardedFrom());
    }

    @Test
    void whoCannotReadTheOriginalOrSpeakThereForwardsNothing() {
        ChatMessage said = chat.say(ANN, source, "a");

        assertNotAllowed(() -> conversations.forward(EVE, said.id(), target, Optional.empty()));
        assertNotAllowed(() -> conversations.forward(ANN, said.id(), target, Optional.empty()));
        assertNotAllowed(() -> conversations.forward(BOB, NO_MESSAGE, target, Optional.empty()));
        conversations.archive(BOB, target);
        assertRefused(Conversations.ARCHIVED, () -> forward(said));
    }

    @Test
    void whatWasDeletedIsNotForwarded() {
        ChatMessage said = chat.say(ANN, source, "a");
        conversations.delete(ANN, said.id());

        assertNotAllowed(() -> forward(said));
    }

    @Test
    void whatTheApplicationSaidIsNotForwarded() {
        ChatMessage said = conversations.announce(source, Profile.of(ANN, "Ann"), "a");

        assertInvalid("message", () -> forward(said));
    }

    @Test
    void itMentionsNobodyThereAndTheOriginalsEditsDoNotReachIt() {
        ChatMessage said = chat.say(ANN, source, "@eve");
        ChatMessage forwarded = forward(said);
        conversations.edit(ANN, said.id(), "b");

        assertEquals(Mentions.NONE, forwarded.mentions());
        assertEquals(List.of("@eve"), chat.texts(EVE, target));
    }

    @Test
    void nobodyEditsWhatAnotherHasSaid() {
        ChatMessage forwarded = forward(chat.say(ANN, source, "a"));

        assertNotAllowed(() -> conversations.edit(BOB, forwarded.id(), "b"));
        conversations.delete(BOB, forwarded.id());
    }

    @Test
    void theSameClientIdForwardsOnce() {
        ChatMessage said = chat.say(ANN, source, "a");

        ChatMessage first = conversations.forward(BOB, said.id(), target, Optional.of("c1"));
        conversations.delete(ANN, said.id());
        ChatMessage second = conversations.forward(BOB, said.id(), target, Optional.of("c1"));

        assertEquals(first, second);
        assertEquals(1, conversations.unread(EVE, target));
    }

    @Test
    void aClientIdThatCannotBeOneIsRefusedAndSpacesAroundItAreNone() {
        ChatMessage said = chat.say(ANN, source, "a");

        assertInvalid("client_id", () -> conversations.forward(BOB, said.id(), target, Optional.of("a\0b")));
        ChatMessage first = conversations.forward(BOB, said.id(), target, Optional.of("c1"));
        assertEquals(first, conversations.forward(BOB, said.id(), target, Optional.of(" c1 ")));
    }

    private ChatMessage forward(ChatMessage said) {
        return conversations.forward(BOB, said.id(), target, Optional.empty());
    }
}
