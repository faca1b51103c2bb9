package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody in a conversation.
 *
 * @param number which of all participants of the store this is; later ones have larger numbers
 * @param name what others saw when this was last kept
 * @param muted whether they may read, but not speak
 * @param lastReadSequence the number up to which they have read; 0 is nothing
 * @param lastReadAt when they read that
 */
public record Participant(
        long number,
        ConversationId conversation,
        UserId user,
        String name,
        Optional<String> avatar,
        Role role,
        boolean muted,
        Instant joinedAt,
        long lastReadSequence,
        Optional<Instant> lastReadAt) {

    /** Refuses missing parts. */
    public Participant {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(avatar, "avatar");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(joinedAt, "joinedAt");
        Objects.requireNonNull(lastReadAt, "lastReadAt");
    }

    Participant in(Role other) {
        return new Participant(
                number, conversation, user, name, avatar, other, muted, joinedAt, lastReadSequence, lastReadAt);
    }

    Participant muted(boolean isMuted) {
        return new Participant(
                number, conversation, user, name, avatar, role, isMuted, joinedAt, lastReadSequence, lastReadAt);
    }

    /** Returns them as if they had read up to this number. */
    Participant readUpTo(long sequence) {
        return new Participant(number, conversation, user, name, avatar, role, muted, joinedAt, sequence, lastReadAt);
    }

    Participant reading(long sequence, Instant now) {
        return new Participant(
                number, conversation, user, name, avatar, role, muted, joinedAt, sequence, Optional.of(now));
    }
}
