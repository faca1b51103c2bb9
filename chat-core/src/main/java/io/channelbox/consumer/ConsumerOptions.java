package io.channelbox.consumer;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** What holds for the connections of one endpoint. Immutable: what changes one answers another. */
public final class ConsumerOptions {

    /** 64 KiB a message, 1 MiB waiting, errors answered, 10 unreadable frames in a row. */
    public static final ConsumerOptions DEFAULT = new ConsumerOptions(new Draft());

    private final Draft chosen; // never changed once it is here

    private ConsumerOptions(Draft chosen) {
        this.chosen = chosen;
    }

    private static final class Draft implements Cloneable {

        private int largestMessage = 64 << 10;
        private int largestBacklog = 1 << 20;
        private boolean closingMalformed;
        private int malformedInARow = 10;
        private boolean answeringFailures;
        private boolean tellingCompletion;
        private boolean tellingAuthentication;
        private boolean joiningMessages = true;
        private boolean compressing;
        private boolean neverBlocking;
        private Optional<Duration> expires = Optional.empty();

        @Override
        public Draft clone() {
            try {
                return (Draft) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private ConsumerOptions with(Consumer<Draft> change) {
        Draft draft = chosen.clone();
        change.accept(draft);
        return new ConsumerOptions(draft);
    }

    private static int atLeastOne(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, was " + number);
        }
        return number;
    }

    /** Returns the same options, for messages up to this many bytes, at least 1; a larger one closes the channel with 1009. */
    public ConsumerOptions withLargestMessage(int bytes) {
        atLeastOne("largestMessage", bytes);
        return with(draft -> draft.largestMessage = bytes);
    }

    /** Returns the most bytes that an inbound message may have. */
    public int largestMessage() {
        return chosen.largestMessage;
    }

    /**
     * Returns the same options, for this many bytes of messages, plus 128 for each, that may wait for a busy consumer, at least 1; more
     * closes the channel with 1013.
     */
    public ConsumerOptions withLargestBacklog(int bytes) {
        atLeastOne("largestBacklog", bytes);
        return with(draft -> draft.largestBacklog = bytes);
    }

    /** Returns the most bytes of messages, plus 128 for each, that may wait for a busy consumer. */
    public int largestBacklog() {
        return chosen.largestBacklog;
    }

    /** Returns the same options, but the first frame that cannot be read closes the channel, with 1003, instead of being answered with an error. */
    public ConsumerOptions closingOnMalformed() {
        return with(draft -> draft.closingMalformed = true);
    }

    /** Tells whether a frame that cannot be read closes the channel. */
    public boolean closingMalformed() {
        return chosen.closingMalformed;
    }

    /** Returns the same options, but this many unreadable frames in a row are answered, at least 1; the next one closes the channel with 4400. */
    public ConsumerOptions withMalformedInARow(int frames) {
        atLeastOne("malformedInARow", frames);
        return with(draft -> draft.malformedInARow = frames);
    }

    /** Returns how many frames in a row that cannot be read are answered. */
    public int malformedInARow() {
        return chosen.malformedInARow;
    }

    /** Returns the same options, but a handler that fails is logged and answered with the code {@code failed}, and its channel lives. */
    public ConsumerOptions answeringOnFailure() {
        return with(draft -> draft.answeringFailures = true);
    }

    /** Tells whether a handler that fails is answered with an error, instead of closing the channel with 1011. */
    public boolean answeringFailures() {
        return chosen.answeringFailures;
    }

    /**
     * Returns the same options, for peers that are told when a frame of theirs is done with, by a {@link Complete}, and what came from
     * a group, by a {@link GroupComplete}.
     */
    public ConsumerOptions tellingOfCompletion() {
        return with(draft -> draft.tellingCompletion = true);
    }

    /** Tells whether every handled frame is followed by a {@link Complete}, and every frame of a group by a {@link GroupComplete}. */
    public boolean tellingCompletion() {
        return chosen.tellingCompletion;
    }

    /**
     * Returns the same options, for peers whose first frame tells what came of their handshake, see
     * {@link ChannelConsumer#authenticationReply}. The connection of one that is refused is opened for that frame, and then closed.
     */
    public ConsumerOptions tellingOfAuthentication() {
        return with(draft -> draft.tellingAuthentication = true);
    }

    /** Tells whether a peer's first frame tells what came of its handshake. */
    public boolean tellingAuthentication() {
        return chosen.tellingAuthentication;
    }

    /**
     * Returns the same options, but every message is sent in a frame of its own, also where several wait for a client of
     * {@code channelbox.v1}. That is agreed on all the same: a browser gives up a connection whose server speaks nothing it offers.
     */
    public ConsumerOptions sendingSingly() {
        return with(draft -> draft.joiningMessages = false);
    }

    /** Tells whether messages that wait for a client of {@code channelbox.v1} leave several to a frame. */
    public boolean joiningMessages() {
        return chosen.joiningMessages;
    }

    /**
     * Returns the same options, but permessage-deflate is agreed on with peers that offer it, where the container has it: Undertow and Tyrus
     * have not, and a warning says so where the endpoints are deployed to an application. It saves
     * bytes on the wire, and costs several times the CPU and memory of everything else together. The largest message counts as it was before
     * it was compressed.
     */
    public ConsumerOptions allowingCompression() {
        return with(draft -> draft.compressing = true);
    }

    /** Tells whether permessage-deflate is agreed on with peers that offer it. */
    public boolean compressing() {
        return chosen.compressing;
    }

    /**
     * Returns the same options, for a consumer of which no callback ever blocks, neither by itself nor by what it calls: a store of the
     * box, an interceptor, a codec. It then works on whatever thread read the message, also on one that reads for many connections, as
     * those of Undertow and Tyrus do, unless it is busy: then, and for what does not come from the peer, the box's executor works. A callback that blocks all the same, or computes for long, holds up
     * all of those. What comes later, of a {@link java.util.concurrent.CompletionStage}, is not waited for.
     */
    public ConsumerOptions neverBlocking() {
        return with(draft -> draft.neverBlocking = true);
    }

    /** Tells whether the consumer works on whatever thread read the message. */
    public boolean neverBlocks() {
        return chosen.neverBlocking;
    }

    /** Returns the same options, for channels that may be idle for this long, not negative; zero is for ever. */
    public ConsumerOptions expiringAfter(Duration idle) {
        if (Objects.requireNonNull(idle, "expires").isNegative()) {
            throw new IllegalArgumentException("expires must not be negative, was " + idle + ". Zero is for ever.");
        }
        return with(draft -> draft.expires = Optional.of(idle));
    }

    /** Returns how long a channel may live without a frame in either direction and without a touch; zero is for ever, empty as the box says. */
    public Optional<Duration> expires() {
        return chosen.expires;
    }
}
