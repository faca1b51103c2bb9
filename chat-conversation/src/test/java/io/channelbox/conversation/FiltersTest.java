package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static io.channelbox.conversation.Chat.assertInvalid;
import static io.channelbox.conversation.Chat.assertNotAllowed;
import static io.channelbox.conversation.Chat.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.conversation.MessageFilter.Verdict;
import io.channelbox.message.PeerException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FiltersTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final ConversationId group = chat.group(ANN, BOB);

    @Test
    void aFilterPassesChangesOrRefusesWhatIsSaidAndEdited() {
        chat.filter = (author, conversation, content) -> switch (content) {
            case "damn" -> Verdict.changedTo("****");
            case "buy" -> Verdict.refused("no advertising");
            default -> Verdict.PASSED;
        };

        assertEquals("****", chat.say(BOB, group, "damn").content());
        PeerException refusal = assertThrows(PeerException.class, () -> chat.say(BOB, group, "buy"));
        ChatMessage passed = chat.say(BOB, group, "hello");

        assertEquals(Conversations.FILTERED, refusal.code());
        assertEquals("no advertising", refusal.text());
        assertRefused(Conversations.FILTERED, () -> conversations.edit(BOB, passed.id(), "buy"));
        assertEquals("****", conversations.edit(BOB, passed.id(), "damn").content());
        assertEquals(List.of("****", "****"), chat.texts(ANN, group));
    }

    @Test
    void severalFiltersSeeWhatTheOneBeforeHasMadeOfIt() {
        Conversations both = Conversations.in(new InMemoryConversationStore())
                .filter((author, conversation, content) -> Verdict.changedTo(content + "b"))
                .filter((author, conversation, content) -> Verdict.changedTo(content + "c"))
                .build();
        ConversationId here =
                both.createGroup(ANN, GroupDetails.named("Lunch"), List.of()).id();

        assertEquals("abc", both.send(ANN, here, MessageDraft.text("a")).content());
    }

    @Test
    void aFilterThatFailsLetsNothingPass() {
        chat.filter = (author, conversation, content) -> {
            throw new IllegalStateException("no dictionary");
        };

        assertRefused(PeerException.UNAVAILABLE, () -> chat.say(BOB, group, "a"));

        assertEquals(List.of(), chat.texts(ANN, group));
    }

    @Test
    void aFilterSeesNoTextThatIsTooLong() {
        ChatMessage said = chat.say(BOB, group, "a");
        chat.filter = (author, conversation, content) -> Verdict.refused("never");

        assertInvalid("content", () -> conversations.edit(BOB, said.id(), "a".repeat(10_001)));
    }

    @Test
    void whoMayNotSpeakIsToldSoAndNotWhatTheFilterThinks() {
        chat.filter = (author, conversation, content) -> Verdict.refused("never");

        assertNotAllowed(() -> chat.say(EVE, group, "a"));
    }

    @Test
    void whatWasSaidAlreadyIsNotJudgedAgain() {
        ChatMessage said = conversations.send(BOB, group, MessageDraft.text("a").called("c1"));
        chat.filter = (author, conversation, content) -> Verdict.refused("never");

        assertEquals(said, conversations.send(BOB, group, MessageDraft.text("a").called("c1")));
    }

    @Test
    void whoIsMutedOrAGroupThatIsFrozenWhileTheFilterWorksIsNotHeard() {
        chat.filter = (author, conversation, content) -> {
            chat.moderation.freeze(ANN, conversation, "");
            return Verdict.PASSED;
        };

        assertRefused(Conversations.FROZEN, () -> chat.say(BOB, group, "in flight"));

        assertEquals(List.of(), chat.texts(ANN, group));
    }

    @Test
    void whatIsForwardedIsJudgedWhereItComesTo() {
        ConversationId elsewhere = chat.group(BOB);
        ChatMessage said = chat.say(ANN, group, "damn");
        chat.filter = (author, conversation, content) ->
                conversation.equals(elsewhere) ? Verdict.changedTo("****") : Verdict.PASSED;

        assertEquals(
                "****",
                conversations
                        .forward(BOB, said.id(), elsewhere, Optional.empty())
                        .content());
    }
}
