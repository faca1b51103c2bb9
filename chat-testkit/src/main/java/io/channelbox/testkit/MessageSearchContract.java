package io.channelbox.testkit;

import static io.channelbox.testkit.KeptChat.ANN;
import static io.channelbox.testkit.KeptChat.BOB;
import static io.channelbox.testkit.KeptChat.EVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Profile;
import io.channelbox.conversation.SearchPage;
import io.channelbox.conversation.SearchQuery;
import io.channelbox.message.PeerException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is found in every {@link ConversationStore}, by whom, and what not. */
public interface MessageSearchContract {

    /** Returns a store that holds nothing. */
    ConversationStore newStore();

    @Test
    default void allWordsHaveToBeThereInAnyOrder() {
        var chat = new SearchedChat(newStore());
        chat.sayAll(ANN, chat.group(ANN), "lunch at noon", "noon, then lunch", "lunch at one");

        assertEquals(List.of("noon, then lunch", "lunch at noon"), chat.found(ANN, "lunch noon"));
        assertEquals(List.of("noon, then lunch", "lunch at noon"), chat.found(ANN, "\u3000lunch\u00a0 noon\u3000"));
    }

    @Test
    default void threeCharactersAreFoundWithinWords() {
        var chat = new SearchedChat(newStore());
        chat.sayAll(ANN, chat.group(ANN), "Hamburger", "burg", "bug", "bu");

        assertEquals(List.of("burg", "Hamburger"), chat.found(ANN, "bur"));
        assertEquals(List.of("Hamburger"), chat.found(ANN, "burger"));
    }

    @Test
    default void fewerCharactersAreTheBeginningOfAWordWhenTheyComeLastAndElseAWord() {
        var chat = new SearchedChat(newStore());
        chat.sayAll(ANN, chat.group(ANN), "so good", "sofa good", "also good");

        assertEquals(List.of("sofa good", "so good"), chat.found(ANN, "so"));
        assertEquals(List.of("sofa good", "so good"), chat.found(ANN, "good s"));
        assertEquals(List.of("so good"), chat.found(ANN, "so good"));
        assertEquals(List.of("sofa good", "so good"), chat.found(ANN, "so* good"));
    }

    @Test
    default void aStarIsForBeginningsOfWordsOnly() {
        var chat = new SearchedChat(newStore());
        chat.sayAll(ANN, chat.group(ANN), "art", "artist", "party");

        assertEquals(List.of("party", "artist", "art"), chat.found(ANN, "art"));
        assertEquals(List.of("artist", "art"), chat.found(ANN, "art*"));
    }

    @Test
    default void whatIsInQuotesIsFoundAsWholeWordsOneBehindTheOther() {
        var chat = new SearchedChat(newStore());
        chat.sayAll(ANN, chat.group(ANN), "the art of it", "The Art, of course", "of the art", "the arts of", "party");

        assertEquals(List.of("The Art, of course", "the art of it"), chat.found(ANN, "\"the art of\""));
        assertEquals(List.of("of the art", "The Art, of course", "the art of it"), chat.found(ANN, "\"art\""));
        assertEquals(
                List.of("the arts of", "of the art", "The Art, of course", "the art of it"),
                chat.found(ANN, "\"the ar\"*"));
        assertEquals(List.of("the art of it"), chat.found(ANN, "“the art” \"of it"));
    }

    @Test
    default void signsBetweenWordsMakeNoDifference() {
        var chat = new SearchedChat(newStore());
        chat.sayAll(ANN, chat.group(ANN), "my e-mail", "my E Mail", "like mail", "mail me, e.g. now", "don’t");

        assertEquals(List.of("my E Mail", "my e-mail"), chat.found(ANN, "e-mail"));
        assertEquals(List.of("don’t"), chat.found(ANN, "don't"));
    }

    @Test
    default void capitalsAndAccentsMakeNoDifference() {
        var chat = new SearchedChat(newStore());
        List<String> said = List.of("Café", "CAFE", "cafe\u0301", "ＣＡＦＥ");
        said.forEach(content -> chat.say(ANN, chat.group(ANN), content));

        for (String text : said) {
            assertEquals(4, chat.found(ANN, text).size(), text);
        }
        assertEquals(
                List.of("CAFE"),
                chat.found(ANN, "cafe").stream().skip(2).limit(1).toList());
    }

