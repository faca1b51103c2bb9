package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.message;
import static io.channelbox.examples.system.rest.Asked.user;

import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Highlight;
import io.channelbox.conversation.SearchHit;
import io.channelbox.conversation.SearchPage;
import io.channelbox.conversation.SearchQuery;
import io.channelbox.conversation.realtime.MessageView;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Finds what was said, where one is at the moment. */
@RestController
@RequestMapping("/api/v1/chat/search")
class SearchController {

    /** A message, and the parts of its content that a search was for. */
    record HitJson(MessageView message, List<Highlight> highlights) {

        static HitJson of(SearchHit hit) {
            return new HitJson(MessageView.of(hit.message()), hit.highlights());
        }
    }

    /** What was found, and before which message the next page begins; the last one has none. */
    record FoundJson(List<HitJson> hits, Optional<Long> next) {

        static FoundJson of(SearchPage page) {
            return new FoundJson(
                    page.hits().stream().map(HitJson::of).toList(), page.next().map(ChatMessageId::value));
        }
    }

    private final Conversations conversations;

    SearchController(Conversations conversations) {
        this.conversations = conversations;
    }

    @GetMapping
    FoundJson found(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @RequestParam String q,
            @RequestParam(name = "conversation_id") Optional<Long> conversationId,
            @RequestParam Optional<String> author,
            @RequestParam(name = "before_id") Optional<Long> beforeId,
            @RequestParam(defaultValue = "50") int limit) {
        SearchQuery query = Asked.at("query.q", () -> SearchQuery.of(q));
        if (conversationId.isPresent()) {
            query = query.in(conversation("query.conversation_id", conversationId.get()));
        }
        if (author.isPresent()) {
            query = query.by(user("query.author", author.get()));
        }
        Optional<ChatMessageId> before = beforeId.map(number -> message("query.before_id", number));
        return FoundJson.of(conversations.search(me, query, before, Asked.limit(limit)));
    }
}
