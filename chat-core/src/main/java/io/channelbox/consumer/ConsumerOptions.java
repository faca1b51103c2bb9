package io.channelbox.consumer;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for the connections of one endpoint.
 *
 * @param largestMessage the most bytes an inbound message may have; a larger one closes the channel with 1009
 * @param largestBacklog the most bytes of messages, plus 128 for each, that may wait for a busy consumer; more closes the channel with 1013
 * @param closingMalformed whether a frame that cannot be read closes the channel with 1003, instead of being answered with an error
 * @param malformedInARow how many frames in a row that cannot be read are answered; the next one closes the channel with 4400
 * @param expires how long a channel may live without a frame in either direction and without a touch; zero is for ever, empty as the box says
 */
public record ConsumerOptions(
        int largestMessage,
        int largestBacklog,
        boolean closingMalformed,
        int malformedInARow,
        Optional<Duration> expires) {

    /** 64 KiB a message, 1 MiB waiting, errors answered, 10 unreadable frames in a row. */
    public static final ConsumerOptions DEFAULT = new ConsumerOptions(64 << 10, 1 << 20, false, 10, Optional.empty());

    /** Refuses numbers below 1 and a negative time. */
    public ConsumerOptions {
        if (largestMessage < 1 || largestBacklog < 1 || malformedInARow < 1) {
            throw new IllegalArgumentException("largestMessage, largestBacklog and malformedInARow must be at least 1,"
                    + " were " + largestMessage + ", " + largestBacklog + " and " + malformedInARow);
        }
        if (expires.isPresent() && expires.get().isNegative()) {
            throw new IllegalArgumentException("expires must not be negative, was " + expires.get());
        }
    }

    /** Returns the same options, for messages up to this many bytes. */
    public ConsumerOptions withLargestMessage(int bytes) {
        return new ConsumerOptions(bytes, largestBacklog, closingMalformed, malformedInARow, expires);
    }

    /** Returns the same options, for this many bytes waiting for a busy consumer. */
    public ConsumerOptions withLargestBacklog(int bytes) {
        return new ConsumerOptions(largestMessage, bytes, closingMalformed, malformedInARow, expires);
    }

    /** Returns the same options, but the first frame that cannot be read closes the channel. */
    public ConsumerOptions closingOnMalformed() {
        return new ConsumerOptions(largestMessage, largestBacklog, true, malformedInARow, expires);
    }

    /** Returns the same options, for this many unreadable frames in a row. */
    public ConsumerOptions withMalformedInARow(int frames) {
        return new ConsumerOptions(largestMessage, largestBacklog, closingMalformed, frames, expires);
    }

    /** Returns the same options, for channels that may be idle for this long; zero is for ever. */
    public ConsumerOptions expiringAfter(Duration idle) {
        return new ConsumerOptions(
                largestMessage, largestBacklog, closingMalformed, malformedInARow, Optional.of(idle));
    }
}
