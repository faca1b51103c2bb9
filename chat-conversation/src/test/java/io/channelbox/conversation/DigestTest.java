package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DigestTest {

    private final Chat chat = new Chat();
    private final Conversations conversations = chat.conversations;
    private final ConversationId lunch = chat.group(ANN, BOB, EVE);
    private final ConversationId dinner = chat.group(ANN, BOB);
    private final Instant before = chat.now();

    DigestTest() {
        chat.aSecondPasses();
    }

    @Test
    void itHasWhatWasMissedTheLatestConversationFirst() {
        IntStream.range(0, 5).forEach(i -> chat.say(ANN, lunch, "a" + i));
        chat.aSecondPasses();
        chat.say(ANN, dinner, "@bob");

        List<DigestEntry> digest = digest();

        assertEquals(List.of(List.of("@bob"), List.of("a2", "a3", "a4")), texts(digest));
        assertEquals(1, digest.get(0).summary().mentions());
        assertEquals(5, digest.get(1).summary().unread());
    }

    @Test
    void itHasNothingThatWasReadOrIsOlder() {
        chat.say(ANN, lunch, "read");
        conversations.read(BOB, lunch);
        chat.say(ANN, dinner, "old");
        Instant since = chat.now();

        assertEquals(List.of(List.of("old")), texts(digest()));
        assertEquals(List.of(), conversations.digest(BOB, since, 10));
    }

    @Test
    void itHasNothingOfWhomOneHasBlocked() {
        chat.say(ANN, dinner, "a");
        chat.say(EVE, lunch, "b");
        chat.say(ANN, lunch, "c");
        conversations.block(BOB, EVE);
        chat.aSecondPasses();

        assertEquals(List.of(List.of("c"), List.of("a")), sorted(texts(digest())));
    }

    @Test
    void itCountsNothingOfWhomOneHasBlocked() {
        chat.say(EVE, lunch, "@bob b");
        chat.say(ANN, lunch, "@bob c");
        chat.say(EVE, lunch, "d");
        conversations.block(BOB, EVE);
        chat.aSecondPasses();

        ConversationSummary summary = digest().get(0).summary();

        assertEquals(1, summary.unread());
        assertEquals(1, summary.mentions());
    }

    @Test
    void ofAMutedConversationItHasWhatNamesTheUser() {
        conversations.settings().mute(BOB, lunch);
        conversations.settings().mute(BOB, dinner);
        chat.say(ANN, lunch, "@bob");
        chat.say(ANN, lunch, "and so on");
        chat.say(ANN, dinner, "@everyone");

        assertEquals(List.of(List.of("@bob")), texts(digest()));
    }

    @Test
    void ofAMutedConversationItHasWhatNamesTheUserAlsoWhenMuchWasSaidSince() {
        conversations.settings().mute(BOB, lunch);
        chat.say(ANN, lunch, "@bob");
        IntStream.range(0, 120).forEach(i -> chat.say(ANN, lunch, "and so on"));

        assertEquals(List.of(List.of("@bob")), texts(digest()));
    }

    @Test
    void itHasAsManyConversationsAsWereAskedFor() {
        for (int i = 0; i < 120; i++) {
            chat.say(ANN, chat.group(ANN, BOB), "a");
        }

        assertEquals(110, conversations.digest(BOB, before, 110).size());
        assertEquals(120, conversations.digest(BOB, before, 200).size());
    }

    private List<DigestEntry> digest() {
        return conversations.digest(BOB, before, 10);
    }

    private static List<List<String>> texts(List<DigestEntry> digest) {
        return digest.stream()
                .map(entry -> entry.newest().stream().map(ChatMessage::content).toList())
                .toList();
    }

    private static List<List<String>> sorted(List<List<String>> texts) {
        return texts.stream()
                .sorted((one, other) -> other.get(0).compareTo(one.get(0)))
                .toList();
    }
}
