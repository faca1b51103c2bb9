package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.conversation;
import static io.channelbox.examples.system.rest.Asked.message;
import static io.channelbox.examples.system.rest.Asked.require;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.moderation.Moderation;
import io.channelbox.conversation.realtime.MessageView;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.examples.system.rest.Views.MessageJson;
import io.channelbox.examples.system.rest.Views.Success;
import io.channelbox.examples.system.uploads.AttachedFiles;
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

/** What is said. */
@RestController
@RequestMapping("/api/v1/chat")
class MessageController {

    private static final String NO_SUCH_MESSAGE = "Message not found or unauthorized";

    private final Conversations conversations;
    private final Moderation moderation;
    private final Drafts drafts;
    private final AttachedFiles files;

    MessageController(Conversations conversations, Moderation moderation, Drafts drafts, AttachedFiles files) {
        this.conversations = conversations;
        this.moderation = moderation;
        this.drafts = drafts;
        this.files = files;
    }

    @PostMapping("/messages")
    MessageView send(@RequestAttribute(BearerFilter.USER) UserId me, @RequestBody Bodies.NewMessage body) {
        var conversation = conversation("conversation_id", require("conversation_id", body.conversationId()));
        MessageDraft draft = drafts.of(me, conversation, body);
        return MessageView.of(files.sending(draft.attachments(), conversation, () -> {
            drafts.requireThere(draft);
            return conversations.send(me, conversation, draft);
        }));
    }

    @GetMapping("/conversations/{id}/messages")
    List<MessageJson> page(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(name = "before_id") Optional<Long> beforeId) {
        Optional<ChatMessageId> before = beforeId.map(number -> message("query.before_id", number));
        return MessageJson.of(conversations.messages(me, conversation(id), before, Asked.limit(limit)));
    }

    @PutMapping("/messages/{id}")
    MessageView edit(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Edited body) {
        String content = require("content", body.content());
        try {
            return MessageView.of(conversations.edit(me, message(id), content));
        } catch (NotAllowedException e) {
            throw new NotFoundException(NO_SUCH_MESSAGE);
        }
    }

    /** Who gives a reason, be it an empty one, deletes as somebody who moderates. */
    @DeleteMapping("/messages/{id}")
    Success delete(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam Optional<String> reason) {
        try {
            reason.ifPresentOrElse(
                    why -> moderation.delete(me, message(id), why), () -> conversations.delete(me, message(id)));
            return Success.YES;
        } catch (NotAllowedException e) {
            throw new NotFoundException(NO_SUCH_MESSAGE);
        }
    }

    /** Says again in another conversation what one can read. */
    @PostMapping("/messages/{id}/forward")
    MessageView forward(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Forwarded body) {
        var to = conversation("conversation_id", require("conversation_id", body.conversationId()));
        var clientId = Optional.ofNullable(body.clientId());
        return MessageView.of(
                files.forwarding(message(id), to, () -> conversations.forward(me, message(id), to, clientId)));
    }

    @PostMapping("/messages/{id}/reactions")
    Success react(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Reaction body) {
        return new Success(conversations.react(me, message(id), require("emoji", body.emoji())));
    }

    @DeleteMapping("/messages/{id}/reactions")
    Success unreact(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestParam String emoji) {
        return new Success(conversations.unreact(me, message(id), emoji));
    }

    /** The messages of a thread behind its first one, the oldest first. */
    @GetMapping("/messages/{id}/thread")
    List<MessageJson> thread(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(name = "after_id") Optional<Long> afterId) {
        Optional<ChatMessageId> after = afterId.map(number -> message("query.after_id", number));
        return MessageJson.of(conversations.thread(me, message(id), after, Asked.limit(limit)));
    }
}
