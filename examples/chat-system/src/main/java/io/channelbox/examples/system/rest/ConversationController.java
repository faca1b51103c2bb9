package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.require;
import static io.channelbox.examples.system.rest.Asked.user;
import static io.channelbox.examples.system.rest.Asked.wrong;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.ListPosition;
import io.channelbox.conversation.Listed;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.people.Users;
import io.channelbox.examples.system.rest.Views.ConversationJson;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Conversations: how they begin, where they are listed, and what was read of them. */
@RestController
@RequestMapping("/api/v1/chat")
class ConversationController {

    private final Conversations conversations;
    private final ConversationViews views;
    private final MainGroup mainGroup;
    private final GroupNames names;

    ConversationController(Conversations conversations, ConversationViews views, MainGroup mainGroup, Users users) {
        this.conversations = conversations;
        this.views = views;
        this.mainGroup = mainGroup;
        this.names = new GroupNames(users);
    }

    @PostMapping("/conversations")
    ConversationJson create(@RequestAttribute(BearerFilter.USER) UserId me, @RequestBody Bodies.NewConversation body) {
        Set<UserId> others = new LinkedHashSet<>();
        require("participant_ids", body.participantIds())
                .forEach(id -> others.add(user("participant_ids", require("participant_ids", id))));
        others.remove(me);
        return switch (require("conversation_type", body.conversationType())) {
            case "direct" -> direct(me, others);
            case "group" ->
                views.of(
                        me,
                        conversations
                                .createGroup(me, names.detailsOf(body, me, others), others)
                                .id());
            default -> throw wrong("conversation_type", "must be direct or group");
        };
    }

    private ConversationJson direct(UserId me, Set<UserId> others) {
        if (others.size() != 1) {
            throw wrong("participant_ids", "must be one other user");
        }
        return views.of(
                me, conversations.openDirect(me, others.iterator().next()).id());
    }

    /** A page begins behind the last one of the page before, which is named by its {@code last_message_at} and {@code id}. */
    @GetMapping("/conversations")
    List<ConversationJson> list(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @RequestParam(defaultValue = "" + Conversations.LARGEST_PAGE) int limit,
            @RequestParam(defaultValue = "false") boolean archived,
            @RequestParam(name = "after_at") Optional<Instant> afterAt,
            @RequestParam(name = "after_id") Optional<Long> afterId) {
        if (afterAt.isPresent() != afterId.isPresent()) {
            throw wrong(afterAt.isPresent() ? "query.after_id" : "query.after_at", Asked.MISSING);
        }
        Optional<ListPosition> after =
                afterAt.map(at -> new ListPosition(at, conversation("query.after_id", afterId.orElseThrow())));
        mainGroup.welcome(me);
        return views.list(me, archived ? Listed.ARCHIVED : Listed.CURRENT, after, Asked.limit(limit));
    }

    @GetMapping("/conversations/{id}")
    ConversationJson one(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        return views.of(me, conversation(id));
    }

    @PostMapping("/conversations/{id}/read")
    Success read(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestBody(required = false) Optional<Bodies.Read> body) {
        try {
            Optional<Long> upTo = body.flatMap(read -> Optional.ofNullable(read.messageId()));
            if (upTo.isPresent()) {
                conversations.read(me, conversation(id), Asked.message("message_id", upTo.get()));
            } else {
                conversations.read(me, conversation(id));
            }
            return Success.YES;
        } catch (NotAllowedException e) {
            throw new NotFoundException("Conversation not found");
        }
    }

    @PostMapping("/direct")
    ConversationJson direct(@RequestAttribute(BearerFilter.USER) UserId me, @RequestBody Bodies.Direct body) {
        UserId other = user("recipient_user_id", require("recipient_user_id", body.recipientUserId()));
        MessageDraft text = MessageDraft.text(require("content", body.content()));
        MessageDraft draft =
                Optional.ofNullable(body.clientId()).map(text::called).orElse(text);
        Conversation opened = Asked.at("recipient_user_id", () -> conversations.openDirect(me, other));
        conversations.send(me, opened.id(), draft);
        return views.of(me, opened.id());
    }
}
