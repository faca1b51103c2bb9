package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.require;
import static io.channelbox.examples.system.rest.Asked.user;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.ConversationJson;
import io.channelbox.examples.system.rest.Views.GroupJson;
import io.channelbox.examples.system.rest.Views.ParticipantJson;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Groups: what they are called, who finds them, and how they are joined, left, handed over and archived. */
@RestController
@RequestMapping("/api/v1/chat")
class GroupController {

    private final Conversations conversations;
    private final ConversationViews views;

    GroupController(Conversations conversations, ConversationViews views) {
        this.conversations = conversations;
        this.views = views;
    }

    /** Public groups, the newest first. */
    @GetMapping("/groups")
    List<GroupJson> found(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> category,
            @RequestParam(name = "before_id") Optional<Long> beforeId) {
        Optional<ConversationId> before = beforeId.map(id -> conversation("query.before_id", id));
        int most = Asked.limit(limit);
        return Asked.at("query.category", () -> conversations.publicGroups(me, category, before, most)).stream()
                .map(GroupJson::of)
                .toList();
    }

    @PutMapping("/conversations/{id}")
    ConversationJson describe(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Details body) {
        ConversationId group = conversation(id);
        conversations.describe(me, group, GroupNames.changed(conversations.conversation(me, group), body));
        return views.of(me, group);
    }

    @PostMapping("/conversations/{id}/archive")
    ConversationJson archive(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        conversations.archive(me, conversation(id));
        return views.of(me, conversation(id));
    }

    @DeleteMapping("/conversations/{id}/archive")
    ConversationJson unarchive(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        conversations.unarchive(me, conversation(id));
        return views.of(me, conversation(id));
    }

    @PostMapping("/conversations/{id}/join")
    ParticipantJson join(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        return ParticipantJson.of(conversations.join(me, conversation(id)));
    }

    @PostMapping("/conversations/{id}/leave")
    Success leave(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        conversations.leave(me, conversation(id));
        return Success.YES;
    }

    @PutMapping("/conversations/{id}/owner")
    ParticipantJson handOver(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Somebody body) {
        UserId next = user("user_id", require("user_id", body.userId()));
        return ParticipantJson.of(conversations.handOver(me, conversation(id), next));
    }
}
