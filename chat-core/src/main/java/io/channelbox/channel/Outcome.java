package io.channelbox.channel;

/** What becomes of a publication at one member. */
enum Outcome {
    QUEUED,
    DROPPED,
    CLOSED,
    /** It is not for this member, or was told before. */
    NOT_MEANT;

    static Outcome of(SendResult result) {
        return switch (result) {
            case QUEUED -> QUEUED;
            case DROPPED -> DROPPED;
            case CLOSED, NO_SUCH_CHANNEL -> CLOSED;
        };
    }

    /** Returns what is told of a single member: one that it is not for has left. */
    SendResult asSendResult() {
        return switch (this) {
            case QUEUED -> SendResult.QUEUED;
            case DROPPED -> SendResult.DROPPED;
            case CLOSED -> SendResult.CLOSED;
            case NOT_MEANT -> SendResult.NO_SUCH_CHANNEL;
        };
    }
}
