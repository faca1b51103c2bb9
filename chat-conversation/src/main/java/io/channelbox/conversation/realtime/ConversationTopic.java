package io.channelbox.conversation.realtime;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.User;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.MessageDraft;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.util.Optional;

/** A conversation as a topic, for those in it. */
final class ConversationTopic extends Topic<ConversationRequest> {

    private final Conversations conversations;

    ConversationTopic(Conversations conversations) {
        this.conversations = conversations;
    }

    @Override
    protected void handlers(Handlers<ConversationRequest> on) {
        on.answer(ConversationRequest.Send.class, this::send);
        on.answer(ConversationRequest.Forward.class, this::forward);
        on.on(
                ConversationRequest.Edit.class,
                edit -> conversations.edit(me(), message(edit.messageId()), edit.content()));
        on.on(ConversationRequest.Delete.class, delete -> conversations.delete(me(), message(delete.messageId())));
        on.on(
                ConversationRequest.React.class,
                react -> conversations.react(me(), message(react.messageId()), react.emoji()));
        on.on(
                ConversationRequest.Unreact.class,
                unreact -> conversations.unreact(me(), message(unreact.messageId()), unreact.emoji()));
        on.on(ConversationRequest.Pin.class, pin -> conversations.pins().pin(me(), message(pin.messageId())));
        on.on(ConversationRequest.Unpin.class, pin -> conversations.pins().unpin(me(), message(pin.messageId())));
        on.on(ConversationRequest.Read.class, this::read);
        on.sends(ConversationWord.class);
    }

    @Override
    protected void authorize(User user) {
        conversations.participant(user.id(), id());
    }

    /** Who cannot say anything there is not writing it. */
    @Override
    protected void authorizeTyping(User user) {
        conversations.requireVoice(user.id(), id());
    }

    /** Once more: somebody may have removed the user after they were asked for, and before they were a member. */
    @Override
    protected void onSubscribe() {
        conversations.participant(me(), id());
    }

    private ConversationRequest.Sent send(ConversationRequest.Send request) {
        MessageDraft draft = MessageDraft.text(request.content());
        if (request.replyToId().isPresent()) {
            draft = draft.inReplyTo(message(request.replyToId().get()));
        }
        if (request.clientId().isPresent()) {
            draft = draft.called(request.clientId().get());
        }
        return new ConversationRequest.Sent(MessageView.of(conversations.send(me(), id(), draft)));
    }

    private ConversationRequest.Sent forward(ConversationRequest.Forward request) {
        return new ConversationRequest.Sent(
                MessageView.of(conversations.forward(me(), message(request.messageId()), id(), request.clientId())));
    }

    private void read(ConversationRequest.Read request) {
        if (request.messageId().isPresent()) {
            conversations.read(me(), id(), message(request.messageId().get()));
        } else {
            conversations.read(me(), id());
        }
    }

    private UserId me() {
        return user().id();
    }

    private ConversationId id() {
        return idIn(param("id"));
    }

    static ConversationId idIn(String text) {
        return number(text).map(ConversationId::new).orElseThrow(NotAllowedException::new);
    }

    static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text)).filter(number -> number > 0);
        } catch (NumberFormatException noId) {
            return Optional.empty();
        }
    }

    private static ChatMessageId message(long id) {
        if (id < 1) {
            throw PeerException.invalid("the id of a message must be at least 1");
        }
        return new ChatMessageId(id);
    }
}
