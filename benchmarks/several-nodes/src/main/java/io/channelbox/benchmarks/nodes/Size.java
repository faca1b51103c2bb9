package io.channelbox.benchmarks.nodes;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param warmUp before a rate is measured
 * @param measured how long it is
 * @param many of what there are many: members of a large group, groups, reads
 * @param past groups that were there once
 */
record Size(Duration warmUp, Duration measured, int many, int past) {

    static final Size FULL = new Size(Duration.ofSeconds(3), Duration.ofSeconds(6), 10_000, 100_000);

    /** To see that it runs: its figures say little. */
    static final Size QUICK = new Size(Duration.ofMillis(100), Duration.ofMillis(200), 50, 50);
}
