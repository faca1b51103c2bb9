package io.channelbox.consumer;

import io.channelbox.channel.Channel;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one consumer, one at a time: a turn that leads to something that comes later lasts until that is there, and keeps no
 * thread meanwhile. Used by the mailbox's work, but for {@link #end}.
 */
final class Turns {

    private final Channel channel;
    private final Mailbox mailbox;
    private final Callbacks<?> callbacks;
    // Who begins to wait writes awaited and then reads over, who ends it the other way round: so one of them sees the
    // other.
    private final AtomicReference<@Nullable CompletionStage<?>> awaited = new AtomicReference<>();
    private volatile boolean over;
    private boolean isWaiting; // touched by the mailbox's work only

    Turns(Channel channel, Mailbox mailbox, Callbacks<?> callbacks) {
        this.channel = channel;
        this.mailbox = mailbox;
        this.callbacks = callbacks;
    }

    /** Does a piece of work, waits for what it leads to without a thread, and does what comes last. */
    void take(Supplier<Optional<CompletionStage<?>>> work, Runnable last) {
        channel.workBegins();
        callbacks.guardFrame(() -> work.get().ifPresent(stage -> waitFor(stage, last)));
        if (!isWaiting) {
            finish(last);
        }
    }

    /** The channel has ended: nothing is waited for any more. For any thread. */
    void end() {
        over = true;
        waitNoLonger();
    }

    /** Nothing else is done before the stage is complete, or the channel has ended. */
    private void waitFor(CompletionStage<?> stage, Runnable last) {
        isWaiting = true;
        mailbox.pause();
        awaited.set(stage);
        stage.whenComplete((answer, failure) -> {
            if (awaited.compareAndSet(stage, null)) {
                mailbox.resume(() -> answer(answer, failure, last));
            }
        });
        if (over) {
            waitNoLonger();
        }
    }

    private void waitNoLonger() {
        if (awaited.getAndSet(null) != null) {
            mailbox.resume(() -> finish(() -> {}));
        }
    }

    private void answer(@Nullable Object answer, @Nullable Throwable failure, Runnable last) {
        callbacks.guardFrame(() -> {
            if (failure != null) {
                callbacks.fail(failure);
            } else {
                callbacks.complete(answer == null ? Reply.nothing() : answer);
            }
        });
        finish(last);
    }

    private void finish(Runnable last) {
        isWaiting = false;
        callbacks.guard(last);
        channel.workEnds();
    }
}
