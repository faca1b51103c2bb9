package io.channelbox.conversation.realtime;

import io.channelbox.conversation.ConversationEvent;
import io.channelbox.message.TypeName;
import java.time.Instant;
import java.util.Optional;

/** What is told to somebody about the list of their conversations. */
public sealed interface InboxWord {

    /** They are in one more, or it was begun. */
    @TypeName("conversation_added")
    record Added(ConversationView conversation) implements InboxWord {}

    /** One is called otherwise, or was archived or taken up again. */
    @TypeName("conversation_changed")
    record Changed(ConversationView conversation) implements InboxWord {}

    /** More happened than could be kept until it could be told, see {@link LiveConversations}: read the list again. */
    @TypeName("missed")
    record Missed() implements InboxWord {}

    /** They are in one less. */
    @TypeName("conversation_removed")
    record Removed(long conversationId) implements InboxWord {}

    /** Something was said in one of them. It is unread where its number is above the last one that they have read. */
    @TypeName("activity")
    record Activity(long conversationId, MessageView message, boolean isMentioned) implements InboxWord {}

    /** A message that did not mention them does so now. */
    @TypeName("mentioned")
    record Mentioned(long conversationId, MessageView message) implements InboxWord {}

    /** Something was said otherwise in one of them. */
    @TypeName("message_edited")
    record Edited(long conversationId, MessageView message) implements InboxWord {}

    /** Something was taken back in one of them, which had this number: it is not the newest message any more, nor unread. */
    @TypeName("message_deleted")
    record Deleted(long conversationId, long messageId, long sequence) implements InboxWord {}

    /** Messages of one of them were taken away for good: another one may be the newest now, and fewer may be unread. */
    @TypeName("messages_removed")
    record MessagesRemoved(long conversationId) implements InboxWord {}

    /** They have set for themselves whether its notifications are muted, and until when, and whether it is archived in their own list. */
    @TypeName("settings_changed")
    record SettingsChanged(long conversationId, Optional<Instant> mutedUntil, boolean isArchived) implements InboxWord {

        static SettingsChanged of(ConversationEvent.SettingsChanged event) {
            return new SettingsChanged(
                    event.conversation().value(),
                    event.settings().mutedUntil(),
                    event.settings().isArchived(event.about(), event.at()));
        }
    }

    /** They may join this one by themselves. */
    @TypeName("allowed")
    record Allowed(ConversationView conversation) implements InboxWord {}

    /** They may join this one by themselves no more. */
    @TypeName("disallowed")
    record Disallowed(long conversationId) implements InboxWord {}

    /** They have read one up to this number, on any of their devices. */
    @TypeName("read")
    record Read(long conversationId, long sequence) implements InboxWord {}
}
