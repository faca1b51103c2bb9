package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.GroupName;
import io.channelbox.message.StreamPosition;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RedisSentinelIT {

    private static final GroupName ROOM = GroupName.of("chat", "room");

    @Test
    @Timeout(120)
    void bothConnectionsFollowTheNewMaster() throws Exception {
        try (SentinelServers servers = SentinelServers.start();
                RedisBackplane backplane = Said.eventually(
                        () -> RedisBackplane.connect(LinkOptions.of(RedisURI.create(servers.uri()), "sentinel")))) {
            Events events = Events.of(backplane, ROOM);
            Said.eventually(() -> Said.replicated(backplane));
            StreamPosition before = Said.publish(backplane, ROOM, "before");
            Said.eventually(() -> Said.replicated(backplane));

            servers.stopMaster();
            events.await("disconnected");
            events.await("connected");
            StreamPosition after = Said.eventually(() -> Said.publish(backplane, ROOM, "after"));

            events.await("after@" + after);
            assertTrue(before.isAtOrBefore(after), before + " was forgotten: " + after);
        }
    }
}
