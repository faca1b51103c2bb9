package io.channelbox.codec;

import io.channelbox.message.PeerException;

/** A peer sent a text frame where only binary ones are read, or the other way round. Its channel is closed with code 1003. */
public final class UnsupportedFrameException extends PeerException {

    private static final long serialVersionUID = 1L;

    /** Makes an exception that says which frames are read. */
    public UnsupportedFrameException(String text) {
        super("unsupported_frame", text);
    }
}
