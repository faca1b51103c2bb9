package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.message;

import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.PinnedMessage;
import io.channelbox.conversation.realtime.MessageView;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Messages that are kept at hand. */
@RestController
@RequestMapping("/api/v1/chat")
class PinController {

    /** A message that is kept at hand, by whom, and since when. */
    record PinJson(MessageView message, String pinnedBy, Instant pinnedAt) {

        static PinJson of(PinnedMessage pinned) {
            return new PinJson(MessageView.of(pinned.message()), pinned.by().value(), pinned.at());
        }
    }

    private final Conversations conversations;

    PinController(Conversations conversations) {
        this.conversations = conversations;
    }

    @GetMapping("/conversations/{id}/pins")
    List<PinJson> all(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        return conversations.pins().list(me, conversation(id)).stream()
                .map(PinJson::of)
                .toList();
    }

    /** Succeeds once; again it changes nothing. */
    @PostMapping("/messages/{id}/pin")
    Success pin(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        return new Success(conversations.pins().pin(me, message(id)));
    }

    @DeleteMapping("/messages/{id}/pin")
    Success unpin(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        return new Success(conversations.pins().unpin(me, message(id)));
    }
}
