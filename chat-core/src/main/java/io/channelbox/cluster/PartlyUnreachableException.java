package io.channelbox.cluster;

/**
 * Of the servers that a backplane consists of, one does not answer, and what was asked lies on it: other groups may lie on others, and go
 * on.
 */
public final class PartlyUnreachableException extends UnreachableException {

    private static final long serialVersionUID = 1L;

    /** Makes an exception that says what was asked, with what went wrong as its cause. */
    public PartlyUnreachableException(String text, Throwable cause) {
        super(text, cause);
    }

    /** Makes an exception that says what was asked, and why it was not even tried. */
    public PartlyUnreachableException(String text) {
        super(text);
    }
}
