package io.channelbox.examples.system;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.MessageKind;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Role;
import java.time.Instant;
import java.util.Optional;

/** What answers look like. */
final class Views {

    private Views() {}

    record ConversationJson(
            long id,
            String conversationType,
            Optional<String> name,
            Optional<String> description,
            Optional<String> avatarUrl,
            boolean isActive,
            Instant createdAt,
            Instant updatedAt,
            Instant lastMessageAt,
            int participantCount,
            long unreadCount,
            Optional<String> lastMessage) {

        static ConversationJson of(Conversation conversation, int participants) {
            return of(conversation, participants, 0, Optional.empty());
        }

        static ConversationJson of(ConversationSummary summary) {
            return of(
                    summary.conversation(),
                    summary.participants(),
                    summary.unread(),
                    summary.newest().map(ConversationJson::shown));
        }

        private static ConversationJson of(
                Conversation conversation, int participants, long unread, Optional<String> lastMessage) {
            return new ConversationJson(
                    conversation.id().value(),
                    conversation.isDirect() ? "direct" : "group",
                    conversation.name(),
                    conversation.description(),
                    conversation.avatar(),
                    conversation.active(),
                    conversation.createdAt(),
                    conversation.updatedAt(),
                    conversation.lastMessageAt(),
                    participants,
                    unread,
                    lastMessage);
        }

        private static String shown(ChatMessage message) {
            boolean wordless = message.content().isEmpty() && message.kind() != MessageKind.TEXT;
            return wordless ? message.attachments().get(0).name() : message.content();
        }
    }

    record ParticipantJson(
            long id,
            String userId,
            long conversationId,
            String username,
            Optional<String> userAvatar,
            String role,
            boolean isMuted,
            Instant joinedAt,
            Optional<Instant> lastReadAt) {

        /** The original clients know two roles, and take whoever owns a group for an admin. */
        static ParticipantJson of(Participant participant) {
            return new ParticipantJson(
                    participant.number(),
                    participant.user().value(),
                    participant.conversation().value(),
                    participant.name(),
                    participant.avatar(),
                    participant.role().isAtLeast(Role.ADMIN) ? "admin" : "member",
                    participant.muted(),
                    participant.joinedAt(),
                    participant.lastReadAt());
        }
    }

    record Success(boolean success) {

        static final Success YES = new Success(true);
    }
}
