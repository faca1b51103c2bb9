package io.channelbox.consumer;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.message.GroupName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is broadcast while one frame of the peer is handled. It carries the frame's key, so that the same frame again says
 * nothing twice; and the first of it is what the frame is acknowledged with. What other threads happen to say meanwhile is
 * none of it, unless the handler's stage is waited for: then it is most likely that stage that speaks.
 */
final class FrameBroadcasts {

    private final Optional<String> key;

    // Guarded by this. Never held while something is said.
    private Map<GroupName, Integer> said = Map.of(); // most frames have no key
    private @Nullable Thread handler;
    private boolean isAwaited;
    private @Nullable BroadcastResult first;

    FrameBroadcasts(Optional<String> key) {
        this.key = key;
    }

    Optional<String> key() {
        return key;
    }

    /** From now on this thread handles the frame. */
    synchronized void begin() {
        handler = Thread.currentThread();
    }

    /** The handler has returned, and the frame may be waiting for a stage. */
    synchronized void pause(boolean awaited) {
        handler = null;
        isAwaited = awaited;
    }

    /** Says something that may belong to the frame. */
    BroadcastResult say(
            GroupName group,
            PublishOptions options,
            boolean byConsumer,
            Function<PublishOptions, BroadcastResult> broadcast) {
        if (!includes(byConsumer)) {
            return broadcast.apply(options);
        }
        BroadcastResult result = broadcast.apply(keyed(group, options));
        note(result);
        return result;
    }

    private synchronized boolean includes(boolean byConsumer) {
        return handler == Thread.currentThread() || (isAwaited && byConsumer);
    }

    private synchronized PublishOptions keyed(GroupName group, PublishOptions options) {
        if (key.isEmpty() || options.idempotencyKey().isPresent()) {
            return options;
        }
        if (said.isEmpty()) {
            said = new HashMap<>(2);
        }
        int number = said.merge(group, 1, Integer::sum);
        return options.withIdempotencyKey(number == 1 ? key.get() : key.get() + '/' + number);
    }

    private synchronized void note(BroadcastResult result) {
        if (first == null) {
            first = result;
        }
    }

    /** Returns what was said first, if anything was. */
    synchronized Optional<BroadcastResult> first() {
        return Optional.ofNullable(first);
    }
}
