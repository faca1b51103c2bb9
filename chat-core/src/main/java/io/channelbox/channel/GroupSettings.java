package io.channelbox.channel;

import io.channelbox.broker.Delivery;
import io.channelbox.history.Retention;
import java.util.Objects;
import java.util.Optional;

/**
 * What holds for all groups of one kind.
 *
 * @param saving whether messages are kept unless their options say otherwise
 * @param retention how much is kept
 * @param overflow what happens when too much waits for a member; empty means as the box's outbox limits say
 * @param delivery what may become of what is not kept, where its options do not say
 */
public record GroupSettings(boolean saving, Retention retention, Optional<OverflowPolicy> overflow, Delivery delivery) {

    /** Messages are kept only where their options say so, as {@link Retention#DEFAULT} says. */
    public static final GroupSettings DEFAULT =
            new GroupSettings(false, Retention.DEFAULT, Optional.empty(), Delivery.MESSAGE);

    /** Refuses missing parts. */
    public GroupSettings {
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(overflow, "overflow");
        Objects.requireNonNull(delivery, "delivery");
    }

    /** Keeps every message whose options do not say otherwise, this much of them. */
    public GroupSettings saving(Retention kept) {
        return new GroupSettings(true, kept, overflow, delivery);
    }

    /** Keeps this much of the messages that are kept. */
    public GroupSettings retaining(Retention kept) {
        return new GroupSettings(saving, kept, overflow, delivery);
    }

    /** Does this when too much waits for a member. */
    public GroupSettings onOverflow(OverflowPolicy policy) {
        return new GroupSettings(saving, retention, Optional.of(Objects.requireNonNull(policy, "policy")), delivery);
    }

    /** Lets this become of what is not kept and whose options do not say, while it waits for a member that reads slowly. */
    public GroupSettings delivering(Delivery what) {
        return new GroupSettings(saving, retention, overflow, what);
    }
}
