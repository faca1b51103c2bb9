package io.channelbox.jakarta.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.Connection;
import io.channelbox.channel.Scheduler;
import io.channelbox.testkit.TestConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Who writes when a write blocks. No thread blocks here: what happens meanwhile happens inside of the write. */
class FrameWriterTest {

    private static final Connection NOBODY = new TestConnection(status -> {}, () -> {});

    private final Connection connection = new TestConnection(status -> {}, () -> {});
    private boolean blocked = true;
    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final ManualTicks ticks = new ManualTicks();
    private final FrameWriter writer = new FrameWriter(turns::add, ticks, thread -> blocked);
    private final List<String> told = new ArrayList<>();

    @Test
    void aBurstWakesOneThreadWhichWritesEverythingInOrder() {
        for (int i = 0; i < 5; i++) {
            assertTrue(writer.offer(new Note("frame " + i)));
        }

        assertEquals(1, turns.size());
        turns.remove().run();
        assertEquals(List.of("frame 0", "frame 1", "frame 2", "frame 3", "frame 4"), told);
    }

    @Test
    void whatIsOfferedByAWriteIsWrittenInTheSameTurn() {
        writer.offer(new Note("first", () -> writer.offer(new Note("second"))));

        turns.remove().run();

        assertEquals(List.of("first", "second"), told);
        assertTrue(turns.isEmpty());
    }

    @Test
    void aThreadThatIsInTheSameWriteAtTwoTicksIsGivenUpAndAnotherGoesOn() {
        writer.offer(new Note("stuck", () -> {
            ticks.tick();
            assertTrue(turns.isEmpty()); // it may have begun only now
            ticks.tick();
            assertEquals(List.of("stuck took too long"), told);
            turns.remove().run();
        }));
        writer.offer(new Note("other"));

        turns.remove().run();

        assertEquals(List.of("stuck took too long", "other", "stuck"), told);
    }

    @Test
    void aThreadThatOnlyLacksAProcessorIsNotGivenUp() {
        blocked = false;
        writer.offer(new Note("frame", ticks::tickTwice));

        turns.remove().run();

        assertEquals(List.of("frame"), told);
    }

    @Test
    void whoWasGivenUpWritesNothingMoreAndLeavesItsPlace() {
        writer.offer(new Note("stuck", ticks::tickTwice));
        turns.remove().run();

        writer.offer(new Note("next"));
        assertEquals(1, turns.size());
        turns.remove().run();

        assertEquals(List.of("stuck took too long", "stuck", "next"), told);
        assertEquals(FrameWriter.MOST_THREADS, stuckAtOnce());
    }

    @Test
    void aThreadThatWritesOneFrameAfterTheOtherIsNotGivenUp() {
        for (int i = 0; i < 10; i++) {
            writer.offer(new Note("frame", ticks::tick));
        }

        turns.remove().run();

        assertFalse(told.contains("frame took too long"));
    }

    @Test
    void whenAllThreadsAreStuckNothingIsTakenAndWhatWaitsLeavesWithoutThem() {
        assertEquals(FrameWriter.MOST_THREADS, stuckAtOnce());
        assertTrue(told.contains("last without thread"));
        assertTrue(told.contains("refused"));

        assertTrue(writer.offer(new Note("afterwards")));
        turns.remove().run();
        assertEquals("afterwards", told.get(told.size() - 1));
    }

    /** Lets one write after another block, each inside of the one before, until no thread is left. */
    private int stuckAtOnce() {
        block(1);
        turns.remove().run();
        return (int) told.stream()
                .filter(each -> each.matches("blocked by .* took too long"))
                .count();
    }

    private void block(int depth) {
        writer.offer(new Note("blocked by " + depth, () -> {
            if (depth < FrameWriter.MOST_THREADS) {
                block(depth + 1);
                ticks.tickTwice();
                turns.remove().run();
            } else {
                writer.offer(new Note("last"));
                ticks.tickTwice();
                if (!writer.offer(new Note("never"))) {
                    told.add("refused");
                }
            }
        }));
    }

    @Test
    void aLongLineIsHelpedWith() {
        for (int i = 0; i < 1000; i++) {
            writer.offer(new Note("frame"));
        }

        int most = Math.min(4, Runtime.getRuntime().availableProcessors());
        assertEquals(most, turns.size());
        turns.forEach(Runnable::run);
        assertEquals(1000, told.size());
    }

