package io.channelbox.message;

import java.util.Objects;

/** A store or broker could not do what it was asked. Whoever gets this from publishing knows: nothing was told to anyone. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes an exception that says what was asked, with what went wrong as its cause. */
    public StoreException(String text, Throwable cause) {
        super(Objects.requireNonNull(text, "text"), Objects.requireNonNull(cause, "cause"));
    }

    /** Makes an exception that says what was asked, and why it was not even tried. */
    public StoreException(String text) {
        super(Objects.requireNonNull(text, "text"));
    }
}
