package io.channelbox.message;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something said to a group, in the form in which it is kept.
 *
 * @param id its own id
 * @param group whom it was said to
 * @param sender who said it; empty when the application itself did
 * @param kind what sort of message it is, in the application's words; {@link #PLAIN} when it does not sort them
 * @param sentAt when the box accepted it
 * @param payload what was said
 * @param idempotencyKey the name its speaker gave to this act of saying it, by which a repetition is known
 */
public record Message(
        MessageId id,
        GroupName group,
        Optional<UserId> sender,
        String kind,
        Instant sentAt,
        Payload payload,
        Optional<String> idempotencyKey) {

    /** The kind of a message that was given none. */
    public static final String PLAIN = "message";

    /** Refuses missing parts. */
    public Message {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sentAt, "sentAt");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    }

    /** Makes a message without a key. */
    public Message(
            MessageId id, GroupName group, Optional<UserId> sender, String kind, Instant sentAt, Payload payload) {
        this(id, group, sender, kind, sentAt, payload, Optional.empty());
    }

    /** Returns the number of bytes of the encoded payload: what bounds by bytes count. */
    public int size() {
        return payload.frame().size();
    }
}
