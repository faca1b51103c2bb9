package io.channelbox.testkit;

import io.channelbox.presence.InMemoryPresenceStore;
import io.channelbox.presence.PresenceStore;

class InMemoryPresenceStoreTest extends PresenceStoreContract {

    @Override
    protected PresenceStore newStore() {
        return new InMemoryPresenceStore();
    }
}
