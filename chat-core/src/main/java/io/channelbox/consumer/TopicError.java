package io.channelbox.consumer;

import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.TypeName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a peer is told of its own mistake on a connection that carries topics.
 *
 * @param reason the stable code: {@code unknown_topic}, {@code unauthorized}, {@code not_subscribed}, or any of {@link PeerException}
 * @param detail for people
 * @param errors each thing that is wrong, with the path to it
 * @param retryAfterMillis how long to wait before trying again
 */
@TypeName("error")
public record TopicError(
        String reason, String detail, Optional<List<Problem>> errors, Optional<Long> retryAfterMillis) {

    /** Nothing here goes by that name. */
    public static final String UNKNOWN_TOPIC = "unknown_topic";

    /** Not this user. */
    public static final String UNAUTHORIZED = "unauthorized";

    /** The peer spoke in a topic it is not subscribed to. */
    public static final String NOT_SUBSCRIBED = "not_subscribed";

    /** The peer is subscribed to as many topics as it may. */
    public static final String TOO_MANY_TOPICS = "too_many_topics";

    /** Refuses missing parts. */
    public TopicError {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
        errors = errors.map(List::copyOf);
        Objects.requireNonNull(retryAfterMillis, "retryAfterMillis");
    }

    /** Returns the reply to an exception. */
    public static TopicError to(PeerException mistake) {
        return new TopicError(
                mistake.code().equals(PeerException.NOT_ALLOWED) ? UNAUTHORIZED : mistake.code(),
                mistake.text(),
                Optional.of(mistake.problems()).filter(problems -> !problems.isEmpty()),
                mistake.retryAfter().map(Duration::toMillis));
    }
}
