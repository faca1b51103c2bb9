package io.channelbox.conversation;

import java.util.List;

/** Looks at what is pinned in conversations. */
public interface PinReader {

    /** Returns what is pinned in a conversation: the last that was pinned first, and of two at the same moment the later message. */
    List<PinnedMessage> of(ConversationId conversation);
}
