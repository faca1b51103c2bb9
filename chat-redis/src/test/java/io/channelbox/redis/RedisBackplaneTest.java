package io.channelbox.redis;

import io.channelbox.cluster.Backplane;
import io.channelbox.testkit.BackplaneContract;

class RedisBackplaneTest implements BackplaneContract {

    private final LinkOptions options = SharedRedis.options();

    @Override
    public Backplane newBackplane() {
        return RedisBackplane.connect(options);
    }
}
