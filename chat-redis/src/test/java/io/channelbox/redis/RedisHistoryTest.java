package io.channelbox.redis;

import io.channelbox.history.HistoryStore;
import io.channelbox.testkit.HistoryStoreContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

class RedisHistoryTest implements HistoryStoreContract {

    private final RedisLink link = RedisLink.connect(SharedRedis.options());

    @Override
    public HistoryStore newStore(InstantSource clock) {
        return new RedisHistoryStore(link, clock);
    }

    @AfterEach
    void disconnect() {
        link.close();
    }
}
