package io.channelbox.examples.system.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.Conversation;
import io.channelbox.conversation.ConversationSummary;
import io.channelbox.conversation.MemberSettings;
import io.channelbox.conversation.MessageKind;
import io.channelbox.conversation.MessagePage;
import io.channelbox.conversation.Participant;
import io.channelbox.conversation.Reactions;
import io.channelbox.conversation.Role;
import io.channelbox.conversation.realtime.MessageView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What answers look like: the fields of the original, and after them those that it does not have. */
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
            Optional<String> lastMessage,
            String visibility,
            Optional<String> category,
            Optional<Partner> partner,
            long mentions,
            Optional<Instant> mutedUntil,
            boolean archived,
            boolean isFrozen,
            long slowModeSeconds,
            long lastSequence,
            Optional<Long> lastMessageId,
            Optional<String> lastMessageUserId) {

        static ConversationJson of(ConversationSummary summary, Optional<Participant> partner, Instant now) {
            Conversation conversation = summary.conversation();
            MemberSettings settings = summary.settings();
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
                    summary.participants(),
                    summary.unread(),
                    summary.newest().map(ConversationJson::shown),
                    word(conversation.visibility()),
                    conversation.category(),
                    partner.map(Partner::of),
                    summary.mentions(),
                    settings.mutedUntil().filter(now::isBefore),
                    settings.isArchived(conversation, now),
                    conversation.limits().frozen(),
                    conversation.limits().slowMode().toSeconds(),
                    conversation.lastSequence(),
                    summary.newest().map(newest -> newest.id().value()),
                    summary.newest().map(newest -> newest.author().value()));
        }

        private static String shown(ChatMessage message) {
            boolean wordless = message.content().isEmpty() && message.kind() != MessageKind.TEXT;
            return wordless ? message.attachments().get(0).name() : message.content();
        }
    }

    /** The other one of a direct conversation. */
    record Partner(String userId, String username, Optional<String> userAvatar) {

        static Partner of(Participant participant) {
            return new Partner(participant.user().value(), participant.name(), participant.avatar());
        }
    }

    /** A public group, as those see it who are not in it. */
    record GroupJson(
            long id,
            Optional<String> name,
            Optional<String> description,
            Optional<String> avatarUrl,
            Optional<String> category,
            Instant lastMessageAt) {

        static GroupJson of(Conversation group) {
            return new GroupJson(
                    group.id().value(),
                    group.name(),
                    group.description(),
                    group.avatar(),
                    group.category(),
                    group.lastMessageAt());
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
            Optional<Instant> lastReadAt,
            boolean isOwner,
            long lastReadSequence,
            Optional<Instant> mutedUntil) {

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
                    participant.lastReadAt(),
                    participant.role() == Role.OWNER,
                    participant.lastReadSequence(),
                    participant.mutedUntil());
        }
    }

    /** A message in a page, with what people think of it. */
    record MessageJson(@JsonUnwrapped MessageView message, List<Reactions> reactions) {

        static List<MessageJson> of(MessagePage page) {
            return page.messages().stream()
                    .map(each -> new MessageJson(MessageView.of(each), page.reactionsTo(each.id())))
                    .toList();
        }
    }

    record Success(boolean success) {

        static final Success YES = new Success(true);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
