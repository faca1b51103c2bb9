package io.channelbox.benchmarks.nodes;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What this machine, and this process on it, are doing. */
final class Machine {

    private Machine() {}

    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** The CPU time that a process has used. */
    static Duration cpuOf(long process) {
        return ProcessHandle.of(process)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    static Duration cpuOfThis() {
        return cpuOf(ProcessHandle.current().pid());
    }

    /** The bytes of what lives. */
    static long heap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
