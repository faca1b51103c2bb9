package io.channelbox.channel;

import io.channelbox.event.ChatEvent;
import io.channelbox.event.ChatEventListener;
import io.channelbox.message.ChannelId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners, and survives them. */
final class Events {

    private static final Logger log = LoggerFactory.getLogger(Events.class);

    private final List<ChatEventListener> listeners;

    Events(List<ChatEventListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    boolean areHeard() {
        return !listeners.isEmpty();
    }

    void tell(ChatEvent event) {
        for (ChatEventListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | Error e) {
                log.error("An event listener failed on {}", event.getClass().getSimpleName(), e);
            }
        }
    }

    void tellOmitted(ChannelId channel, Omitted frames) {
        if (frames.dropped() > 0) {
            tell(new ChatEvent.FramesDropped(channel, frames.dropped()));
        }
        if (frames.coalesced() > 0) {
            tell(new ChatEvent.StatesCoalesced(channel, frames.coalesced()));
        }
        if (frames.ephemeral() > 0) {
            tell(new ChatEvent.EphemeralDropped(channel, frames.ephemeral()));
        }
    }
}
