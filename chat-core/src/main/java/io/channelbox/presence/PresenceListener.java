package io.channelbox.presence;

/** Hears of every change, those of one group in their order and one at a time, on the box's executor. What it throws is logged. */
@FunctionalInterface
public interface PresenceListener {

    /** Some have come, left, or changed. All that changes at about the same time comes in one call. */
    void onChange(PresenceChange change);
}
