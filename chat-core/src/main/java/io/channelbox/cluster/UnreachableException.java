package io.channelbox.cluster;

import io.channelbox.message.StoreException;

/** What the nodes share does not answer. Whether what was asked has been done is not known, see {@link #wasAsked}. */
public sealed class UnreachableException extends StoreException permits PartlyUnreachableException {

    private static final long serialVersionUID = 1L;

    private final boolean asked;

    /** Makes an exception that says what was asked, with what went wrong as its cause. */
    public UnreachableException(String text, Throwable cause) {
        super(text, cause);
        this.asked = true;
    }

    /** Makes an exception that says what was asked, and why it was not even tried. */
    public UnreachableException(String text) {
        super(text);
        this.asked = false;
    }

    /** Tells whether it was asked at all: then it may have been done. */
    public boolean wasAsked() {
        return asked;
    }
}