    @Test
    default void lettersThatAreWrittenDifferentlyAreTheSame() {
        var chat = new SearchedChat(newStore());
        chat.sayAll(ANN, chat.group(ANN), "Straße", "ΟΔΟΣ", "İstanbul", "ﬁnd", "Ёлка");

        assertEquals(List.of("Straße"), chat.found(ANN, "strasse"));
        assertEquals(List.of("ΟΔΟΣ"), chat.found(ANN, "οδός"));
        assertEquals(List.of("İstanbul"), chat.found(ANN, "istanbul"));
        assertEquals(List.of("ﬁnd"), chat.found(ANN, "find"));
        assertEquals(List.of("Ёлка"), chat.found(ANN, "елка"));
    }

    @Test
    default void eachCharacterOfAScriptWithoutSpacesIsFound() {
        var chat = new SearchedChat(newStore());
        chat.sayAll(ANN, chat.group(ANN), "東京都に住む", "京都へ行く", "コーヒー", "ｶﾞｰﾃﾞﾝ", "สวัสดี", "한국어");

        assertEquals(List.of("京都へ行く", "東京都に住む"), chat.found(ANN, "京"));
        assertEquals(List.of("京都へ行く", "東京都に住む"), chat.found(ANN, "京都"));
        assertEquals(List.of("東京都に住む"), chat.found(ANN, "東京都"));
        assertEquals(List.of("東京都に住む"), chat.found(ANN, "\"京都に\""));
        assertEquals(List.of(), chat.found(ANN, "都京"));
        assertEquals(List.of("コーヒー"), chat.found(ANN, "ーヒ"));
        assertEquals(List.of("ｶﾞｰﾃﾞﾝ"), chat.found(ANN, "ガーデン"));
        assertEquals(List.of("สวัสดี"), chat.found(ANN, "สวั"));
        assertEquals(List.of("한국어"), chat.found(ANN, "한국"));
        assertEquals(List.of("𠮷野家"), foundAlone("𠮷野家", "𠮷"));
    }

    private List<String> foundAlone(String content, String text) {
        var chat = new SearchedChat(newStore());
        chat.say(ANN, chat.group(ANN), content);
        return chat.found(ANN, text);
    }

    @Test
    default void emojiAreFoundAndSeparateWords() {
        var chat = new SearchedChat(newStore());
        chat.sayAll(ANN, chat.group(ANN), "go👍now", "👍👍", "❤️", "👩‍💻", "🎉");

        assertEquals(List.of("👍👍", "go👍now"), chat.found(ANN, "👍"));
        assertEquals(List.of("👍👍"), chat.found(ANN, "👍👍"));
        assertEquals(List.of("go👍now"), chat.found(ANN, "go now"));
        assertEquals(List.of("❤️"), chat.found(ANN, "❤"));
        assertEquals(List.of("👩‍💻"), chat.found(ANN, "👩‍💻"));
    }

    @Test
    default void theLanguageOfDatabasesMeansNothing() {
        var chat = new SearchedChat(newStore());
        ConversationId group = chat.group(ANN);
        chat.sayAll(ANN, group, "a near b", "all or nothing", "100% not_me");

        for (String sign : List.of(
                "'", "*", "-", ":", "^", "(", ")", "&", "|", "!", "%", "_", "\\", "{", "}", ",", "$", "?", ";", "--",
                "\u00ad", "\u200b")) {
            assertEquals(List.of("a near b"), chat.found(ANN, sign + "near" + sign), sign);
            assertEquals(List.of("a near b"), chat.found(ANN, "near " + sign), sign);
        }
        assertEquals(List.of("all or nothing"), chat.found(ANN, "all OR nothing"));
        assertEquals(List.of("a near b"), chat.found(ANN, "NEAR (a b)"));
        assertEquals(List.of(), chat.found(ANN, "near NOT a"));
        assertEquals(List.of(), chat.found(ANN, "c" + group));
        assertEquals(List.of(), chat.found(ANN, "tokens:near"));
        assertEquals(List.of("100% not_me"), chat.found(ANN, "not_me"));
    }

