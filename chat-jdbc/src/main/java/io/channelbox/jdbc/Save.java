package io.channelbox.jdbc;

import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.Message;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What one caller wants kept, and what became of it. */
final class Save {

    private final GroupName group;
    private final List<Message> messages;
    private final Retention retention;
    private final Thread caller = Thread.currentThread();
    // Written once, by the thread that keeps it, before it is marked as done.
    private @Nullable List<StreamPosition> positions;
    private @Nullable RuntimeException failure;
    private volatile boolean done;

    /** Refuses what no database can keep, so that it does not fail with the messages of others. */
    Save(GroupName group, List<Message> messages, Retention retention) {
        this.group = Objects.requireNonNull(group, "group");
        this.messages = List.copyOf(messages);
        this.retention = Objects.requireNonNull(retention, "retention");
        for (Message message : this.messages) {
            Nanos.of(message.sentAt());
            Text.required("kind", message.kind());
            Text.required("format", message.payload().format());
        }
    }

    GroupName group() {
        return group;
    }

    List<Message> messages() {
        return messages;
    }

    Retention retention() {
        return retention;
    }

    void succeed(List<StreamPosition> given) {
        positions = given;
        done = true;
    }

    void fail(RuntimeException cause) {
        failure = cause;
        done = true;
    }

    boolean isDone() {
        return done;
    }

    /** Wakes the caller, to look again. */
    void wake() {
        LockSupport.unpark(caller);
    }

    /** Returns the positions, or throws an exception of this caller's own: others have the same cause. */
    List<StreamPosition> outcome() {
        if (failure instanceof StoreException shared) {
            throw new StoreException(
                    Objects.requireNonNull(shared.getMessage()), Objects.requireNonNull(shared.getCause()));
        }
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(positions, "a save was taken and not done");
    }
}
