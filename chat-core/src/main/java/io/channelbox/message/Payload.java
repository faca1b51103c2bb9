package io.channelbox.message;

import java.util.Objects;

/**
 * An application object as a codec wrote it: the frame, and the name of the format that frame is in. This is what is kept
 * in a history. A JSON codec writes a payload of its own format into a larger object as it is, without reading it again.
 */
public record Payload(String format, Frame frame) {

    /** Refuses missing parts. */
    public Payload {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(frame, "frame");
    }
}
