package io.channelbox.examples.system.rest;

import io.channelbox.conversation.Conversations;
import io.channelbox.examples.system.live.OnlineUsers;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.people.Users;
import io.channelbox.examples.system.rest.Exports.ExportJson;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.util.Optional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is kept of oneself: to have it, and to take it away. */
@RestController
@RequestMapping("/api/v1/chat/users/me")
class PersonalDataController {

    private final Conversations conversations;
    private final Users users;
    private final OnlineUsers online;
    private final Exports exports;

    PersonalDataController(Conversations conversations, Users users, OnlineUsers online, Exports exports) {
        this.conversations = conversations;
        this.users = users;
        this.online = online;
        this.exports = exports;
    }

    /** One page of a part. The next one begins behind its {@code next}; the last one has none. */
    @GetMapping("/export")
    ExportJson export(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @RequestParam String part,
            @RequestParam Optional<String> after,
            @RequestParam(defaultValue = "" + Conversations.LARGEST_PAGE) int limit) {
        return exports.page(me, part, after, Asked.limit(limit));
    }

    /** Takes it away. From the beginning their tokens hold no more; when it cannot be done, they do again. */
    @DeleteMapping
    Success erase(@RequestAttribute(BearerFilter.USER) UserId me) {
        users.forget(me);
        try {
            online.disconnect(me);
            conversations.personalData().erase(me);
            return Success.YES;
        } catch (RuntimeException e) {
            users.remember(me);
            throw e;
        }
    }
}
