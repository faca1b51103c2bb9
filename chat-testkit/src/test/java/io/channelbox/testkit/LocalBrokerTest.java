package io.channelbox.testkit;

import io.channelbox.broker.Broker;
import io.channelbox.broker.LocalBroker;

class LocalBrokerTest implements BrokerContract {

    @Override
    public Broker newBroker() {
        return new LocalBroker();
    }
}
