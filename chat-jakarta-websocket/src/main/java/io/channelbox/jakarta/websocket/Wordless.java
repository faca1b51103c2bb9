package io.channelbox.jakarta.websocket;

import org.jspecify.annotations.Nullable;

/** A failure as it may be logged: of what kind and where, but without its words, which could repeat a credential. */
final class Wordless extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MOST_CAUSES = 10;

    private Wordless(Throwable failure, @Nullable Throwable cause) {
        super(failure.getClass().getName(), cause, false, true);
        setStackTrace(failure.getStackTrace());
    }

    static Wordless of(Throwable failure) {
        return of(failure, MOST_CAUSES);
    }

    private static Wordless of(Throwable failure, int causes) {
        Throwable cause = failure.getCause();
        return new Wordless(failure, cause == null || causes == 0 ? null : of(cause, causes - 1));
    }
}
