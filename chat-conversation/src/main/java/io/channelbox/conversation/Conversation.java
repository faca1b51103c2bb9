package io.channelbox.conversation;

import io.channelbox.message.UserId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A conversation, as it is kept.
 *
 * @param creator who began it
 * @param name what a group is called; a direct conversation has none
 * @param category under which a group is listed
 * @param active false when it is archived: nothing more is said
 * @param updatedAt when something about it was last changed; what is said is no change
 * @param lastMessageAt when something was last said, or else when it began
 * @param lastSequence the number of the newest message; 0 when there is none
 * @param limits when members may speak
 */
public record Conversation(
        ConversationId id,
        ConversationKind kind,
        UserId creator,
        Optional<String> name,
        Optional<String> description,
        Optional<String> avatar,
        Visibility visibility,
        Optional<String> category,
        boolean active,
        Instant createdAt,
        Instant updatedAt,
        Instant lastMessageAt,
        long lastSequence,
        SpeechLimits limits) {

    /** Refuses missing parts. */
    public Conversation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(creator, "creator");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(avatar, "avatar");
        Objects.requireNonNull(visibility, "visibility");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(lastMessageAt, "lastMessageAt");
        Objects.requireNonNull(limits, "limits");
    }

    /** Makes one in which everybody may speak at any time. */
    public Conversation(
            ConversationId id,
            ConversationKind kind,
            UserId creator,
            Optional<String> name,
            Optional<String> description,
            Optional<String> avatar,
            Visibility visibility,
            Optional<String> category,
            boolean active,
            Instant createdAt,
            Instant updatedAt,
            Instant lastMessageAt,
            long lastSequence) {
        this(
                id,
                kind,
                creator,
                name,
                description,
                avatar,
                visibility,
                category,
                active,
                createdAt,
                updatedAt,
                lastMessageAt,
                lastSequence,
                SpeechLimits.NONE);
    }

    /** Tells whether it is between two people. */
    public boolean isDirect() {
        return kind == ConversationKind.DIRECT;
    }

    /** Returns it as it is with these details from this moment on. */
    Conversation described(GroupDetails details, Instant now) {
        return new Conversation(
                id,
                kind,
                creator,
                Optional.of(details.name()),
                details.description(),
                details.avatar(),
                details.visibility(),
                details.category(),
                active,
                createdAt,
                now,
                lastMessageAt,
                lastSequence,
                limits);
    }

    /** Returns it as if somebody else had begun it. */
    Conversation begunBy(UserId other) {
        return new Conversation(
                id,
                kind,
                other,
                name,
                description,
                avatar,
                visibility,
                category,
                active,
                createdAt,
                updatedAt,
                lastMessageAt,
                lastSequence,
                limits);
    }

    /** Returns it archived, or taken up again. */
    Conversation active(boolean isActive, Instant now) {
        return new Conversation(
                id,
                kind,
                creator,
                name,
                description,
                avatar,
                visibility,
                category,
                isActive,
                createdAt,
                now,
                lastMessageAt,
                lastSequence,
                limits);
    }

    /** Returns it with these limits from this moment on. */
    Conversation limited(SpeechLimits limited, Instant now) {
        return new Conversation(
                id,
                kind,
                creator,
                name,
                description,
                avatar,
                visibility,
                category,
                active,
                createdAt,
                now,
                lastMessageAt,
                lastSequence,
                limited);
    }

    /** Returns it as it is when one more message was said: for stores. When something was last said never goes back. */
    public Conversation after(long sequence, Instant said) {
        return new Conversation(
                id,
                kind,
                creator,
                name,
                description,
                avatar,
                visibility,
                category,
                active,
                createdAt,
                updatedAt,
                said.isBefore(lastMessageAt) ? lastMessageAt : said, // a clock was put back
                sequence,
                limits);
    }
}
