package io.channelbox.examples.system;

import static io.channelbox.examples.system.Bodies.require;
import static io.channelbox.examples.system.ConversationController.conversation;
import static io.channelbox.examples.system.ConversationController.wrong;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.conversation.realtime.MessageView;
import io.channelbox.examples.system.Views.Success;
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

    MessageController(Conversations conversations) {
        this.conversations = conversations;
    }

    @PostMapping("/messages")
    MessageView send(@RequestAttribute(BearerFilter.USER) UserId me, @RequestBody Bodies.NewMessage body) {
        if (body.messageType() != null && !body.messageType().equals("text")) {
            throw wrong("message_type", "must be text");
        }
        MessageDraft draft = MessageDraft.text(require("content", body.content()));
        if (body.replyToId() != null) {
            draft = draft.inReplyTo(message("reply_to_id", body.replyToId()));
        }
        if (body.clientId() != null) {
            draft = draft.called(body.clientId());
        }
        long id = require("conversation_id", body.conversationId());
        return MessageView.of(conversations.send(me, conversation(id), draft));
    }

    @GetMapping("/conversations/{id}/messages")
    List<MessageView> page(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(name = "before_id") Optional<Long> beforeId) {
        Optional<ChatMessageId> before = beforeId.map(number -> message("before_id", number));
        return conversations.messages(me, conversation(id), before, limit).messages().stream()
                .map(MessageView::of)
                .toList();
    }

    @PutMapping("/messages/{id}")
    MessageView edit(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Edited body) {
        String content = require("content", body.content());
        try {
            return MessageView.of(conversations.edit(me, message("message_id", id), content));
        } catch (NotAllowedException e) {
            throw new NotFoundException(NO_SUCH_MESSAGE);
        }
    }

    @DeleteMapping("/messages/{id}")
    Success delete(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id) {
        try {
            conversations.delete(me, message("message_id", id));
            return Success.YES;
        } catch (NotAllowedException e) {
            throw new NotFoundException(NO_SUCH_MESSAGE);
        }
    }

    @PostMapping("/messages/{id}/reactions")
    Success react(
            @RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestBody Bodies.Reaction body) {
        return new Success(conversations.react(me, message("message_id", id), require("emoji", body.emoji())));
    }

    @DeleteMapping("/messages/{id}/reactions")
    Success unreact(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable long id, @RequestParam String emoji) {
        return new Success(conversations.unreact(me, message("message_id", id), emoji));
    }

    @GetMapping("/messages/{id}/thread")
    List<MessageView> thread(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(name = "after_id") Optional<Long> afterId) {
        Optional<ChatMessageId> after = afterId.map(number -> message("after_id", number));
        return conversations.thread(me, message("message_id", id), after, limit).messages().stream()
                .map(MessageView::of)
                .toList();
    }

    private static ChatMessageId message(String place, long id) {
        if (id < 1) {
            throw wrong(place, "must be at least 1");
        }
        return new ChatMessageId(id);
    }
}
