package io.channelbox.broker;

import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of a publication. */
public sealed interface PublishResult {

    /** Returns what this node had delivered when publishing returned; a broker of many nodes may deliver later. */
    Deliveries deliveries();

    /** It was kept at this position, and told. */
    record Appended(StreamPosition position, Deliveries deliveries) implements PublishResult {
        /** Refuses missing parts. */
        public Appended {
            Objects.requireNonNull(position, "position");
            Objects.requireNonNull(deliveries, "deliveries");
        }
    }

    /** It was told and not kept. */
    record Sent(Deliveries deliveries) implements PublishResult {
        /** Refuses missing parts. */
        public Sent {
            Objects.requireNonNull(deliveries, "deliveries");
        }
    }

    /** It had been published before, with the same idempotency key, as this message, and was kept there if it was kept. Nothing was told again. */
    record Duplicate(MessageId message, Optional<StreamPosition> original) implements PublishResult {
        /** Refuses missing parts. */
        public Duplicate {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(original, "original");
        }

        @Override
        public Deliveries deliveries() {
            return Deliveries.NONE;
        }
    }

    /**
     * The rules of the group do not let its sender speak, see {@link Broker#rule}. It was neither kept nor told, and may be published
     * again later, with the same idempotency key.
     *
     * @param why which rule
     * @param retryAfter how long to wait before trying again; empty when that is not known
     */
    record Refused(Reason why, Optional<Duration> retryAfter) implements PublishResult {
        /** Refuses missing parts. */
        public Refused {
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        @Override
        public Deliveries deliveries() {
            return Deliveries.NONE;
        }
    }

    /** Which rule does not let somebody speak. */
    enum Reason {
        /** Nobody may: {@link Rule.Freeze}. */
        FROZEN,
        /** This user may not: {@link Rule.Mute}. */
        MUTED,
        /** This user may not yet: {@link Rule.SlowMode}. */
        SLOW_MODE
    }

    /** Returns where the message is kept, if it is. */
    default Optional<StreamPosition> keptAt() {
        if (this instanceof Appended appended) {
            return Optional.of(appended.position());
        }
        return this instanceof Duplicate duplicate ? duplicate.original() : Optional.empty();
    }
}
