package io.channelbox.benchmarks.load;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Messages at fixed times, whatever becomes of those before: each sender in turn. */
final class Pace implements AutoCloseable {

    private final List<Sender> senders;
    private final long interval;
    private final Thread metronome;
    private long due = System.nanoTime();
    private int turn;
    private volatile boolean ended;

    /** Wakes the loop when something is due. */
    Pace(List<Sender> senders, double messagesPerSecond, EventLoop loop) {
        this.senders = senders;
        this.interval = (long) (1e9 / messagesPerSecond);
        this.metronome = new Thread(() -> beat(loop, System.nanoTime()), "metronome");
        metronome.start();
    }

    private void beat(EventLoop loop, long start) {
        for (long next = start; !ended; next += interval) {
            for (long left = next - System.nanoTime(); left > 0 && !ended; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            loop.wakeUp();
        }
    }

    /** Sends what is due, stamped with the time at which it was. */
    void sendWhatIsDue() {
        for (; due - System.nanoTime() <= 0; due += interval) {
            senders.get(turn++ % senders.size()).send(due);
        }
    }

    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(metronome);
    }
}
