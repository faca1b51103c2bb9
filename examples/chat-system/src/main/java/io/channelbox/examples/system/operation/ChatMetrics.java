package io.channelbox.examples.system.operation;

import io.channelbox.event.ChatEvent;
import io.channelbox.event.ChatEventListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Counts what happens in the box. It keeps numbers only, so nothing of what is said gets into them. */
@Component
class ChatMetrics implements ChatEventListener {

    private final MeterRegistry registry;
    private final AtomicInteger channels = new AtomicInteger();
    private final AtomicInteger groups = new AtomicInteger();
    private final AtomicInteger degraded = new AtomicInteger();

    ChatMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("chat.channels", channels);
        registry.gauge("chat.groups", groups);
        registry.gauge("chat.cluster.degraded", degraded);
    }

    @Override
    public void onEvent(ChatEvent event) {
        if (event instanceof ChatEvent.Published published) {
            count("chat.published", "kept", Boolean.toString(published.kept()), 1);
            count("chat.deliveries", "outcome", "queued", published.queued());
            count("chat.deliveries", "outcome", "dropped", published.dropped());
            count("chat.deliveries", "outcome", "closed", published.closed());
        } else if (event instanceof ChatEvent.ChannelOpened) {
            channels.incrementAndGet();
        } else if (event instanceof ChatEvent.ChannelClosed closed) {
            channels.decrementAndGet();
            count("chat.closed", "code", Integer.toString(closed.code()), 1);
        } else if (event instanceof ChatEvent.GroupCreated) {
            groups.incrementAndGet();
        } else if (event instanceof ChatEvent.GroupEmptied) {
            groups.decrementAndGet();
        } else if (event instanceof ChatEvent.PeerErred erred) {
            count("chat.errors", "code", erred.code(), 1);
        } else if (event instanceof ChatEvent.ChannelOverflowed) {
            count("chat.trouble", "kind", "overflow", 1);
        } else if (event instanceof ChatEvent.RateLimited) {
            count("chat.trouble", "kind", "rate_limited", 1);
        } else if (event instanceof ChatEvent.AccessDenied) {
            count("chat.trouble", "kind", "denied", 1);
        } else if (event instanceof ChatEvent.ConsumerFailed) {
            count("chat.trouble", "kind", "failed", 1);
        } else if (event instanceof ChatEvent.ConsumerStuck) {
            count("chat.trouble", "kind", "stuck", 1);
        } else if (event instanceof ChatEvent.ClusterDegraded) {
            degraded.set(1);
            count("chat.trouble", "kind", "degraded", 1);
        } else if (event instanceof ChatEvent.ClusterRecovered) {
            degraded.set(0);
        }
    }

    private void count(String name, String tag, String value, int amount) {
        if (amount > 0) {
            registry.counter(name, tag, value).increment(amount);
        }
    }
}
