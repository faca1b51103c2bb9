package io.channelbox.conversation.realtime;

import io.channelbox.message.TypeName;

/** What those who moderate may ask for in their topics. Every rule is that of {@link io.channelbox.conversation.Conversations}. */
public sealed interface ModerationRequest {

    /** Settles a report as right, for this reason. */
    @TypeName("resolve")
    record Resolve(long conversationId, long reportId, String reason) implements ModerationRequest {}

    /** Settles a report as baseless, for this reason. */
    @TypeName("dismiss")
    record Dismiss(long conversationId, long reportId, String reason) implements ModerationRequest {}
}
