package io.channelbox.broker;

import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A publication and what became of it. Written and read under its lane's lock, but for the result, which its publisher reads after. */
final class Pending {

    private final Publication publication;
    private final Optional<Key> key;
    private @Nullable PublishResult result;
    private @Nullable RuntimeException failure;

    Pending(Publication publication) {
        this.publication = publication;
        this.key = publication
                .options()
                .idempotencyKey()
                .map(text -> new Key(publication.group(), publication.options().sender(), text));
    }

    /** What makes two publications the same. */
    record Key(GroupName group, Optional<UserId> sender, String text) {}

    Optional<Key> key() {
        return key;
    }

    /** Tells whether this and another publication have the same idempotency key. */
    boolean repeats(Pending other) {
        return key.isPresent() && key.equals(other.key);
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
