package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.DayActivity;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.LocalDate;
import java.util.List;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How much is said in a conversation, by day. */
@RestController
@RequestMapping("/api/v1/chat/conversations/{id}/activity")
class ActivityController {

    private final Conversations conversations;

    ActivityController(Conversations conversations) {
        this.conversations = conversations;
    }

    /** Days of UTC, both included; days on which nothing was said are left out. */
    @GetMapping
    List<DayActivity> byDay(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate first,
            @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate last) {
        ConversationId conversation = conversation(id);
        try {
            return conversations.activity(me, conversation, first, last);
        } catch (PeerException e) {
            throw e.within("query");
        }
    }
}
