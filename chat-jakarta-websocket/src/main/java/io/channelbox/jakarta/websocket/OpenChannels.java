package io.channelbox.jakarta.websocket;

import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.ConsumerSession;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels that were opened through one door. The box may have others. */
final class OpenChannels {

    private static final Logger log = LoggerFactory.getLogger(OpenChannels.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ChannelBox box;
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private int opening; // guarded by this
    private volatile boolean
            leaving; // written before the channels are looked for: who opens one meanwhile sees it, or is found

    OpenChannels(ChannelBox box) {
        this.box = box;
    }

    /** Opens a session. Its channel is closed at once when the others have left. */
    ConsumerSession open(Supplier<ConsumerSession> door) {
        synchronized (this) {
            opening++;
        }
        try {
            ConsumerSession session = door.get();
            add(session.channel());
            return session;
        } finally {
            synchronized (this) {
                opening--;
                notifyAll();
            }
        }
    }

    private void add(Channel channel) {
        channels.add(channel);
        channel.onClose(status -> channels.remove(channel));
        if (leaving) {
            box.drain(List.of(channel), Duration.ZERO);
        }
    }

    /**
     * Closes all with 1001, also those that are just being opened, many of them a few at a time, and waits a while for that, so that the
     * container does not cut off what they are still told.
     */
    void leave() {
        leaving = true;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        box.drain(List.copyOf(channels), PATIENCE);
        awaitOpenings(deadline);
        CompletableFuture<?>[] ended = channels.stream().map(OpenChannels::end).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ended)
                .completeOnTimeout(null, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
                .join();
        if (!channels.isEmpty()) {
            log.warn("{} channels did not end in {}", channels.size(), PATIENCE);
        }
    }

    private synchronized void awaitOpenings(long deadline) {
        try {
            for (long left = deadline - System.nanoTime();
                    opening > 0 && left > 0;
                    left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletableFuture<CloseStatus> end(Channel channel) {
        var ended = new CompletableFuture<CloseStatus>();
        channel.onClose(ended::complete);
        return ended;
    }
}
