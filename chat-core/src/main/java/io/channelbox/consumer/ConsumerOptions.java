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
 * @param answeringFailures whether a handler that fails is answered with an error of code {@code failed}, instead of closing the channel with 1011
 * @param tellingCompletion whether every handled frame is followed by a {@link Complete}, and every frame of a group by a {@link GroupComplete}
 * @param tellingAuthentication whether a peer's first frame tells what came of its handshake, also to one that is refused, which is then closed
 * @param joiningMessages whether messages that wait for a client of {@code channelbox.v1} leave several to a frame
 * @param compressing whether permessage-deflate is agreed on with peers that offer it
 * @param expires how long a channel may live without a frame in either direction and without a touch; zero is for ever, empty as the box says
 */
public record ConsumerOptions(
        int largestMessage,
        int largestBacklog,
        boolean closingMalformed,
        int malformedInARow,
        boolean answeringFailures,
        boolean tellingCompletion,
        boolean tellingAuthentication,
        boolean joiningMessages,
        boolean compressing,
        Optional<Duration> expires) {

    /** 64 KiB a message, 1 MiB waiting, errors answered, 10 unreadable frames in a row. */
    public static final ConsumerOptions DEFAULT =
            new ConsumerOptions(64 << 10, 1 << 20, false, 10, false, false, false, true, false, Optional.empty());

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
        return new ConsumerOptions(
                bytes,
                largestBacklog,
                closingMalformed,
                malformedInARow,
                answeringFailures,
                tellingCompletion,
                tellingAuthentication,
                joiningMessages,
                compressing,
                expires);
    }

    /** Returns the same options, for this many bytes waiting for a busy consumer. */
    public ConsumerOptions withLargestBacklog(int bytes) {
        return new ConsumerOptions(
                largestMessage,
                bytes,
                closingMalformed,
                malformedInARow,
                answeringFailures,
                tellingCompletion,
                tellingAuthentication,
                joiningMessages,
                compressing,
                expires);
    }

    /** Returns the same options, but the first frame that cannot be read closes the channel. */
    public ConsumerOptions closingOnMalformed() {
        return new ConsumerOptions(
                largestMessage,
                largestBacklog,
                true,
                malformedInARow,
                answeringFailures,
                tellingCompletion,
                tellingAuthentication,
                joiningMessages,
                compressing,
                expires);
    }

    /** Returns the same options, for this many unreadable frames in a row. */
    public ConsumerOptions withMalformedInARow(int frames) {
        return new ConsumerOptions(
                largestMessage,
                largestBacklog,
                closingMalformed,
                frames,
                answeringFailures,
                tellingCompletion,
                tellingAuthentication,
                joiningMessages,
                compressing,
                expires);
    }

    /** Returns the same options, but a handler that fails is logged and answered, and its channel lives. */
    public ConsumerOptions answeringOnFailure() {
        return new ConsumerOptions(
                largestMessage,
                largestBacklog,
                closingMalformed,
                malformedInARow,
                true,
                tellingCompletion,
                tellingAuthentication,
                joiningMessages,
                compressing,
                expires);
    }

    /** Returns the same options, for peers that are told when a frame of theirs is done with, and what came from a group. */
    public ConsumerOptions tellingOfCompletion() {
        return new ConsumerOptions(
                largestMessage,
                largestBacklog,
                closingMalformed,
                malformedInARow,
                answeringFailures,
                true,
                tellingAuthentication,
                joiningMessages,
                compressing,
                expires);
    }

    /**
     * Returns the same options, for peers whose first frame tells what came of their handshake, see
     * {@link ChannelConsumer#authenticationReply}. The connection of one that is refused is opened for that frame, and then closed.
     */
    public ConsumerOptions tellingOfAuthentication() {
        return new ConsumerOptions(
                largestMessage,
                largestBacklog,
                closingMalformed,
                malformedInARow,
                answeringFailures,
                tellingCompletion,
                true,
                joiningMessages,
                compressing,
                expires);
    }

    /**
     * Returns the same options, but every message is sent in a frame of its own, also where several wait for a client of
     * {@code channelbox.v1}. That is agreed on all the same: a browser gives up a connection whose server speaks nothing it offers.
     */
    public ConsumerOptions sendingSingly() {
        return new ConsumerOptions(
                largestMessage,
                largestBacklog,
                closingMalformed,
                malformedInARow,
                answeringFailures,
                tellingCompletion,
                tellingAuthentication,
                false,
                compressing,
                expires);
    }

    /**
     * Returns the same options, but permessage-deflate is agreed on with peers that offer it, where the container has it. It saves
     * bytes on the wire, and costs several times the CPU and memory of everything else together. The largest message counts as it was before
     * it was compressed.
     */
    public ConsumerOptions allowingCompression() {
        return new ConsumerOptions(
                largestMessage,
                largestBacklog,
                closingMalformed,
                malformedInARow,
                answeringFailures,
                tellingCompletion,
                tellingAuthentication,
                joiningMessages,
                true,
                expires);
    }

    /** Returns the same options, for channels that may be idle for this long; zero is for ever. */
    public ConsumerOptions expiringAfter(Duration idle) {
        return new ConsumerOptions(
                largestMessage,
                largestBacklog,
                closingMalformed,
                malformedInARow,
                answeringFailures,
                tellingCompletion,
                tellingAuthentication,
                joiningMessages,
                compressing,
                Optional.of(idle));
    }
}
