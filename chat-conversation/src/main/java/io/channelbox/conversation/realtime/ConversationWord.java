package io.channelbox.conversation.realtime;

import io.channelbox.conversation.ChatMessage;
import io.channelbox.conversation.ConversationEvent;
import io.channelbox.conversation.Participant;
import io.channelbox.message.TypeName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is told in the group of a conversation. */
public sealed interface ConversationWord {

    /** Returns the id of the conversation. */
    long conversationId();

    /** Something was said. */
    @TypeName("message")
    record Said(long conversationId, MessageView message, Instant timestamp) implements ConversationWord {}

    /** More happened than could be kept until it could be told, see {@link LiveConversations}: read the conversation again. */
    @TypeName("missed")
    record Missed(long conversationId, Instant timestamp) implements ConversationWord {}

    /** Something was said otherwise. */
    @TypeName("message_edited")
    record Edited(long conversationId, MessageView message, Instant timestamp) implements ConversationWord {

        static Edited of(ChatMessage message, Instant now) {
            return new Edited(message.conversation().value(), MessageView.of(message), now);
        }
    }

    /** A message was pinned, or is so no more. */
    @TypeName("pin")
    record Pinned(long conversationId, MessageView message, String userId, boolean isPinned, Instant timestamp)
            implements ConversationWord {

        static Pinned of(ConversationEvent.Pinned event, Instant now) {
            return new Pinned(
                    event.conversation().value(),
                    MessageView.of(event.message()),
                    event.by().value(),
                    event.added(),
                    now);
        }
    }

    /** Something was taken back, by this user. */
    @TypeName("message_deleted")
    record Deleted(long conversationId, long messageId, String userId, Instant timestamp) implements ConversationWord {

        static Deleted of(ConversationEvent.MessageDeleted event, Instant now) {
            return new Deleted(
                    event.conversation().value(),
                    event.message().id().value(),
                    event.by().value(),
                    now);
        }
    }

    /** Messages were taken away for good. What is told from here on has no position before this one. */
    @TypeName("messages_removed")
    record Removed(long conversationId, List<Long> messageIds, Instant timestamp) implements ConversationWord {

        /** Copies the ids. */
        public Removed {
            messageIds = List.copyOf(messageIds);
        }

        static Removed of(ConversationEvent.MessagesRemoved event, Instant now) {
            List<Long> ids = event.messages().stream()
                    .map(message -> message.id().value())
                    .toList();
            return new Removed(event.conversation().value(), ids, now);
        }
    }

    /** Somebody reacted to a message, or took that back. */
    @TypeName("reaction")
    record Reacted(long conversationId, long messageId, String userId, String emoji, boolean isAdded, Instant timestamp)
            implements ConversationWord {

        static Reacted of(ConversationEvent.Reacted event, Instant now) {
            return new Reacted(
                    event.conversation().value(),
                    event.message().id().value(),
                    event.by().value(),
                    event.emoji(),
                    event.added(),
                    now);
        }
    }

    /** Somebody has read the messages up to this number. */
    @TypeName("read_receipt")
    record Read(long conversationId, String userId, String username, long sequence, Instant timestamp)
            implements ConversationWord {

        static Read of(Participant reader, Instant now) {
            return new Read(
                    reader.conversation().value(),
                    reader.user().value(),
                    reader.name(),
                    reader.lastReadSequence(),
                    now);
        }
    }

    /** Somebody is in it now. */
    @TypeName("user_joined")
    record Joined(long conversationId, String userId, String username, Instant timestamp) implements ConversationWord {

        static Joined of(Participant participant, Instant now) {
            return new Joined(
                    participant.conversation().value(), participant.user().value(), participant.name(), now);
        }
    }

    /** Somebody is in it no longer. */
    @TypeName("user_left")
    record Left(long conversationId, String userId, String username, Instant timestamp) implements ConversationWord {

        static Left of(Participant participant, Instant now) {
            return new Left(
                    participant.conversation().value(), participant.user().value(), participant.name(), now);
        }
    }

    /** Somebody has another role, or has lost their voice, until then if that is said, or got it back. */
    @TypeName("participant_changed")
    record ParticipantChanged(
            long conversationId,
            String userId,
            String role,
            boolean isMuted,
            Optional<Instant> mutedUntil,
            Instant timestamp)
            implements ConversationWord {

        static ParticipantChanged of(Participant participant, Instant now) {
            return new ParticipantChanged(
                    participant.conversation().value(),
                    participant.user().value(),
                    Words.of(participant.role()),
                    participant.muted(),
                    participant.mutedUntil(),
                    now);
        }
    }

    /** It is called otherwise, has other limits of speech, or was archived or taken up again. */
    @TypeName("conversation_changed")
    record Changed(long conversationId, ConversationView conversation, Instant timestamp) implements ConversationWord {}
}
