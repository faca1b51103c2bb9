package io.channelbox.benchmarks.load;

/** All counters at one moment. CPU times are in ticks. */
record Reading(long nanos, long server, long generator, long all, long deliveries, long frames, long receives) {

    static final Reading ZERO = new Reading(0, 0, 0, 0, 0, 0, 0);

    static Reading take(long serverPid, Counters counters) {
        return new Reading(
                System.nanoTime(),
                ProcFs.cpuOf(serverPid),
                ProcFs.cpuOf(ProcessHandle.current().pid()),
                ProcFs.cpuOfAll(),
                counters.deliveries,
                counters.frames,
                counters.receives);
    }

    Reading minus(Reading earlier) {
        return new Reading(
                nanos - earlier.nanos,
                server - earlier.server,
                generator - earlier.generator,
                all - earlier.all,
                deliveries - earlier.deliveries,
                frames - earlier.frames,
                receives - earlier.receives);
    }

    Reading plus(Reading other) {
        return new Reading(
                nanos + other.nanos,
                server + other.server,
                generator + other.generator,
                all + other.all,
                deliveries + other.deliveries,
                frames + other.frames,
                receives + other.receives);
    }

    double seconds() {
        return nanos / 1e9;
    }

    /** How many cores other processes kept busy. */
    double othersCores() {
        return (all - server - generator) / ProcFs.TICKS_PER_SECOND / seconds();
    }

    double generatorCores() {
        return generator / ProcFs.TICKS_PER_SECOND / seconds();
    }

    double deliveriesPerSecond() {
        return deliveries / seconds();
    }

    /** What a delivery cost the server, in microseconds of CPU. */
    double serverMicrosPerDelivery() {
        return server / ProcFs.TICKS_PER_SECOND * 1e6 / deliveries;
    }
}
