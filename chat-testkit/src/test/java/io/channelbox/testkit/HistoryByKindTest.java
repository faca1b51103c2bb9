package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.ChannelBox;
import io.channelbox.history.HistoryByKind;
import io.channelbox.history.HistoryStore;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.history.NoHistoryStore;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryByKindTest implements HistoryStoreContract {

    @Override
    public HistoryStore newStore(InstantSource clock) {
        return new HistoryByKind(Map.of("chat", new InMemoryHistoryStore(clock)), NoHistoryStore.INSTANCE);
    }

    @Test
    void onlyTheKindsThatAreKeptAreKept() {
        HistoryStore store = newStore(InstantSource.system());
        try (ChannelBox box = ChannelBox.builder().history(store).build()) {
            var kept = box.group("chat:7").broadcast("a", PublishOptions.DEFAULT.savingHistory());
            var told = box.group("lobby").broadcast("b", PublishOptions.DEFAULT.savingHistory());

            assertEquals(1, kept.position().orElseThrow().offset());
            assertTrue(told.position().isEmpty());
            assertEquals(1, store.groups().size());
        }
    }
}