    @Test
    default void whatNothingCanBeFoundByIsRefused() {
        var chat = new SearchedChat(newStore());

        for (String text : List.of("", "  ", "\"", "*", "\"\"", "-:^", "a\0b", "\uD83D", "\u0301", "a".repeat(201))) {
            PeerException refusal = assertThrows(PeerException.class, () -> chat.found(ANN, text), text);
            assertEquals(PeerException.INVALID, refusal.code());
            assertEquals("text", refusal.problems().get(0).path());
        }
        assertEquals(List.of(), chat.found(ANN, "a".repeat(200)));
    }

    @Test
    default void theUsersOwnConversationsAreSearchedTogetherOrOneAlone() {
        var chat = new SearchedChat(newStore());
        ConversationId first = chat.group(ANN, BOB);
        ConversationId second = chat.group(ANN);
        ConversationId strange = chat.group(EVE);
        chat.say(ANN, first, "noon 1");
        chat.say(ANN, second, "noon 2");
        chat.say(EVE, strange, "noon 3");
        chat.say(BOB, first, "noon 4");

        assertEquals(List.of("noon 4", "noon 2", "noon 1"), chat.found(ANN, "noon"));
        assertEquals(List.of("noon 4", "noon 1"), chat.found(BOB, "noon"));
        assertEquals(List.of("noon 2"), chat.found(ANN, SearchQuery.of("noon").in(second)));
        assertThrows(
                NotAllowedException.class,
                () -> chat.found(ANN, SearchQuery.of("noon").in(strange)));
        assertThrows(
                NotAllowedException.class,
                () -> chat.found(ANN, SearchQuery.of("noon").in(new ConversationId(9_999))));
    }

    @Test
    default void whoIsNotThereAnyMoreFindsNothingAndWhoComesFindsAll() {
        var chat = new SearchedChat(newStore());
        ConversationId group = chat.group(ANN, BOB, EVE);
        chat.say(ANN, group, "noon");

        chat.conversations().remove(ANN, group, BOB);
        chat.conversations().leave(EVE, group);
        assertEquals(List.of(), chat.found(BOB, "noon"));
        assertEquals(List.of(), chat.found(EVE, "noon"));
        assertThrows(
                NotAllowedException.class,
                () -> chat.found(BOB, SearchQuery.of("noon").in(group)));

        chat.conversations().add(ANN, group, BOB);
        assertEquals(List.of("noon"), chat.found(BOB, "noon"));
    }

    @Test
    default void deletedMessagesAreNotFoundAndEditedOnesByTheirNewTextOnly() {
        var chat = new SearchedChat(newStore());
        ConversationId group = chat.group(ANN);
        ChatMessage edited = chat.say(ANN, group, "lunch at noon");
        ChatMessage deleted = chat.say(ANN, group, "noon it is");

        chat.conversations().edit(ANN, edited.id(), "dinner at eight");
        chat.conversations().delete(ANN, deleted.id());

        assertEquals(List.of(), chat.found(ANN, "noon"));
        assertEquals(List.of("dinner at eight"), chat.found(ANN, "dinner"));
        assertEquals(
                List.of("dinner at eight"),
                chat.found(ANN, SearchQuery.of("eight").in(group)));
    }

    @Test
    default void whatTheApplicationSaysIsFoundToo() {
        var chat = new SearchedChat(newStore());
        ConversationId group = chat.group(ANN);
        chat.conversations().announce(group, Profile.of(EVE, "The house"), "We close at noon");

        assertEquals(List.of("We close at noon"), chat.found(ANN, "noon"));
    }

    @Test
    default void authorAndTimeNarrowASearch() {
        var chat = new SearchedChat(newStore());
        ConversationId group = chat.group(ANN, BOB);
        ChatMessage first = chat.say(ANN, group, "noon 1");
        ChatMessage second = chat.say(BOB, group, "noon 2");
        SearchQuery noon = SearchQuery.of("noon");

        assertEquals(List.of("noon 2"), chat.found(ANN, noon.by(BOB)));
        assertEquals(List.of("noon 1"), chat.found(ANN, noon.in(group).by(ANN)));
        assertEquals(List.of(), chat.found(ANN, noon.by(EVE)));
        assertTrue(chat.found(ANN, noon.from(second.createdAt())).contains("noon 2"));
        assertEquals(List.of(), chat.found(ANN, noon.from(second.createdAt().plusNanos(1))));
        assertEquals(List.of(), chat.found(ANN, noon.until(first.createdAt())));
        assertTrue(chat.found(ANN, noon.in(group).until(second.createdAt().plusNanos(1)))
                .contains("noon 1"));
    }

