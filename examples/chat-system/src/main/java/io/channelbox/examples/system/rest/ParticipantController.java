package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.require;
import static io.channelbox.examples.system.rest.Asked.user;
import static io.channelbox.examples.system.rest.Asked.wrong;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Role;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.ParticipantJson;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is in a conversation, and what they may do there. */
@RestController
@RequestMapping("/api/v1/chat/conversations/{id}/participants")
class ParticipantController {

    private final Conversations conversations;

    ParticipantController(Conversations conversations) {
        this.conversations = conversations;
    }

    @GetMapping
    List<ParticipantJson> all(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        var all = new ArrayList<ParticipantJson>();
        List<Participant> some = conversations.participants(me, conversation(id), 0, Conversations.LARGEST_PAGE);
        while (!some.isEmpty()) {
            some.forEach(each -> all.add(ParticipantJson.of(each)));
            long last = some.get(some.size() - 1).number();
            some = conversations.participants(me, conversation(id), last, Conversations.LARGEST_PAGE);
        }
        return all;
    }

    @PostMapping
    ParticipantJson add(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Somebody body) {
        UserId other = user("user_id", require("user_id", body.userId()));
        return ParticipantJson.of(conversations.add(me, conversation(id), other));
    }

    /** Changes the role, the voice, or both. */
    @PutMapping("/{userId}")
    ParticipantJson change(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @PathVariable String userId,
            @RequestBody Bodies.Place body) {
        ConversationId conversation = conversation(id);
        UserId other = user("path.user_id", userId);
        if (body.role() == null && body.isMuted() == null) {
            throw wrong("role", Asked.MISSING);
        }
        if (body.role() != null) {
            Participant changed = conversations.appoint(me, conversation, other, role(body.role()));
            if (body.isMuted() == null) {
                return ParticipantJson.of(changed);
            }
        }
        return ParticipantJson.of(
                Boolean.TRUE.equals(body.isMuted())
                        ? conversations.mute(me, conversation, other)
                        : conversations.unmute(me, conversation, other));
    }

    private static Role role(String word) {
        return switch (word) {
            case "admin" -> Role.ADMIN;
            case "member" -> Role.MEMBER;
            default -> throw wrong("role", "must be admin or member");
        };
    }

    @DeleteMapping("/{userId}")
    Success remove(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @PathVariable String userId) {
        conversations.remove(me, conversation(id), user("path.user_id", userId));
        return Success.YES;
    }
}
