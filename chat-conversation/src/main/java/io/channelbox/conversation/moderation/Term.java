package io.channelbox.conversation.moderation;

import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How long something holds. It ends by itself, without anything that has to run then. */
public sealed interface Term {

    /** The longest that has an end. */
    Duration LONGEST = Duration.ofDays(36_500);

    /** Returns a term that holds until somebody ends it. */
    static Term open() {
        return new Open();
    }

    /** Returns a term of this length from now on. */
    static Term of(Duration length) {
        return new For(length);
    }

    /** Returns a term that ends then. */
    static Term until(Instant end) {
        return new Until(end);
    }

    /** Until somebody ends it. */
    record Open() implements Term {}

    /** For this long from now on. */
    record For(Duration length) implements Term {

        /** Refuses a missing length. */
        public For {
            Objects.requireNonNull(length, "length");
        }
    }

    /** Until then. */
    record Until(Instant end) implements Term {

        /** Refuses a missing end. */
        public Until {
            Objects.requireNonNull(end, "end");
        }
    }

    /**
     * Returns when it ends, if it does, as seen at this time.
     *
     * @throws PeerException {@code invalid}, with the place {@code until}, when that is not later, or later than {@link #LONGEST}
     */
    default Optional<Instant> endSeenAt(Instant now) {
        if (this instanceof Open) {
            return Optional.empty();
        }
        Duration length = this instanceof For some ? some.length() : Duration.between(now, ((Until) this).end());
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
            throw PeerException.invalid(
                    List.of(new Problem("until", "must be later than now, and within " + LONGEST.toDays() + " days")));
        }
        return Optional.of(now.plus(length));
    }
}
