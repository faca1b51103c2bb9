package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.user;

import io.channelbox.conversation.AllowedUser;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Invitations;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.GroupJson;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who may join a private group by themselves. */
@RestController
@RequestMapping("/api/v1/chat")
class AllowedController {

    /** Somebody who may join. */
    record AllowedJson(long id, String userId, String allowedBy, Instant allowedAt) {

        static AllowedJson of(AllowedUser allowed) {
            return new AllowedJson(
                    allowed.number(), allowed.user().value(), allowed.by().value(), allowed.at());
        }
    }

    private final Invitations invitations;

    AllowedController(Conversations conversations) {
        this.invitations = conversations.invitations();
    }

    /** Succeeds once; again, or for who is in it, it changes nothing. */
    @PutMapping("/conversations/{id}/allowed/{userId}")
    Success allow(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @PathVariable String userId) {
        return new Success(invitations.allow(me, conversation(id), user("path.user_id", userId)));
    }

    @DeleteMapping("/conversations/{id}/allowed/{userId}")
    Success disallow(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @PathVariable String userId) {
        return new Success(invitations.disallow(me, conversation(id), user("path.user_id", userId)));
    }

    /** Who was allowed first first. */
    @GetMapping("/conversations/{id}/allowed")
    List<AllowedJson> all(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "50") int limit) {
        return invitations.allowed(me, conversation(id), after, Asked.limit(limit)).stream()
                .map(AllowedJson::of)
                .toList();
    }

    /** The groups that one may join by oneself, the newest first. */
    @GetMapping("/groups/allowed")
    List<GroupJson> mine(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(name = "before_id") Optional<Long> beforeId) {
        Optional<ConversationId> before = beforeId.map(id -> conversation("query.before_id", id));
        return invitations.openTo(me, before, Asked.limit(limit)).stream()
                .map(GroupJson::of)
                .toList();
    }
}
