package io.channelbox.benchmarks.load;

/**
 * How long things are done, in seconds.
 *
 * @param coldWarmUp before the first phase that a server sees
 * @param warmUp before the first phase of the other workloads
 * @param measured the least that a phase is measured
 * @param mostForOthers how many cores other processes may use in a slice that counts
 */
record Timing(double coldWarmUp, double warmUp, double measured, double mostForOthers) {

    static Timing standard() {
        return new Timing(10, 3, 2.5, 0.2);
    }

    static Timing quick() {
        return new Timing(1.5, 0.5, 1, 0.2);
    }

    Timing measuring(double seconds) {
        return new Timing(coldWarmUp, warmUp, seconds, mostForOthers);
    }

    Timing allowingOthers(double cores) {
        return new Timing(coldWarmUp, warmUp, measured, cores);
    }
}
