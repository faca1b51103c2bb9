package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.lettuce.core.RedisURI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;

class RedisSentinelIT {

    private static final GroupName ROOM = GroupName.of("chat", "room");

    @Test
    @Timeout(120)
    void bothConnectionsFollowTheNewMaster() throws Exception {
        int masterPort = SharedRedis.freePort();
        RedisServer master = SharedRedis.start(masterPort);
        RedisServer replica = SharedRedis.start(SharedRedis.freePort(), "replicaof 127.0.0.1 " + masterPort);
        List<RedisSentinel> sentinels = new ArrayList<>();
        RedisURI.Builder uri = RedisURI.builder().withSentinelMasterId("main");
        try {
            for (int i = 0; i < 3; i++) {
                int port = SharedRedis.freePort();
                sentinels.add(sentinel(port, masterPort));
                uri.withSentinel("127.0.0.1", port);
            }
            try (RedisBackplane backplane =
                    Said.eventually(() -> RedisBackplane.connect(LinkOptions.of(uri.build(), "sentinel")))) {
                Events events = Events.of(backplane, ROOM);
                Said.eventually(() -> Said.replicated(backplane));
                StreamPosition before = Said.publish(backplane, ROOM, "before");
                Said.eventually(() -> Said.replicated(backplane));

                master.stop();
                events.await("disconnected");
                events.await("connected");
                StreamPosition after = Said.eventually(() -> Said.publish(backplane, ROOM, "after"));

                events.await("after@" + after);
                assertTrue(before.isAtOrBefore(after), before + " was forgotten: " + after);
            }
        } finally {
            sentinels.forEach(RedisSentinel::stop);
            replica.stop();
            master.stop();
        }
    }

    private static RedisSentinel sentinel(int port, int masterPort) {
        RedisSentinel sentinel = RedisSentinel.builder()
                .port(port)
                .bind("127.0.0.1")
                .masterName("main")
                .masterPort(masterPort)
                .quorumSize(2)
                .downAfterMilliseconds(500L)
                .failoverTimeout(3_000L)
                .build();
        sentinel.start();
        return sentinel;
    }
}
