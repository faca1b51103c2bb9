package io.channelbox.examples.system.rest;

import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.DigestEntry;
import io.channelbox.conversation.realtime.MessageView;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.ConversationJson;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What somebody has missed. */
@RestController
@RequestMapping("/api/v1/chat/users/me/digest")
class DigestController {

    /** A conversation with something unread, and the newest few messages of that, the oldest first. */
    record MissedJson(ConversationJson conversation, List<MessageView> newest) {}

    private final Conversations conversations;
    private final ConversationViews views;
    private final InstantSource clock = InstantSource.system();

    DigestController(Conversations conversations, ConversationViews views) {
        this.conversations = conversations;
        this.views = views;
    }

    /** The conversation with the latest message first. */
    @GetMapping
    List<MissedJson> missed(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @RequestParam Instant since,
            @RequestParam(defaultValue = "50") int limit) {
        List<DigestEntry> missed = conversations.digest(me, since, Asked.limit(limit));
        List<ConversationSummary> summaries =
                missed.stream().map(DigestEntry::summary).toList();
        List<ConversationJson> shown = views.shown(me, summaries, clock.instant());
        return IntStream.range(0, missed.size())
                .mapToObj(i -> new MissedJson(shown.get(i), newest(missed.get(i))))
                .toList();
    }

    private static List<MessageView> newest(DigestEntry entry) {
        return entry.newest().stream().map(MessageView::of).toList();
    }
}
