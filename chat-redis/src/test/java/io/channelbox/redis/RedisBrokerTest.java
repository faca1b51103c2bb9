package io.channelbox.redis;

import io.channelbox.broker.Broker;
import io.channelbox.testkit.BrokerContract;

class RedisBrokerTest implements BrokerContract {

    @Override
    public Broker newBroker() {
        return RedisChat.builder(SharedRedis.uri().toString())
                .prefix(SharedRedis.newPrefix())
                .connect();
    }
}
