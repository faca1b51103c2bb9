package io.channelbox.broker;

/**
 * What became of one publication at the members on this node.
 *
 * @param queued how many have it on its way; where that is not a message, it may still be left out
 * @param dropped how many do not get it, because too much was waiting for them and their policy is to drop, or because it is ephemeral
 * @param closed how many do not get it, because they are closing, or are being closed for being too slow
 */
public record Deliveries(int queued, int dropped, int closed) {

    /** Nobody was reached, or reaching them is still to come. */
    public static final Deliveries NONE = new Deliveries(0, 0, 0);

    /** Returns the number of members it was meant for. */
    public int total() {
        return queued + dropped + closed;
    }

    /** Returns the sum of both. */
    public Deliveries plus(Deliveries other) {
        return new Deliveries(queued + other.queued, dropped + other.dropped, closed + other.closed);
    }
}
