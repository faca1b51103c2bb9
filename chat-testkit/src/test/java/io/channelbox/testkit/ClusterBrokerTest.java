package io.channelbox.testkit;

import io.channelbox.broker.Broker;
import io.channelbox.cluster.ClusterBroker;

class ClusterBrokerTest implements BrokerContract {

    @Override
    public Broker newBroker() {
        return ClusterBroker.on(new SharedMemory(System::nanoTime).newNode()).build();
    }
}
