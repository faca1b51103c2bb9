package io.channelbox.examples.system.edge;

import java.io.IOException;

/** More comes than may. */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException() {
        super(BodyLimit.TOO_LARGE);
    }
}
