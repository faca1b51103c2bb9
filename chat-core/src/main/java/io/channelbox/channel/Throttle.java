package io.channelbox.channel;

import io.channelbox.broker.Signal;
import io.channelbox.event.ChatEvent;
import io.channelbox.limit.Limits;
import io.channelbox.limit.RateLimiter;
import io.channelbox.limit.TokenBucket;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.message.Times;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often channels, users and groups are heard. */
final class Throttle {

    private static final Logger log = LoggerFactory.getLogger(Throttle.class);

    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Events events;
    private final Optional<RateLimiter<UserId>> users;
    private final Optional<RateLimiter<GroupName>> groups;
    private final Optional<Hearings> hearings;

    /** Makes one that has heard nobody; where there are other nodes, it notes for them whom it hears. */
    Throttle(Limits limits, LongSupplier nanoTime, Events events, boolean amongOthers) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.events = events;
        this.users = limits.messagesPerUser().map(rate -> new RateLimiter<>(rate, nanoTime));
        this.groups = limits.messagesPerGroup().map(rate -> new RateLimiter<>(rate, nanoTime));
        this.hearings = limits.messagesPerUser().filter(rate -> amongOthers).map(Hearings::new);
    }

    /** What is counted for one channel. */
    static final class Counters {
        private final Optional<TokenBucket> messages;
        private final Optional<TokenBucket> joins;
        private final AtomicInteger refusalsInARow = new AtomicInteger();

        private Counters(Optional<TokenBucket> messages, Optional<TokenBucket> joins) {
            this.messages = messages;
            this.joins = joins;
        }
    }

    /** Returns what is counted for a channel that is about to be opened; empty when nothing is. */
    Optional<Counters> counters() {
        if (limits.messagesPerChannel().isEmpty()
                && users.isEmpty()
                && limits.joinsPerChannel().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Counters(
                limits.messagesPerChannel().map(rate -> new TokenBucket(rate, nanoTime)),
                limits.joinsPerChannel().map(rate -> new TokenBucket(rate, nanoTime))));
    }

    void admitMessage(Channel channel, Counters counters) {
        Duration wait = counters.messages.map(TokenBucket::tryTake).orElse(Duration.ZERO);
        if (wait.isZero()) {
            wait = users.map(limiter -> limiter.tryTake(channel.user().id())).orElse(Duration.ZERO);
        }
        if (wait.isZero()) {
            counters.refusalsInARow.set(0);
            hearings.ifPresent(noted -> noted.heard(channel.user().id()));
            return;
        }
        if (counters.refusalsInARow.incrementAndGet() > limits.refusalsInARow()) {
            log.warn("Closing {}: it goes on sending too fast", channel);
            throw new CloseException(CloseStatus.RATE_LIMITED);
        }
        throw refused(channel, "too many messages", wait);
    }

    void admitJoin(Channel channel, Counters counters) {
        Duration wait = counters.joins.map(TokenBucket::tryTake).orElse(Duration.ZERO);
        if (!wait.isZero()) {
            throw refused(channel, "too many joins", wait);
        }
    }

    void admitPublish(Channel channel, GroupName group) {
        Duration wait = groups.map(limiter -> limiter.tryTake(group)).orElse(Duration.ZERO);
        if (!wait.isZero()) {
            throw refused(channel, "too many messages in this group", wait);
        }
    }

    /** A user was heard so often on another node. */
    void heardElsewhere(UserId user, int messages) {
        users.ifPresent(limiter -> limiter.spend(user, messages));
    }

    /** Returns who was heard much here since the last call. */
    List<Signal.Heard> takeHeard() {
        return hearings.map(Hearings::take).orElse(List.of());
    }

    /** Forgets users and groups that have long been silent, also when nobody else says anything. */
    void sweep() {
        users.ifPresent(RateLimiter::sweep);
        groups.ifPresent(RateLimiter::sweep);
    }

    private PeerException refused(Channel channel, String text, Duration wait) {
        events.tell(new ChatEvent.RateLimited(channel.id()));
        return new PeerException(PeerException.RATE_LIMITED, text, Times.inWholeMillis(wait));
    }
}
