package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.List;

/** Something that was changed in a conversation, and is kept. */
public sealed interface ConversationEvent {

    /** Returns where. */
    ConversationId conversation();

    /** A conversation was begun, by these people. */
    record Created(Conversation created, List<Participant> participants) implements ConversationEvent {

        /** Copies the participants. */
        public Created {
            participants = List.copyOf(participants);
        }

        @Override
        public ConversationId conversation() {
            return created.id();
        }
    }

    /** Its details were changed, or when members may speak, or it was archived or taken up again. */
    record Changed(Conversation changed, UserId by) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return changed.id();
        }
    }

    /** Somebody is in it now: whoever else added them, or they themselves. */
    record ParticipantAdded(Participant participant, UserId by) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return participant.conversation();
        }
    }

    /** Somebody's role changed, or whether they may speak. That they may again when their time is over is not told. */
    record ParticipantChanged(Participant participant, UserId by) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return participant.conversation();
        }
    }

    /** Somebody is in it no longer: whoever else removed them, or they themselves. */
    record ParticipantRemoved(Participant participant, UserId by) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return participant.conversation();
        }
    }

    /** Somebody has read more than before, on any of their devices. Who says something has read up to it, which is not told apart. */
    record Read(Participant participant) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return participant.conversation();
        }
    }

    /** Something was said. */
    record MessageSent(ChatMessage message) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return message.conversation();
        }
    }

    /** Something was said otherwise. */
    record MessageEdited(ChatMessage message) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return message.conversation();
        }
    }

    /** An edit mentions these, whom the message did not mention before. Whom a new message mentions, it says itself. */
    record Mentioned(ChatMessage message, Mentions added) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return message.conversation();
        }
    }

    /** A message was pinned, or is so no more. */
    record Pinned(ChatMessage message, UserId by, boolean added) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return message.conversation();
        }
    }

    /** Somebody has set something for themselves at this moment, of which nobody else learns. */
    record SettingsChanged(Conversation about, UserId user, MemberSettings settings, Instant at)
            implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return about.id();
        }
    }

    /** Somebody who is not in a group may join it by themselves, or could until now. */
    record Allowed(Conversation group, UserId user, UserId by, boolean added) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return group.id();
        }
    }

    /** Something was taken back, by its author or who may. What was attached to it is told, so that it can be taken away, too. */
    record MessageDeleted(ChatMessage message, List<Attachment> attachments, UserId by) implements ConversationEvent {

        /** Copies the attachments. */
        public MessageDeleted {
            attachments = List.copyOf(attachments);
        }

        @Override
        public ConversationId conversation() {
            return message.conversation();
        }
    }

    /**
     * Messages were taken away for good: they were too old, or their author was erased. They are told as they were, so that what was attached to them can be taken
     * away, too. There are none where somebody was erased who was there: what was told before names them, and is to be forgotten.
     */
    record MessagesRemoved(ConversationId conversation, List<ChatMessage> messages) implements ConversationEvent {

        /** Copies the messages. */
        public MessagesRemoved {
            messages = List.copyOf(messages);
        }
    }

    /** Something was done by somebody who moderates. It is for those who do. */
    record Audited(AuditEntry entry) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return entry.conversation();
        }
    }

    /** A message was reported, or somebody has decided about a report. It is for those who moderate. */
    record ReportChanged(Report report) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return report.conversation();
        }
    }

    /** Somebody reacted to a message, or took that back. */
    record Reacted(ChatMessage message, UserId by, String emoji, boolean added) implements ConversationEvent {

        @Override
        public ConversationId conversation() {
            return message.conversation();
        }
    }
}
