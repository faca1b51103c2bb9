package io.channelbox.benchmarks.load;

import java.io.IOException;

/**
 * A stretch of load in slices of half a second. A slice counts only if the machine was quiet; what is missing then is made up for, to at most three times
 * the length. If less than half of it was quiet in the end, all slices count, and the phase is a noisy one.
 */
record Phase(Reading reading, Histogram latencies, boolean noisy) {

    private static final long SLICE = 500_000_000;
    private static final int LONGEST = 3;

    /** What runs, on which process, and how quiet the machine has to be: so many cores for others at most. */
    record Conditions(EventLoop loop, long serverPid, double mostForOthers) {}

    static Phase run(Conditions conditions, double seconds, Runnable task) throws IOException {
        int wanted = Math.max(1, (int) Math.round(seconds * 1e9 / SLICE));
        var quiet = new Sum();
        var all = new Sum();
        while (quiet.slices < wanted && all.slices < LONGEST * wanted) {
            Counters counters = conditions.loop.counters();
            Reading slice = slice(conditions, task);
            all.add(slice, counters.latencies);
            if (slice.othersCores() < conditions.mostForOthers) {
                quiet.add(slice, counters.latencies);
            }
        }
        boolean noisy = quiet.slices * 2 < wanted;
        Sum counted = noisy ? all : quiet;
        return new Phase(counted.reading, counted.latencies, noisy);
    }

    private static Reading slice(Conditions conditions, Runnable task) throws IOException {
        Counters counters = conditions.loop.counters();
        counters.latencies.clear();
        Reading before = Reading.take(conditions.serverPid, counters);
        conditions.loop.run(before.nanos() + SLICE, () -> false, task);
        return Reading.take(conditions.serverPid, counters).minus(before);
    }

    private static final class Sum {

        private final Histogram latencies = new Histogram();
        private Reading reading = Reading.ZERO;
        private int slices;

        private void add(Reading slice, Histogram itsLatencies) {
            reading = reading.plus(slice);
            latencies.add(itsLatencies);
            slices++;
        }
    }

    double millis(double quantile) {
        return latencies.quantile(quantile) / 1e6;
    }

    double longestMillis() {
        return latencies.max() / 1e6;
    }
}
