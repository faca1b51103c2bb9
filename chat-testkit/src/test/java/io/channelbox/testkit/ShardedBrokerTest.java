package io.channelbox.testkit;

import io.channelbox.broker.Broker;
import io.channelbox.cluster.ClusterBroker;

class ShardedBrokerTest implements BrokerContract {

    @Override
    public Broker newBroker() {
        return ClusterBroker.on(new SharedMemory(System::nanoTime).newNode())
                .shard(new SharedMemory(System::nanoTime).newNode())
                .shard(new SharedMemory(System::nanoTime).newNode())
                .build();
    }
}