    @Test
    default void pagesFollowOneAnotherTheNewestFirst() {
        var chat = new SearchedChat(newStore());
        ConversationId group = chat.group(ANN);
        ConversationId other = chat.group(ANN);
        for (int i = 1; i <= 7; i++) {
            chat.say(ANN, i % 2 == 0 ? group : other, "noon " + i);
            chat.say(ANN, group, "one");
        }

        List<String> newestFirst =
                IntStream.rangeClosed(1, 7).mapToObj(i -> "noon " + (8 - i)).toList();
        for (int limit : List.of(1, 2, 3, 6, 7, 8)) {
            assertEquals(newestFirst, chat.foundInPages(ANN, "noon", limit), "by " + limit);
        }
        SearchPage all = chat.conversations().search(ANN, SearchQuery.of("noon"), Optional.empty(), 7);
        assertEquals(Optional.empty(), all.next());
        SearchPage none =
                chat.conversations().search(ANN, SearchQuery.of("noon"), Optional.of(new ChatMessageId(1)), 7);
        assertEquals(List.of(), none.hits());
    }

    @Test
    default void aRareMessageIsFoundBehindManyOfOthers() {
        var chat = new SearchedChat(newStore());
        ConversationId own = chat.group(ANN);
        ConversationId strange = chat.group(BOB);
        chat.sayAll(ANN, own, "noon 1", "noon 2");
        IntStream.range(0, 600).forEach(i -> chat.say(BOB, strange, "noon"));
        chat.say(ANN, own, "noon 3");

        assertEquals(List.of("noon 3", "noon 2", "noon 1"), chat.found(ANN, "noon"));
        assertEquals(List.of("noon 3", "noon 2", "noon 1"), chat.foundInPages(ANN, "noon", 2));
        assertEquals(List.of("noon 2"), chat.found(ANN, "noon 2"));
    }

    @Test
    default void whatMatchesIsHighlightedInTheTextAsItWasWritten() {
        var chat = new SearchedChat(newStore());
        chat.say(ANN, chat.group(ANN), "Zum Cafe\u0301 (Café!) in der Straße 東京都 👍🏽 ﬁx");

        assertEquals(List.of("Cafe\u0301", "Café"), chat.highlighted(ANN, "cafe"));
        assertEquals(List.of("Cafe\u0301 (Café"), chat.highlighted(ANN, "\"cafe cafe\""));
        assertEquals(List.of("Straße"), chat.highlighted(ANN, "strasse"));
        assertEquals(List.of("traß"), chat.highlighted(ANN, "tras"));
        assertEquals(List.of("東京都"), chat.highlighted(ANN, "東京 京都"));
        assertEquals(List.of("👍"), chat.highlighted(ANN, "👍"));
        assertEquals(List.of("Zum", "in"), chat.highlighted(ANN, "zum in*"));
        assertEquals(List.of("ﬁx"), chat.highlighted(ANN, "fix"));
    }

    @Test
    default void theLongestMessageIsFoundToItsEnd() {
        var chat = new SearchedChat(newStore());
        String longest = String.join("", Collections.nCopies(999, "word ab12 ")) + "the end";
        chat.say(ANN, chat.group(ANN), longest);

        assertEquals(List.of(longest), chat.found(ANN, "end"));
        assertEquals(999, chat.highlighted(ANN, "ab12").size());
    }

    @Test
    default void whatIsUndoneIsNotFound() {
        ConversationStore store = newStore();
        var chat = new SearchedChat(store);
        ConversationId group = chat.group(ANN);

        assertThrows(
                IllegalStateException.class,
                () -> store.write(writer -> {
                    KeptChat.append(writer, KeptChat.message(writer, group, ANN, "noon"));
                    throw new IllegalStateException("of the work");
                }));

        assertEquals(List.of(), chat.found(ANN, "noon"));
    }
}
