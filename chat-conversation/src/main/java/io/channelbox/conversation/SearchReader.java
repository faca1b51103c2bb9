package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.util.Collection;
import java.util.List;

/** Finds what was said in a {@link ConversationStore}, at the same moment as all that is read together. */
public interface SearchReader extends MessageSearch {

    /** Returns those of these messages that are not deleted and in conversations that this user is in, the one with the largest id first. */
    List<ChatMessage> readable(UserId user, Collection<ChatMessageId> messages);
}
