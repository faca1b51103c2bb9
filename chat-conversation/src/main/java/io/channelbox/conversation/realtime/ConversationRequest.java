package io.channelbox.conversation.realtime;

import io.channelbox.message.TypeName;
import java.util.Optional;

/** What those in a conversation may ask for in its topic. Every rule is that of {@link io.channelbox.conversation.Conversations}. */
public sealed interface ConversationRequest {

    /** Says something, once for each client id; answered with {@link Sent}. */
    @TypeName("send")
    record Send(String content, Optional<Long> replyToId, Optional<String> clientId) implements ConversationRequest {}

    /** Says a message of this or another conversation again in this one, once for each client id; answered with {@link Sent}. */
    @TypeName("forward")
    record Forward(long messageId, Optional<String> clientId) implements ConversationRequest {}

    /** Says something otherwise. */
    @TypeName("edit")
    record Edit(long messageId, String content) implements ConversationRequest {}

    /** Pins a message. */
    @TypeName("pin")
    record Pin(long messageId) implements ConversationRequest {}

    /** Pins a message no more. */
    @TypeName("unpin")
    record Unpin(long messageId) implements ConversationRequest {}

    /** Takes something back. */
    @TypeName("delete")
    record Delete(long messageId) implements ConversationRequest {}

    /** Reacts to a message. */
    @TypeName("react")
    record React(long messageId, String emoji) implements ConversationRequest {}

    /** Takes a reaction back. */
    @TypeName("unreact")
    record Unreact(long messageId, String emoji) implements ConversationRequest {}

    /** Has read the messages up to this one, or all. */
    @TypeName("read")
    record Read(Optional<Long> messageId) implements ConversationRequest {}

    /** Answers {@link Send} and {@link Forward}: this was kept, now or the first time. */
    @TypeName("sent")
    record Sent(MessageView message) {}
}
