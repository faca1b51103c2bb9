package io.channelbox.conversation;

import io.channelbox.conversation.Notification.Reason;
import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something of which people who are away may be told.
 *
 * @param added whom an edit mentions first; empty for a new message
 */
record Occasion(ChatMessageId message, Optional<Mentions> added) {

    /** Tells why somebody is told of a message as it is now, if they are. */
    Optional<Reason> reasonFor(Recipient recipient, ChatMessage now, Instant moment) {
        UserId user = recipient.participant().user();
        boolean mentioned = now.mentions().includes(user)
                && added.map(some -> some.includes(user)).orElse(true);
        boolean named = mentioned && now.mentions().users().contains(user);
        boolean read = recipient.participant().lastReadSequence() >= now.sequence();
        boolean concerned = added.isPresent() ? mentioned : !read;
        boolean wanted = named || !recipient.settings().isMuted(moment);
        return concerned && wanted ? Optional.of(mentioned ? Reason.MENTION : Reason.MESSAGE) : Optional.empty();
    }
}
