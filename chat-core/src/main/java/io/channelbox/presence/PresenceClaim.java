package io.channelbox.presence;

/** A place that a channel will take in a group, with its name: decided before the channel joins, told after. Ask {@link Presence#claim}. */
public final class PresenceClaim {

    private final Trackings trackings;
    private final Tracking tracking;

    PresenceClaim(Trackings trackings, Tracking tracking) {
        this.trackings = trackings;
        this.tracking = tracking;
    }

    /** The channel is a member now: tells it who is here, and the others that it has come. It leaves when its membership ends. */
    public void begin() {
        trackings.begin(tracking);
    }

    /** The channel has not become a member. */
    public void cancel() {
        trackings.end(tracking, true);
    }
}
