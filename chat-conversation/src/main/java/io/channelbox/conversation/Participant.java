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
 * @param mutedUntil when they may speak again without anybody's doing; empty when they may, or somebody has to give them their voice
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
        Optional<Instant> lastReadAt,
        Optional<Instant> mutedUntil) {

    /** Refuses missing parts, and an end of what is not. */
    public Participant {
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(avatar, "avatar");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(joinedAt, "joinedAt");
        Objects.requireNonNull(lastReadAt, "lastReadAt");
        if (mutedUntil.isPresent() && !muted) {
            throw new IllegalArgumentException("only who is muted is so until some time");
        }
    }

    /** Makes somebody who is not muted, or for good. */
    public Participant(
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
        this(
                number,
                conversation,
                user,
                name,
                avatar,
                role,
                muted,
                joinedAt,
                lastReadSequence,
                lastReadAt,
                Optional.empty());
    }

    /** Returns them as they are at this time: not muted, when that has ended. */
    public Participant at(Instant now) {
        return mutedUntil.filter(end -> !now.isBefore(end)).isPresent() ? unmuted() : this;
    }

    Participant in(Role other) {
        return new Participant(
                number,
                conversation,
                user,
                name,
                avatar,
                other,
                muted,
                joinedAt,
                lastReadSequence,
                lastReadAt,
                mutedUntil);
    }

    Participant mutedUntil(Optional<Instant> end) {
        return muted(true, end);
    }

    Participant unmuted() {
        return muted(false, Optional.empty());
    }

    private Participant muted(boolean isMuted, Optional<Instant> end) {
        return new Participant(
                number, conversation, user, name, avatar, role, isMuted, joinedAt, lastReadSequence, lastReadAt, end);
    }

    /** Returns them as if they had read up to this number. */
    Participant readUpTo(long sequence) {
        return new Participant(
                number, conversation, user, name, avatar, role, muted, joinedAt, sequence, lastReadAt, mutedUntil);
    }

    Participant reading(long sequence, Instant now) {
        return new Participant(
                number,
                conversation,
                user,
                name,
                avatar,
                role,
                muted,
                joinedAt,
                sequence,
                Optional.of(now),
                mutedUntil);
    }
}
