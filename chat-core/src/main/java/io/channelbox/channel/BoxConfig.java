package io.channelbox.channel;

import io.channelbox.auth.AccessPolicy;
import io.channelbox.codec.Codec;
import io.channelbox.limit.Limits;
import io.channelbox.message.GroupName;
import io.channelbox.message.Times;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** What a box was built with, as far as its parts look at it while it runs. */
record BoxConfig(
        InstantSource clock,
        LongSupplier nanoTime,
        Codec<?> historyCodec,
        Duration expires,
        OutboxLimits outbox,
        long outboxes,
        Duration sendTimeout,
        Duration closeTimeout,
        Duration pingInterval,
        Duration pongTimeout,
        Duration drainOver,
        Duration returnSpread,
        DoubleSupplier random,
        Duration stuckAfter,
        TrafficLog traffic,
        AccessPolicy access,
        Limits limits,
        Map<String, GroupSettings> kinds,
        List<ChannelInterceptor> inbound,
        List<ChannelInterceptor> outbound) {

    /**
     * By how many nanoseconds the first ping of a channel comes before its time: by chance up to half of the interval, so that
     * connections that were opened at once are not pinged at once.
     */
    long firstPingEarlier() {
        return (long) (random.getAsDouble() * Times.nanos(pingInterval) / 2);
    }

    GroupSettings settingsOf(GroupName group) {
        return kinds.isEmpty() ? GroupSettings.DEFAULT : kinds.getOrDefault(group.kind(), GroupSettings.DEFAULT);
    }
}
