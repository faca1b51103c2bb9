package io.channelbox.conversation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A conversation in the list of somebody who is in it.
 *
 * @param own their place in it
 * @param participants how many people are in it
 * @param unread how many messages they have not read; deleted ones do not count
 * @param mentions how many of those mention them
 * @param settings what they have set for themselves
 * @param newest the newest message that is not deleted
 */
public record ConversationSummary(
        Conversation conversation,
        Participant own,
        int participants,
        long unread,
        long mentions,
        MemberSettings settings,
        Optional<ChatMessage> newest) {

    /** Refuses missing parts. */
    public ConversationSummary {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(own, "own");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(newest, "newest");
    }

    /** Returns it as it is at this time. */
    ConversationSummary at(Instant now) {
        return new ConversationSummary(conversation, own.at(now), participants, unread, mentions, settings, newest);
    }

    /** Returns it with so much less that is not read. */
    ConversationSummary without(UnreadCount some) {
        return new ConversationSummary(
                conversation,
                own,
                participants,
                unread - some.messages(),
                mentions - some.mentions(),
                settings,
                newest);
    }

    /** Returns where a list goes on behind this one. */
    public ListPosition position() {
        return new ListPosition(conversation.lastMessageAt(), conversation.id());
    }
}
