package io.channelbox.examples.system;

import static io.channelbox.examples.system.Bodies.require;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.GroupDetails;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.Participant;
import io.channelbox.examples.system.Views.ConversationJson;
import io.channelbox.examples.system.Views.ParticipantJson;
import io.channelbox.examples.system.Views.Success;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.UserId;
import java.util.ArrayList;
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
import org.springframework.web.bind.annotation.RestController;

/** Conversations, and who is in them. */
@RestController
@RequestMapping("/api/v1/chat")
class ConversationController {

    private final Conversations conversations;

    ConversationController(Conversations conversations) {
        this.conversations = conversations;
    }

    @PostMapping("/conversations")
    ConversationJson create(@RequestAttribute(BearerFilter.USER) UserId me, @RequestBody Bodies.NewConversation body) {
        Set<UserId> others = new LinkedHashSet<>();
        require("participant_ids", body.participantIds()).forEach(id -> others.add(userId("participant_ids", id)));
        others.remove(me);
        return switch (require("conversation_type", body.conversationType())) {
            case "direct" -> direct(me, others);
            case "group" -> group(me, body, others);
            default -> throw wrong("conversation_type", "must be direct or group");
        };
    }

    private ConversationJson direct(UserId me, Set<UserId> others) {
        if (others.size() != 1) {
            throw wrong("participant_ids", "must be one other user");
        }
        return ConversationJson.of(
                conversations.openDirect(me, others.iterator().next()), 2);
    }

    private ConversationJson group(UserId me, Bodies.NewConversation body, Set<UserId> others) {
        GroupDetails details = GroupDetails.named(require("name", body.name()));
        if (body.description() != null && !body.description().isBlank()) {
            details = details.describedAs(body.description());
        }
        return ConversationJson.of(conversations.createGroup(me, details, others), others.size() + 1);
    }

    @GetMapping("/conversations")
    List<ConversationJson> list(@RequestAttribute(BearerFilter.USER) UserId me) {
        return conversations.list(me, Optional.empty(), Conversations.LARGEST_PAGE).stream()
                .map(ConversationJson::of)
                .toList();
    }

    @GetMapping("/conversations/{id}/participants")
    List<ParticipantJson> participants(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        var all = new ArrayList<ParticipantJson>();
        List<Participant> some = conversations.participants(me, conversation(id), 0, Conversations.LARGEST_PAGE);
        while (!some.isEmpty()) {
            some.forEach(each -> all.add(ParticipantJson.of(each)));
            long last = some.get(some.size() - 1).number();
            some = conversations.participants(me, conversation(id), last, Conversations.LARGEST_PAGE);
        }
        return all;
    }

    @PostMapping("/conversations/{id}/read")
    Success read(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        try {
            conversations.read(me, conversation(id));
            return Success.YES;
        } catch (NotAllowedException e) {
            throw new NotFoundException("Conversation not found");
        }
    }

    @PostMapping("/direct")
    ConversationJson direct(@RequestAttribute(BearerFilter.USER) UserId me, @RequestBody Bodies.Direct body) {
        UserId other = userId("recipient_user_id", require("recipient_user_id", body.recipientUserId()));
        MessageDraft draft = MessageDraft.text(require("content", body.content()));
        Conversation opened = conversations.openDirect(me, other);
        conversations.send(me, opened.id(), draft);
        return ConversationJson.of(conversations.conversation(me, opened.id()), 2);
    }

    static ConversationId conversation(long id) {
        if (id < 1) {
            throw wrong("conversation_id", "must be at least 1");
        }
        return new ConversationId(id);
    }

    private static UserId userId(String place, String id) {
        try {
            return new UserId(id);
        } catch (IllegalArgumentException e) {
            throw wrong(place, "must be the id of a user");
        }
    }

    static PeerException wrong(String place, String text) {
        return PeerException.invalid(List.of(new Problem(place, text)));
    }
}
