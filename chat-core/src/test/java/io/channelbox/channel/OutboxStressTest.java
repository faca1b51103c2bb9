package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads offer, others complete. Nothing here waits for time to pass. */
@Timeout(60)
class OutboxStressTest {

    private static final int THREADS = 8;
    private static final int FRAMES_EACH = 5_000;

    @Test
    void everyFrameLeavesOnceInTheOrderOfItsThreadAndNeverTwoAtATime() throws Exception {
        long seed = Seeds.next("outbox stress");
        ExecutorService offering = Executors.newFixedThreadPool(THREADS);
        ExecutorService completing = Executors.newFixedThreadPool(3);
        var connection = new CarelessConnection(completing, new Random(seed));
        var owner = new LatchedOwner();
        var outbox = new Outbox(
                connection,
                OutboxLimits.DEFAULT.withFrames(1_000_000),
                new Quota(Long.MAX_VALUE),
                System::nanoTime,
                owner);
        try {
            List<Future<?>> offers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int me = thread;
                offers.add(offering.submit(() -> {
                    for (int i = 0; i < FRAMES_EACH; i++) {
                        outbox.offer(Frame.text(me + ":" + i), OverflowPolicy.CLOSE);
                    }
                }));
            }
            for (Future<?> each : offers) {
                each.get();
            }
            outbox.close();
            assertTrue(owner.flushed.await(30, TimeUnit.SECONDS), "everything leaves in the end");
        } finally {
            offering.shutdownNow();
            completing.shutdownNow();
        }

        assertEquals(0, connection.overlaps.get());
        assertEquals(1, owner.timesFlushed.get());
        assertEquals(THREADS * FRAMES_EACH, connection.sent.size());
        for (int thread = 0; thread < THREADS; thread++) {
            String mine = thread + ":";
            List<String> ofThread = connection.sent.stream()
                    .filter(text -> text.startsWith(mine))
                    .toList();
            assertEquals(FRAMES_EACH, ofThread.size());
            for (int i = 0; i < FRAMES_EACH; i++) {
                assertEquals(mine + i, ofThread.get(i));
            }
        }
    }

    /** Completes inline, on another thread, or both. */
    private static final class CarelessConnection implements Connection {

        private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger overlaps = new AtomicInteger();
        private final AtomicInteger inFlight = new AtomicInteger();
        private final ExecutorService other;
        private final Random random;

        CarelessConnection(ExecutorService other, Random random) {
            this.other = other;
            this.random = random;
        }

        @Override
        public void send(Frame frame, Completion completion) {
            if (inFlight.incrementAndGet() != 1) {
                overlaps.incrementAndGet();
            }
            sent.add(((TextFrame) frame).text());
            switch (random.nextInt(4)) {
                case 0 -> complete(completion);
                case 1 -> {
                    complete(completion);
                    other.execute(completion::succeeded); // late and for the second time
                }
                default -> other.execute(() -> complete(completion));
            }
        }

        private void complete(Completion completion) {
            inFlight.decrementAndGet();
            completion.succeeded();
        }

        @Override
        public void ping(Completion completion) {
            completion.succeeded();
        }

        @Override
        public void close(CloseStatus status) {}
    }

    private static final class LatchedOwner implements Outbox.Owner {

        private final CountDownLatch flushed = new CountDownLatch(1);
        private final AtomicInteger timesFlushed = new AtomicInteger();

        @Override
        public void overflowed(long waitingBytes) {}

        @Override
        public void omitted(Omitted frames) {}

        @Override
        public void sent() {}

        @Override
        public void failed(Throwable cause) {}

        @Override
        public void flushed() {
            timesFlushed.incrementAndGet();
            flushed.countDown();
        }
    }
}
