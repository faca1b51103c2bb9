package io.channelbox.jakarta.websocket;

import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels that were opened through one door. The box may have others. */
final class OpenChannels {

    private static final Logger log = LoggerFactory.getLogger(OpenChannels.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ChannelBox box;
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

    OpenChannels(ChannelBox box) {
        this.box = box;
    }

    void add(Channel channel) {
        channels.add(channel);
        channel.onClose(status -> channels.remove(channel));
    }

    /** Closes all with 1001, many of them a few at a time, and waits a while for that, so that the container does not cut off what they are still told. */
    void leave() {
        List<Channel> leaving = List.copyOf(channels);
        CompletableFuture<?>[] ended = leaving.stream().map(OpenChannels::end).toArray(CompletableFuture<?>[]::new);
        box.drain(leaving, PATIENCE);
        CompletableFuture<Void> done =
                CompletableFuture.allOf(ended).completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        done.join();
        if (!channels.isEmpty()) {
            log.warn("{} channels did not end in {}", channels.size(), PATIENCE);
        }
    }

    private static CompletableFuture<CloseStatus> end(Channel channel) {
        var ended = new CompletableFuture<CloseStatus>();
        channel.onClose(ended::complete);
        return ended;
    }
}
