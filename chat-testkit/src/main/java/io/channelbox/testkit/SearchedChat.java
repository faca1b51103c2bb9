package io.channelbox.testkit;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.ConversationStore;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.Highlight;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.SearchHit;
import io.channelbox.conversation.SearchPage;
import io.channelbox.conversation.SearchQuery;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conversations in a store under test, and short ways to search them. */
record SearchedChat(Conversations conversations) {

    private static final int MANY = 200;

    SearchedChat(ConversationStore store) {
        this(Conversations.in(store).build());
    }

    ConversationId group(UserId owner, UserId... members) {
        return conversations
                .createGroup(owner, GroupDetails.named("Lunch"), List.of(members))
                .id();
    }

    ChatMessage say(UserId author, ConversationId id, String content) {
        return conversations.send(author, id, MessageDraft.text(content));
    }

    void sayAll(UserId author, ConversationId id, String... contents) {
        for (String content : contents) {
            say(author, id, content);
        }
    }

    /** Returns what the messages say that a user finds, the newest first. */
    List<String> found(UserId me, String text) {
        return found(me, SearchQuery.of(text));
    }

    List<String> found(UserId me, SearchQuery query) {
        SearchPage page = conversations.search(me, query, Optional.empty(), MANY);
        return contents(page);
    }

    /** Returns the same, read page by page. */
    List<String> foundInPages(UserId me, String text, int limit) {
        var all = new ArrayList<String>();
        Optional<ChatMessageId> before = Optional.empty();
        do {
            SearchPage page = conversations.search(me, SearchQuery.of(text), before, limit);
            all.addAll(contents(page));
            before = page.next();
        } while (before.isPresent());
        return all;
    }

    /** Returns what is highlighted in the only message that a user finds. */
    List<String> highlighted(UserId me, String text) {
        SearchHit hit = conversations
                .search(me, SearchQuery.of(text), Optional.empty(), 1)
                .hits()
                .get(0);
        String content = hit.message().content();
        return hit.highlights().stream()
                .map((Highlight part) -> content.substring(part.start(), part.end()))
                .toList();
    }

    private static List<String> contents(SearchPage page) {
        return page.hits().stream().map(hit -> hit.message().content()).toList();
    }
}
