package io.channelbox.conversation;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Some messages of a conversation that follow one another.
 *
 * @param messages the oldest first; deleted ones are left out
 * @param reactions of those messages that have any, the emoji that came first first
 * @param more whether there are older ones
 */
public record MessagePage(List<ChatMessage> messages, Map<ChatMessageId, List<Reactions>> reactions, boolean more) {

    /** Copies both. */
    public MessagePage {
        messages = List.copyOf(messages);
        reactions = Map.copyOf(reactions);
    }

    /** Returns the reactions to a message of the page; empty when there are none. */
    public List<Reactions> reactionsTo(ChatMessageId message) {
        return Objects.requireNonNull(reactions.getOrDefault(message, List.of()));
    }
}
