package io.channelbox.testkit;

import io.channelbox.cluster.Backplane;

class InMemoryBackplaneTest implements BackplaneContract {

    private final SharedMemory memory = new SharedMemory(System::nanoTime);

    @Override
    public Backplane newBackplane() {
        return memory.newNode();
    }
}
