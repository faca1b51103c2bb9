package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.assertInvalid;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from outside is refused with the place of the mistake. */
class DraftsTest {

    private static final Attachment PICTURE = new Attachment("https://example.org/1", "1.png", "image/png", 9);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n\t",
                "\u00A0\u200B\uFEFF",
                "a\u0000",
                "a\u0007",
                "a\u0085",
                "broken \uD83D",
                "\uDE00 broken"
            })
    void aTextThatIsEmptyOrBrokenIsRefused(String content) {
        assertInvalid("content", () -> MessageDraft.text(content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\n\tb", " a ", "\uD83D\uDE00", "\u202Ea", "<b>a</b>"})
    void everyOtherTextIsTakenAsItIs(String content) {
        assertEquals(content, MessageDraft.text(content).content());
    }

    @Test
    void aTextHasAtMostTenThousandCharacters() {
        MessageDraft.text("a".repeat(10_000));

        assertInvalid("content", () -> MessageDraft.text("a".repeat(10_001)));
    }

    @Test
    void attachmentsGoWithPicturesAndFilesOnly() {
        assertInvalid("attachments", draft(MessageKind.TEXT, "a", List.of(PICTURE)));
        assertInvalid("attachments", draft(MessageKind.SYSTEM, "a", List.of(PICTURE)));
        assertInvalid("attachments", draft(MessageKind.IMAGE, "a", List.of()));
        assertInvalid("attachments", draft(MessageKind.FILE, "a", List.of()));
        assertInvalid("attachments", draft(MessageKind.FILE, "a", Collections.nCopies(11, PICTURE)));
    }

    @Test
    void whatIsAttachedNeedsNoWordsAndTheWordsThereAreKeepTheirRules() {
        assertEquals("", MessageDraft.of(MessageKind.IMAGE, PICTURE).content());
        assertInvalid("content", draft(MessageKind.FILE, "\u0000", List.of(PICTURE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\tb", "a\u2028b", "a\u2029b", "\uD83D"})
    void aClientIdIsOneLine(String id) {
        assertInvalid("client_id", () -> MessageDraft.text("a").called(id));
    }

    @Test
    void aClientIdHasAtMostAHundredCharacters() {
        MessageDraft.text("a").called("c".repeat(100));

        assertInvalid("client_id", () -> MessageDraft.text("a").called("c".repeat(101)));
    }

    @Test
    void anAttachmentSaysWhereItIsWhatItIsCalledOfWhichTypeAndHowLarge() {
        assertInvalid("url", () -> new Attachment(" ", "1.png", "image/png", 9));
        assertInvalid("url", () -> new Attachment("u".repeat(2_001), "1.png", "image/png", 9));
        assertInvalid("name", () -> new Attachment("https://example.org/1", "", "image/png", 9));
        assertInvalid("name", () -> new Attachment("https://example.org/1", "n".repeat(256), "image/png", 9));
        assertInvalid("content_type", () -> new Attachment("https://example.org/1", "1.png", "a\nb", 9));
        assertInvalid("size", () -> new Attachment("https://example.org/1", "1.png", "image/png", -1));
    }

    @Test
    void theDetailsOfAGroupAreRefusedWithTheirPlaces() {
        GroupDetails lunch = GroupDetails.named("Lunch");

        assertInvalid("name", () -> GroupDetails.named(" "));
        assertInvalid("name", () -> GroupDetails.named("n".repeat(101)));
        assertInvalid("name", () -> GroupDetails.named("two\nlines"));
        assertInvalid("description", () -> lunch.describedAs("d".repeat(1_001)));
        assertInvalid("avatar", () -> lunch.withAvatar("u".repeat(2_001)));
        assertInvalid("category", () -> lunch.in(""));
        assertInvalid("category", () -> lunch.in("c".repeat(101)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "123456789012345678901234567890123", "\uD83D"})
    void aReactionIsOneShortLine(String emoji) {
        var chat = new Chat();
        ChatMessage said = chat.say(ANN, chat.group(ANN, BOB), "a");

        assertInvalid("emoji", () -> chat.conversations.react(BOB, said.id(), emoji));
        assertInvalid("emoji", () -> chat.conversations.unreact(BOB, said.id(), emoji));
    }

    private static Executable draft(MessageKind kind, String content, List<Attachment> attachments) {
        return () -> new MessageDraft(kind, content, attachments, Optional.empty(), Optional.empty());
    }

    @Test
    void whatIsAttachedIsOfTheWebOrTheApplication() {
        for (String url :
                List.of("https://example.org/a?b=c:d", "HTTP://example.org", "/uploads/1:2", "a.png", "?id=1")) {
            assertEquals(url, new Attachment(url, "a", "image/png", 1).url());
        }
        for (String url : List.of("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd")) {
            assertInvalid("url", () -> new Attachment(url, "a", "image/png", 1));
            assertInvalid("avatar", () -> GroupDetails.named("Lunch").withAvatar(url));
        }
    }

    @Test
    void aNameThatReadsLikeAnotherIsRefused() {
        assertInvalid("name", () -> GroupDetails.named("\u202Egnp.exe"));
        assertInvalid("name", () -> new Attachment("/1", "\u2067gnp.exe", "image/png", 1));
    }

    @Test
    void anInvitationEndsBeforeWhatCanBeKept() {
        assertInvalid("ends_at", () -> InvitationTerms.UNLIMITED.until(Instant.MAX));
    }
}
