package io.channelbox.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What Linux counts of processes. */
final class ProcFs {

    /** The unit of CPU times. */
    static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final String RESIDENT = "VmRSS:";

    private ProcFs() {}

    /** The CPU that a process has used, in user and in system mode, in ticks. */
    static long cpuOf(long process) {
        String stat = read("/proc/" + process + "/stat");
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(afterName[USER_TIME]) + Long.parseLong(afterName[SYSTEM_TIME]);
    }

    /** The CPU that all have used, the hypervisor's other guests included, in ticks. */
    static long cpuOfAll() {
        String[] fields = read("/proc/stat").lines().findFirst().orElseThrow().split(" +", -1);
        long[] ticks = Arrays.stream(fields, 1, 9).mapToLong(Long::parseLong).toArray();
        long idle = ticks[3] + ticks[4];
        return Arrays.stream(ticks).sum() - idle;
    }

    /** The memory of a process, in KiB. */
    static long residentOf(long process) {
        return read("/proc/" + process + "/status")
                .lines()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