    @Test
    void ticksComeOnlyWhileThereIsSomethingToWrite() {
        assertFalse(ticks.isOn());

        writer.offer(new Note("frame"));
        turns.remove().run();
        for (int i = 0; i < FrameWriter.QUIET_TICKS; i++) {
            assertTrue(ticks.isOn());
            ticks.tick();
        }
        assertFalse(ticks.isOn());

        writer.offer(new Note("frame"));
        assertTrue(ticks.isOn());
    }

    @Test
    void ticksGoOnWhileAWriteIsStuck() {
        writer.offer(new Note("stuck", () -> {
            for (int i = 0; i < 2 * FrameWriter.QUIET_TICKS; i++) {
                ticks.tick();
            }
            writer.offer(new Note("other", () -> assertTrue(ticks.isOn())));
            turns.remove().run();
        }));

        turns.remove().run();

        assertEquals(List.of("stuck took too long", "other", "stuck"), told);
    }

    @Test
    void onceClosedItTakesNothingAndWhatWaitsLeavesWithoutItsThreads() {
        writer.offer(new Note("frame"));

        writer.close();

        assertEquals(List.of("frame without thread"), told);
        assertFalse(writer.offer(new Note("more")));
        assertFalse(ticks.isOn());
        turns.remove().run();
        assertEquals(1, told.size());
    }

    @Test
    void whereThereAreNoMoreThreadsFramesLeaveWithout() {
        var poor = new FrameWriter(
                turn -> {
                    throw new RejectedExecutionException();
                },
                ticks,
                thread -> false);

        assertTrue(poor.offer(new Note("frame")));

        assertEquals(List.of("frame without thread"), told);
    }

    @Test
    void whereThereIsNoThreadToWatchNothingIsTaken() {
        Scheduler none = (period, work) -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        var poor = new FrameWriter(turns::add, none, thread -> false);

        assertFalse(poor.offer(new Note("frame")));

        assertEquals(List.of(), told);
        assertTrue(turns.isEmpty());
    }

    @Test
    void whatFailsWithoutAThreadHoldsUpNobody() {
        writer.offer(new Note("broken") {
            @Override
            public void writeWithoutThread() {
                throw new IllegalStateException("seen in the log");
            }
        });
        writer.offer(new Note("frame"));

        writer.close();

        assertEquals(List.of("frame without thread"), told);
    }

    @Test
    void aTickThatThrowsIsNotTheLastOne() {
        writer.offer(new Note("stuck", ticks::tickTwice) {
            @Override
            public void tookTooLong() {
                throw new IllegalStateException("seen in the log");
            }
        });
        writer.offer(new Note("other"));

        turns.remove().run();
        ticks.tick();
        turns.remove().run();

        assertEquals(List.of("stuck", "other"), told);
    }

    @Test
    void aWriteThatThrowsHoldsUpNobody() {
        writer.offer(new Note("broken", () -> {
            throw new IllegalStateException("seen in the log");
        }));
        writer.offer(new Note("frame"));

        turns.remove().run();

        assertEquals(List.of("frame"), told);
    }

    @Test
    void theWriteOfAClosedConnectionIsInterruptedAndNoOther() {
        writer.offer(new Note("blocked", () -> {
            writer.interrupt(NOBODY);
            assertFalse(Thread.currentThread().isInterrupted());
            writer.interrupt(connection);
            assertTrue(Thread.currentThread().isInterrupted());
        }));
        writer.offer(new Note("next", () -> assertFalse(Thread.currentThread().isInterrupted())));

        turns.remove().run();

        assertEquals(List.of("blocked", "next"), told);
    }

    @Test
    void alsoAWriteThatWasGivenUpIsInterrupted() {
        writer.offer(new Note("stuck", () -> {
            ticks.tickTwice();
            writer.interrupt(connection);
            assertTrue(Thread.interrupted());
        }));

        turns.remove().run();

        assertEquals(List.of("stuck took too long", "stuck"), told);
    }

    /** Notes what becomes of it. */
    private class Note implements FrameWriter.Write {

        private final String name;
        private final Runnable blocking;

        Note(String name) {
            this(name, () -> {});
        }

        Note(String name, Runnable blocking) {
            this.name = name;
            this.blocking = blocking;
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public void write() {
            blocking.run();
            told.add(name);
        }

        @Override
        public void writeWithoutThread() {
            told.add(name + " without thread");
        }

        @Override
        public void tookTooLong() {
            told.add(name + " took too long");
        }
    }
}
