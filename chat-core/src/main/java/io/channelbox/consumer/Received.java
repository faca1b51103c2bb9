package io.channelbox.consumer;

import io.channelbox.message.TypeName;

/**
 * A peer tells that everything in the topic of the envelope up to this number has reached it. See {@link Topics#receipts()}.
 *
 * @param offset the {@code seq} of the newest message it has
 */
@TypeName("received")
record Received(long offset) {

    Received {
        if (offset < 1) {
            throw new IllegalArgumentException("an offset begins at 1, was " + offset);
        }
    }
}
