package io.channelbox.broker;

import io.channelbox.message.MessageId;
import io.channelbox.message.StreamPosition;
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

    /** Returns where the message is kept, if it is. */
    default Optional<StreamPosition> keptAt() {
        if (this instanceof Appended appended) {
            return Optional.of(appended.position());
        }
        return this instanceof Duplicate duplicate ? duplicate.original() : Optional.empty();
    }
}
