package io.channelbox.cluster;

import io.channelbox.message.StoreException;

/** What the nodes share does not answer. Whether what was asked has been done is not known. */
public final class UnreachableException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes an exception that says what was asked, with what went wrong as its cause. */
    public UnreachableException(String text, Throwable cause) {
        super(text, cause);
    }

    /** Makes an exception that says what was asked, and why it was not even tried. */
    public UnreachableException(String text) {
        super(text);
    }
}
