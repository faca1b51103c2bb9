package io.channelbox.broker;

import java.util.Objects;
import java.util.Optional;

/**
 * What may become of something said while it waits for a member that reads slowly. Whatever it is: what arrives arrives in the
 * order in which it was said.
 *
 * @param kind whether it must arrive
 * @param key of a state: which one it is
 */
public record Delivery(Kind kind, Optional<String> key) {

    /** It must arrive: the default, and what holds for all that is kept. */
    public static final Delivery MESSAGE = new Delivery(Kind.MESSAGE, Optional.empty());

    /** It is worth something only now, such as that somebody is typing. */
    public static final Delivery EPHEMERAL = new Delivery(Kind.EPHEMERAL, Optional.empty());

    /** Whether something must arrive. */
    public enum Kind {
        /** It must. Where too much waits, the overflow policy decides. */
        MESSAGE,
        /**
         * The latest of its key must. A newer one waits behind all that was said before it, and the older one, if it waits still,
         * is left out.
         */
        STATE,
        /**
         * It need not. It is not taken where half as much waits as may, and what waits is dropped before any message is, and
         * before a channel is closed because too much waits for it.
         */
        EPHEMERAL
    }

    /** Refuses a state without a key, and a key of anything else. */
    public Delivery {
        if (key.isPresent() != (Objects.requireNonNull(kind, "kind") == Kind.STATE)) {
            throw new IllegalArgumentException("a state has a key and nothing else has, was " + kind + " with " + key);
        }
    }

    /**
     * Returns the delivery of a state, such as who is online, or how far somebody has read: only the latest of a key counts. Keys
     * hold within one group; a channel's own are apart from those of its groups.
     */
    public static Delivery state(String key) {
        return new Delivery(Kind.STATE, Optional.of(Objects.requireNonNull(key, "key")));
    }

    /** Tells whether it must arrive in any case. */
    public boolean isMessage() {
        return kind == Kind.MESSAGE;
    }
}
