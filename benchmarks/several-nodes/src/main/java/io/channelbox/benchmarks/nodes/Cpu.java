package io.channelbox.benchmarks.nodes;

import java.time.Duration;

/**
 * CPU time used, by the nodes in this process and by Redis.
 *
 * @param here of this process, its compilers and collectors included
 */
record Cpu(Duration here, Duration redis) {

    static Cpu now(LocalRedis redis) {
        return new Cpu(Machine.cpuOfThis(), redis.cpu());
    }

    /** What was used since. */
    Cpu until(Cpu later) {
        return new Cpu(later.here.minus(here), later.redis.minus(redis));
    }

    /** Says how much it is for each of so many. */
    String each(long count) {
        return String.format("CPU each %.1f us here, %.1f us Redis", micros(here, count), micros(redis, count));
    }

    private static double micros(Duration time, long count) {
        return time.toNanos() / 1e3 / Math.max(1, count);
    }
}
