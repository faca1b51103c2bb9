package io.channelbox.conversation.realtime;

import io.channelbox.message.TypeName;

/** What somebody may ask for in the topic of their inbox. */
public sealed interface InboxRequest {

    /** Has read all of a conversation. */
    @TypeName("read")
    record ReadAll(long conversationId) implements InboxRequest {}
}
