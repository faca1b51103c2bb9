package io.channelbox.examples.system.rest;

import io.channelbox.conversation.Conversations;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whom somebody wants to hear no more from. */
@RestController
@RequestMapping("/api/v1/chat/blocks")
class BlockController {

    /** Somebody who is blocked. */
    record Blocked(String userId) {}

    private final Conversations conversations;

    BlockController(Conversations conversations) {
        this.conversations = conversations;
    }

    @GetMapping
    List<Blocked> all(@RequestAttribute(BearerFilter.USER) UserId me) {
        return conversations.blocked(me).stream()
                .map(user -> new Blocked(user.value()))
                .toList();
    }

    /** Succeeds once; again it changes nothing. */
    @PutMapping("/{userId}")
    Success block(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable String userId) {
        return new Success(conversations.block(me, Asked.user("path.user_id", userId)));
    }

    @DeleteMapping("/{userId}")
    Success unblock(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable String userId) {
        return new Success(conversations.unblock(me, Asked.user("path.user_id", userId)));
    }
}
