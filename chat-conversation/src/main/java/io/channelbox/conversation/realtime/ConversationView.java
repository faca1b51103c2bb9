package io.channelbox.conversation.realtime;

import io.channelbox.conversation.Conversation;
import java.time.Instant;
import java.util.Optional;

/** A conversation as clients see it. */
public record ConversationView(
        long id,
        String conversationType,
        Optional<String> name,
        Optional<String> description,
        Optional<String> avatarUrl,
        String visibility,
        Optional<String> category,
        boolean isActive,
        Instant createdAt,
        Instant updatedAt,
        Instant lastMessageAt,
        long lastSequence,
        boolean isFrozen,
        long slowModeMillis) {

    /** Returns what clients see of a conversation. */
    public static ConversationView of(Conversation conversation) {
        return new ConversationView(
                conversation.id().value(),
                Words.of(conversation.kind()),
                conversation.name(),
                conversation.description(),
                conversation.avatar(),
                Words.of(conversation.visibility()),
                conversation.category(),
                conversation.active(),
                conversation.createdAt(),
                conversation.updatedAt(),
                conversation.lastMessageAt(),
                conversation.lastSequence(),
                conversation.limits().frozen(),
                conversation.limits().slowMode().toMillis());
    }
}
