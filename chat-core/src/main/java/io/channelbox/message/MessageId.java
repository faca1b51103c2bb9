package io.channelbox.message;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The id of one message: a version 7 UUID (RFC 9562), so ids sort by the millisecond they were made in. Not a secret. */
public record MessageId(UUID value) {

    private static final long VERSION_7 = 0x7000L;
    private static final long IETF_VARIANT = 0x8000_0000_0000_0000L;

    /** Refuses a missing value. */
    public MessageId {
        Objects.requireNonNull(value, "value");
    }

    /** Returns a new id for a message of that time. */
    public static MessageId at(Instant time) {
        var random = ThreadLocalRandom.current();
        long high = time.toEpochMilli() << 16 | VERSION_7 | random.nextInt(1 << 12);
        long low = IETF_VARIANT | random.nextLong() >>> 2;
        return new MessageId(new UUID(high, low));
    }

    /**
     * Returns the id that {@link #toString()} printed.
     *
     * @throws IllegalArgumentException when the text is not an id
     */
    public static MessageId of(String text) {
        return new MessageId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
