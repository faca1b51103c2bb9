package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.fake.Peer;
import io.channelbox.fake.TestBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads join, leave and end one and the same channel. */
@Timeout(60)
class OneChannelStressTest {

    private static final int ROUNDS = 2_000;
    private static final int THREADS = 4;

    @Test
    void whoeverJoinsOrLeavesWhileAChannelEndsNothingOfItStays() throws Exception {
        long seed = Seeds.next("one channel stress");
        var test = new TestBox();
        Peer stays = test.enter("stays", "g0");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Channel channel = test.enter("ann").channel();
                var told = new AtomicInteger();
                channel.onClose(status -> told.incrementAndGet());
                var together = new CyclicBarrier(THREADS);
                List<Future<?>> all = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    boolean ends = thread < 2;
                    var random = new Random(seed + (long) round * THREADS + thread);
                    all.add(threads.submit(() -> {
                        together.await();
                        for (int step = 0; step < 10; step++) {
                            Group group = test.box.group("g" + random.nextInt(3));
                            if (random.nextBoolean()) {
                                group.join(channel);
                            } else {
                                group.leave(channel);
                            }
                        }
                        if (ends) {
                            channel.ended(CloseStatus.ABNORMAL);
                        }
                        return null;
                    }));
                }
                for (Future<?> each : all) {
                    each.get();
                }
                assertEquals(1, told.get(), "it ended once");
                assertEquals(Set.of(), channel.groups());
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(Set.of(test.box.group("g0").name()), test.box.groups());
        assertEquals(List.of(stays.channel()), test.box.group("g0").members());
        assertEquals(List.of(stays.channel()), test.box.channels());
    }
}
