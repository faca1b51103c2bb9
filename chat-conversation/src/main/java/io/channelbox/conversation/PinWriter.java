package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;

/** Changes what is pinned in conversations that are locked. */
public interface PinWriter extends PinReader {

    /** Pins a message. Answers false, and changes nothing, when it is pinned. */
    boolean add(ChatMessage message, UserId by, Instant at);

    /** Pins a message no more. Answers false when it was not. */
    boolean remove(ChatMessageId message);
}
