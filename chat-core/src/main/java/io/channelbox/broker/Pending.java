package io.channelbox.broker;

import org.jspecify.annotations.Nullable;

/** A publication and what became of it. Written and read under its lane's lock, but for the result, which its publisher reads after. */
final class Pending {

    private final Publication publication;
    private @Nullable PublishResult result;
    private @Nullable RuntimeException failure;

    Pending(Publication publication) {
        this.publication = publication;
    }

    Publication publication() {
        return publication;
    }

    void succeed(PublishResult outcome) {
        result = outcome;
    }

    void fail(RuntimeException cause) {
        failure = cause;
    }

    boolean isDone() {
        return result != null || failure != null;
    }

    boolean hasSucceeded() {
        return result != null;
    }

    PublishResult result() {
        if (failure != null) {
            throw failure;
        }
        if (result == null) {
            throw new IllegalStateException("a publication was taken and not carried");
        }
        return result;
    }
}
