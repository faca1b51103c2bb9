package io.channelbox.message;

/** A message is larger than what is shared takes. The same again is refused again, however long one waits. */
public final class TooLargeException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes an exception that says how large it is, and what may be. */
    public TooLargeException(String text) {
        super(text);
    }
}
