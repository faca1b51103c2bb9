package io.channelbox.conversation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody has set for themselves about a conversation that they are in. Nobody else learns of it.
 *
 * @param mutedUntil until when they want no notifications
 * @param archivedAfter the number of the newest message when they archived it for themselves
 */
public record MemberSettings(Optional<Instant> mutedUntil, Optional<Long> archivedAfter) {

    /** When what is for ever ends. */
    public static final Instant FOREVER = Instant.parse("2200-01-01T00:00:00Z");

    /** What nobody has set. */
    public static final MemberSettings DEFAULT = new MemberSettings(Optional.empty(), Optional.empty());

    /** Refuses missing parts. What ends later than {@link #FOREVER} ends then. */
    public MemberSettings {
        mutedUntil = mutedUntil.map(end -> end.isAfter(FOREVER) ? FOREVER : end);
        Objects.requireNonNull(archivedAfter, "archivedAfter");
    }

    /** Tells whether they want no notifications now. */
    public boolean isMuted(Instant now) {
        return mutedUntil.isPresent() && mutedUntil.get().isAfter(now);
    }

    /** Tells whether they have it archived now: it comes back with the next message, unless its notifications are muted. */
    public boolean isArchived(Conversation conversation, Instant now) {
        return archivedAfter.isPresent() && (conversation.lastSequence() <= archivedAfter.get() || isMuted(now));
    }

    MemberSettings mutedUntil(Optional<Instant> end) {
        return new MemberSettings(end, archivedAfter);
    }

    MemberSettings archivedAfter(Optional<Long> sequence) {
        return new MemberSettings(mutedUntil, sequence);
    }
}
