package io.channelbox.conversation;

import static io.channelbox.conversation.Chat.ANN;
import static io.channelbox.conversation.Chat.BOB;
import static io.channelbox.conversation.Chat.EVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SearchTest {

    private final Chat chat = new Chat();

    @Test
    void whatASearchEngineProposesIsShownOnlyWhereItMatchesAndTheUserMayReadIt() {
        ConversationId group = chat.group(ANN, BOB);
        chat.say(ANN, group, "noon");
        chat.say(ANN, group, "midnight");
        chat.say(EVE, chat.group(EVE), "noon of others");
        ChatMessage deleted = chat.say(ANN, group, "noon, deleted");
        chat.conversations.delete(ANN, deleted.id());
        chat.say(BOB, group, "NOON");
        Conversations searched = with((user, query, before, limit) -> down(before.isPresent() ? 0 : 100));

        SearchPage page = searched.search(ANN, SearchQuery.of("noon"), Optional.empty(), 10);

        assertEquals(List.of("NOON", "noon"), contents(page));
    }

    @Test
    void aSearchThatIsProposedTooManyInVainSaysWhereToGoOn() {
        ConversationId group = chat.group(ANN);
        ChatMessage wanted = chat.say(ANN, group, "noon");
        Conversations searched = with((user, query, before, limit) ->
                down(before.map(ChatMessageId::value).orElse(10_001L) - 1).stream()
                        .limit(limit)
                        .toList());

        SearchPage first = searched.search(ANN, SearchQuery.of("noon"), Optional.empty(), 99);
        assertEquals(List.of(), first.hits());
        assertEquals(Optional.of(new ChatMessageId(8_001)), first.next());

        var justBehind = new ChatMessageId(wanted.id().value() + 1_000);
        assertEquals(
                List.of("noon"), contents(searched.search(ANN, SearchQuery.of("noon"), Optional.of(justBehind), 1)));
    }

    @Test
    void whatCannotBeIsRefused() {
        Chat.assertInvalid("text", () -> SearchQuery.of("?!"));
        Chat.assertInvalid("limit", () -> chat.conversations.search(ANN, SearchQuery.of("noon"), Optional.empty(), 0));
        Chat.assertNotAllowed(
                () -> chat.conversations.search(ANN, SearchQuery.of("noon").in(chat.group(BOB)), Optional.empty(), 10));
        assertThrows(IllegalArgumentException.class, () -> new Highlight(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Highlight(-1, 1));
    }

    private Conversations with(MessageSearch engine) {
        return Conversations.in(chat.store).search(engine).build();
    }

    /** Returns the ids from this one down to 1. */
    private static List<ChatMessageId> down(long from) {
        return LongStream.rangeClosed(1, from)
                .mapToObj(ChatMessageId::new)
                .sorted(Collections.reverseOrder())
                .toList();
    }

    private static List<String> contents(SearchPage page) {
        return page.hits().stream().map(hit -> hit.message().content()).toList();
    }
}
