package io.channelbox.channel;

import io.channelbox.event.ChatEvent;
import io.channelbox.message.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a second, looks at every channel for what nobody else would notice: a send that does not end, a close that does
 * not happen, a callback that does not return, a peer that is gone, a credential that is over, and a channel that nobody
 * uses. One sweep for all: no timer per connection.
 */
final class IdleSweeper implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(IdleSweeper.class);

    private final Collection<Channel> channels;
    private final InstantSource clock;
    private final long sendTimeout;
    private final long closeTimeout;
    private final long pingInterval; // 0 is never
    private final long pongTimeout;
    private final long stuckAfter;
    private final Duration stuckText;
    private final Events events;
    private final SpreadPings pings;

    IdleSweeper(Collection<Channel> channels, BoxConfig config, Events events, Scheduler scheduler) {
        this.pings = new SpreadPings(scheduler, this::isToBePinged);
        this.events = events;
        this.stuckText = config.stuckAfter();
        this.stuckAfter = Times.nanos(config.stuckAfter());
        this.channels = channels;
        this.clock = config.clock();
        this.sendTimeout = Times.nanos(config.sendTimeout());
        this.closeTimeout = Times.nanos(config.closeTimeout());
        this.pingInterval = Times.nanos(config.pingInterval());
        this.pongTimeout = Times.nanos(config.pongTimeout());
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        List<Channel> silent = new ArrayList<>();
        for (Channel channel : channels) {
            try {
                look(channel, now);
                if (isToBePinged(channel)) {
                    silent.add(channel);
                }
            } catch (RuntimeException | Error e) { // whatever it is, the other channels are still looked at
                log.error("Looking after {} failed", channel, e);
            }
        }
        pings.begin(silent);
    }

    private void look(Channel channel, Instant now) {
        Liveness liveness = channel.liveness();
        if (liveness.isNewlyStuckFor(stuckAfter)) {
            log.warn("The consumer of {} has not returned for {}; its other frames wait", channel, stuckText);
            events.tell(new ChatEvent.ConsumerStuck(channel.id()));
        }
        if (liveness.isClosingFor(closeTimeout)) {
            log.debug("Giving up {}: closing took too long", channel);
            channel.giveUp(CloseStatus.ABNORMAL);
        } else if (channel.outbox().isStalledFor(sendTimeout)) {
            log.warn("Giving up {}: a send did not end", channel);
            channel.giveUp(CloseStatus.TOO_SLOW);
        } else if (!channel.isAuthenticatedAt(now)) {
            channel.close(CloseStatus.NOT_AUTHENTICATED.because("credential expired"));
        } else if (liveness.hasExpired()) {
            channel.close(CloseStatus.EXPIRED);
        } else if (pingInterval > 0 && liveness.isRead() && liveness.awaitsPongFor(pongTimeout)) {
            log.debug("Giving up {}: no sign of life", channel);
            channel.giveUp(CloseStatus.DEAD_PEER);
        }
    }

    private boolean isToBePinged(Channel channel) {
        Liveness liveness = channel.liveness();
        return pingInterval > 0
                && channel.isOpen()
                && liveness.isRead()
                && !liveness.awaitsPong()
                && liveness.isSilentFor(pingInterval);
    }
}
