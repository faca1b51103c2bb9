package io.channelbox.history;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * How much of a group's history is kept. Whichever bound is met first, the oldest messages go first, and never the newest.
 *
 * @param count the largest number of messages
 * @param bytes the largest sum of the bytes of their encoded payloads; the newest message is kept even when it alone is larger
 * @param age how old a message may grow
 * @param kinds which kinds of messages are kept; empty means all of them
 */
public record Retention(int count, long bytes, Duration age, Set<String> kinds) {

    /** The last 1,000 messages of seven days, up to 1 MiB, of all kinds. */
    public static final Retention DEFAULT = new Retention(1_000, 1 << 20, Duration.ofDays(7), Set.of());

    /** Refuses bounds that would keep nothing. */
    public Retention {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, was " + count);
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes must be at least 1, was " + bytes);
        }
        if (Objects.requireNonNull(age, "age").isNegative() || age.isZero()) {
            throw new IllegalArgumentException("age must be positive, was " + age);
        }
        Objects.requireNonNull(kinds, "kinds").forEach(kind -> Objects.requireNonNull(kind, "kind"));
        kinds = Set.copyOf(kinds);
    }

    /** Returns the same retention, for this many messages. */
    public Retention withCount(int messages) {
        return new Retention(messages, bytes, age, kinds);
    }

    /** Returns the same retention, for this many bytes. */
    public Retention withBytes(long encoded) {
        return new Retention(count, encoded, age, kinds);
    }

    /** Returns the same retention, for messages up to this age. */
    public Retention withAge(Duration oldest) {
        return new Retention(count, bytes, oldest, kinds);
    }

    /** Returns the same retention, for these kinds of messages only. */
    public Retention withKinds(String... kept) {
        return new Retention(count, bytes, age, new HashSet<>(Arrays.asList(Objects.requireNonNull(kept, "kinds"))));
    }

    /** Tells whether messages of this kind are kept. */
    public boolean keeps(String kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }
}
