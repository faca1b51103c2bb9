package io.channelbox.benchmarks.load;

import io.channelbox.benchmarks.load.Phase.Conditions;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** One workload on one server. */
final class Trial implements AutoCloseable {

    private static final double DELIVERIES_PER_SECOND = 20_000;
    private static final double KIB_PER_MIB = 1024;
    private static final int SMALL_RECEIVE_BUFFER = 16 * 1024;
    private static final int CLOSED_WITHOUT_CODE = 1006;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PATIENCE_WITH_QUEUES = Duration.ofSeconds(30);
    private static final int MORE_THAN_ANY_QUEUE = 16_000;
    private static final int LONGER_FOR_P99 = 4;

    private final Server server;
    private final Dialect dialect;
    private final Workload workload;
    private final Timing timing;
    private final EventLoop loop = new EventLoop();
    private final Crowd crowd;
    private final Conditions conditions;
    private final Figures figures = new Figures();
    private int noisy;

    private Trial(Server server, Dialect dialect, Workload workload, Timing timing) throws IOException {
        this.server = server;
        this.dialect = dialect;
        this.workload = workload;
        this.timing = timing;
        this.crowd = new Crowd(workload.shape(), workload.firstRoom(), dialect, loop);
        this.conditions = new Conditions(loop, server.pid(), timing.mostForOthers());
    }

    /** Runs it, with a longer warm-up if the server is cold. */
    static Figures run(Server server, Dialect dialect, Workload workload, Timing timing, boolean cold)
            throws IOException {
        try (var trial = new Trial(server, dialect, workload, timing)) {
            double warmUp = cold ? timing.coldWarmUp() : timing.warmUp();
            if (workload.slowMember()) {
                trial.runWithASlowMember(warmUp);
            } else if (workload.idle() > 0) {
                trial.runBesideIdleOnes(warmUp);
            } else {
                trial.runAlone(warmUp);
            }
            trial.figures.put(Figure.NOISY, trial.noisy);
            return trial.figures;
        }
    }

    private void runBesideIdleOnes(double warmUp) throws IOException {
        long heap = server.liveHeap();
        long resident = ProcFs.residentOf(server.pid());
        int count = workload.idle();
        try (var idle = new Crowd(
                Shape.idle(count), workload.firstRoom() + workload.shape().rooms(), dialect, loop)) {
            figures.put(Figure.JOINS, count / seconds(idle.join(server.port(), 0)));
            figures.put(Figure.RESIDENT, (double) (ProcFs.residentOf(server.pid()) - resident) / count);
            figures.put(Figure.HEAP, (double) (server.liveHeap() - heap) / count);
            runAlone(warmUp);
        }
    }

    private void runAlone(double warmUp) throws IOException {
        crowd.join(server.port(), 0);
        warmUp(warmUp);
        figures.putSaturated(saturate(timing.measured()));
        Phase paced = pace(timing.measured());
        figures.put(Figure.CPU_PACED, paced.reading().serverMicrosPerDelivery());
        figures.putQuantiles(paced);
        figures.putFaults(crowd, loop.counters());
    }

    private void runWithASlowMember(double warmUp) throws IOException {
        Client slow = crowd.last();
        crowd.join(server.port(), SMALL_RECEIVE_BUFFER);
        warmUp(warmUp);
        double before = longPace().millis(0.99);
        long heap = server.liveHeap();
        long resident = ProcFs.residentOf(server.pid());
        slow.stopReading();
        double with = longPace().millis(0.99);
        figures.put(Figure.P99_BEFORE, before);
        figures.put(Figure.P99_WITH, with);
        figures.put(Figure.P99_CHANGE, with / before);
        int sent = crowd.sent();
        figures.putSaturated(saturate(timing.measured()));
        saturateUntil(() -> crowd.sent() - sent > MORE_THAN_ANY_QUEUE);
        figures.put(Figure.RESIDENT_GROWTH, (ProcFs.residentOf(server.pid()) - resident) / KIB_PER_MIB);
        figures.put(Figure.HEAP_GROWTH, (server.liveHeap() - heap) / KIB_PER_MIB);
        slow.readAgain();
        loop.run(System.nanoTime() + PATIENCE.toNanos(), slow::gone, () -> {});
        figures.put(Figure.SLOW_CODE, slow.closeCode().orElse(slow.gone() ? CLOSED_WITHOUT_CODE : 0));
        figures.putFaults(crowd, loop.counters());
    }

    private void warmUp(double length) throws IOException {
        crowd.saturate();
        loop.run(System.nanoTime() + (long) (length * 1e9), () -> false, () -> {});
        crowd.settle(PATIENCE);
    }

    private void saturateUntil(BooleanSupplier done) throws IOException {
        crowd.saturate();
        loop.run(System.nanoTime() + PATIENCE_WITH_QUEUES.toNanos(), done, () -> {});
        crowd.settle(PATIENCE);
    }

    private Phase saturate(double length) throws IOException {
        crowd.saturate();
        Phase phase = Phase.run(conditions, length, () -> {});
        crowd.settle(PATIENCE);
        return noting(phase);
    }

    /** Long enough for a hundredth of the messages to be more than one pause of the machine. */
    private Phase longPace() throws IOException {
        return pace(LONGER_FOR_P99 * timing.measured());
    }

    private Phase pace(double length) throws IOException {
        double perSecond = DELIVERIES_PER_SECOND / workload.shape().members();
        try (var pace = new Pace(crowd.senders(), perSecond, loop)) {
            Phase phase = Phase.run(conditions, length, pace::sendWhatIsDue);
            crowd.settle(PATIENCE);
            return noting(phase);
        }
    }

    private Phase noting(Phase phase) {
        noisy += phase.noisy() ? 1 : 0;
        return phase;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void close() throws IOException {
        crowd.close();
        loop.close();
    }
}
