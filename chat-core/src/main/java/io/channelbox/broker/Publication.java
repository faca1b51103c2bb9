package io.channelbox.broker;

import io.channelbox.codec.Content;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something on its way to a group.
 *
 * @param id the id of the message
 * @param group whom it is said to
 * @param sentAt when the box accepted it
 * @param content what is said
 * @param options how
 * @param keep how it is kept; empty when it is not
 * @param groups to how many groups the message is said: a channel that is in several of them gets it once
 */
public record Publication(
        MessageId id,
        GroupName group,
        Instant sentAt,
        Content content,
        PublishOptions options,
        Optional<Keep> keep,
        int groups) {

    /** The encoded payload to keep, and how long. */
    public record Keep(Payload payload, Retention retention) {
        /** Refuses missing parts. */
        public Keep {
            Objects.requireNonNull(payload, "payload");
            Objects.requireNonNull(retention, "retention");
        }
    }

    /** Refuses missing parts. */
    public Publication {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(sentAt, "sentAt");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(keep, "keep");
        if (groups < 1) {
            throw new IllegalArgumentException("groups must be at least 1, was " + groups);
        }
    }

    /** Makes a publication of a message that is said to one group. */
    public Publication(
            MessageId id,
            GroupName group,
            Instant sentAt,
            Content content,
            PublishOptions options,
            Optional<Keep> keep) {
        this(id, group, sentAt, content, options, keep, 1);
    }

    /** Returns the message to keep. */
    Message toMessage(Payload payload) {
        return new Message(id, group, options.sender(), options.kind(), sentAt, payload, options.idempotencyKey());
    }
}
