package io.channelbox.chaos;

import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.GroupSettings;
import io.channelbox.message.StoreException;
import io.channelbox.redis.RedisChat;
import java.time.Duration;

/** One node of several, which is paused and killed: rooms on an embedded Tomcat, kept in the Redis that all nodes share. */
final class ChaosNode {

    /** How long it may be silent until the others take it for gone. */
    static final Duration TIMEOUT = Duration.ofSeconds(4);

    private static final int NO_REDIS = 69;

    private ChaosNode() {}

    public static void main(String[] args) throws Exception {
        try {
            RoomServer.serveUntilAskedToEnd(box(args[1]), Integer.parseInt(args[0]));
        } catch (StoreException e) { // whoever has started it does it again
            System.err.println("Redis is not there: " + e.getMessage());
            System.exit(NO_REDIS);
        }
    }

    private static ChannelBox box(String redis) {
        return ChannelBox.builder()
                .broker(RedisChat.builder(redis)
                        .commandTimeout(Duration.ofSeconds(1))
                        .nodeTimeout(TIMEOUT)
                        .probeEvery(Duration.ofSeconds(1))
                        .connect())
                .groups("room", GroupSettings.DEFAULT.saving(RoomServer.EVERYTHING))
                .pings(Duration.ofSeconds(2), Duration.ofSeconds(2))
                .build();
    }
}
