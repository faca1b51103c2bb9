package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.require;

import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Profile;
import io.channelbox.examples.system.live.OnlineUsers;
import io.channelbox.examples.system.live.OnlineUsers.PresenceView;
import io.channelbox.examples.system.live.Writers;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.people.Users;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is here, who is writing, and whom one may write to. */
@RestController
@RequestMapping("/api/v1/chat")
class PeopleController {

    /** A user in a list. */
    record ChatUser(String id, String name) {}

    /** Who asks, and whether they moderate every group. */
    record Me(String id, String name, boolean isModerator) {}

    private final Conversations conversations;
    private final OnlineUsers online;
    private final Writers writers;
    private final Users users;

    PeopleController(Conversations conversations, OnlineUsers online, Writers writers, Users users) {
        this.conversations = conversations;
        this.online = online;
        this.writers = writers;
        this.users = users;
    }

    @PostMapping("/typing")
    Success typing(@RequestAttribute(BearerFilter.USER) UserId me, @RequestBody Bodies.Typing body) {
        ConversationId id = conversation("conversation_id", require("conversation_id", body.conversationId()));
        boolean isTyping = require("is_typing", body.isTyping());
        writers.typing(conversations, me, id, isTyping);
        return Success.YES;
    }

    @PostMapping("/presence")
    PresenceView presence(@RequestAttribute(BearerFilter.USER) UserId me, @RequestBody Bodies.Presence body) {
        return online.say(me, require("status", body.status()), Optional.ofNullable(body.statusMessage()));
    }

    @GetMapping("/users/online")
    List<PresenceView> online() {
        return online.online();
    }

    /** Of everybody in a conversation, who came first first; of those who are not here, when they were. */
    @GetMapping("/conversations/{id}/presence")
    List<PresenceView> presence(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        var all = new ArrayList<PresenceView>();
        ConversationId there = conversation(id);
        List<Participant> some = conversations.participants(me, there, 0, Conversations.LARGEST_PAGE);
        long after = 0;
        while (!some.isEmpty()) {
            List<UserId> people = some.stream().map(Participant::user).toList();
            all.addAll(online.of(people, conversations.lastSeen(me, there, after, Conversations.LARGEST_PAGE)));
            after = some.get(some.size() - 1).number();
            some = conversations.participants(me, there, after, Conversations.LARGEST_PAGE);
        }
        return all;
    }

    @GetMapping({"/users", "/contacts"})
    List<ChatUser> users(@RequestAttribute(BearerFilter.USER) UserId me) {
        return users.all().stream()
                .filter(each -> !each.id().equals(me))
                .map(each -> new ChatUser(each.id().value(), each.name()))
                .toList();
    }

    @GetMapping("/users/me")
    Me me(@RequestAttribute(BearerFilter.USER) UserId me) {
        String name = users.find(me).map(Profile::name).orElse(me.value());
        return new Me(me.value(), name, conversations.isModerator(me));
    }
}
