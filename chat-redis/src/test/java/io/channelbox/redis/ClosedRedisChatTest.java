package io.channelbox.redis;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(60)
class ClosedRedisChatTest {

    private final RedisChat redis = RedisChat.builder(SharedRedis.uri().toString())
            .prefix(SharedRedis.newPrefix())
            .connect();

    @Test
    void whatWasNeverUsedIsClosedAsOftenAsOneLikes() {
        redis.close();
        redis.close();
    }

    @Test
    void theBoxMayBeClosedFirst() {
        ChannelBox box = ChannelBox.builder().broker(redis).build();
        Presence.in(box).build();

        box.close();
        redis.close();
        box.close();
    }

    @Test
    void theBoxMayBeClosedLast() {
        ChannelBox box = ChannelBox.builder().broker(redis).build();
        Presence.in(box).build();

        redis.close();
        box.close();
        redis.close();
    }

    @Test
    void whoUsesItAfterwardsIsToldThatItWasClosed() {
        ChannelBox box = ChannelBox.builder().broker(redis).build();
        Group lobby = box.group("room:lobby");
        Presence presence = Presence.in(box).build();
        redis.close();

        List<Executable> uses = List.of(
                () -> lobby.broadcast("a"),
                () -> lobby.broadcast("a", PublishOptions.DEFAULT.savingHistory()),
                () -> lobby.history(HistoryQuery.latest(1)),
                lobby::historyStats,
                lobby::freeze,
                () -> presence.members(lobby.name()),
                () -> box.ban(new UserId("bob"), Duration.ofMinutes(1)));
        for (Executable use : uses) {
            StoreException told = assertThrows(StoreException.class, use);
            assertTrue(told.toString().contains("was closed"), told::toString);
        }
        box.close();
    }

    @Test
    void noBoxTakesItAfterwards() {
        redis.close();

        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> ChannelBox.builder().broker(redis).build());

        assertTrue(refused.toString().contains("was closed"), refused::toString);
    }
}
