package io.channelbox.testkit;

import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import java.time.InstantSource;

class InMemoryHistoryStoreTest implements HistoryStoreContract {

    @Override
    public HistoryStore newStore(InstantSource clock) {
        return new InMemoryHistoryStore(clock);
    }
}
