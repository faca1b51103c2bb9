package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.fake.ManualTime;
import io.channelbox.history.InMemoryHistoryStore;
import io.channelbox.message.GroupName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharedHistoryTest {

    private final ManualTime time = new ManualTime();
    private final InMemoryHistoryStore store = new InMemoryHistoryStore(time);
    private final SharedHistory shared = new SharedHistory(store, time::nanoTime);

    @Test
    void whatNobodyHasAskedForLatelyIsForgotten() {
        shared.latest(GroupName.of("room:a"), 50);
        time.pass(Duration.ofSeconds(1));
        shared.latest(GroupName.of("room:b"), 50);

        shared.sweep();
        assertEquals(2, shared.size());

        time.pass(Duration.ofMillis(1));
        shared.sweep();
        assertEquals(1, shared.size());

        time.pass(Duration.ofSeconds(1));
        shared.sweep();
        assertEquals(0, shared.size());
    }
}
