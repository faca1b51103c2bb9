package io.channelbox.soak;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How the server is at one moment.
 *
 * @param heap bytes of heap in use after a collection
 * @param rss bytes of memory that the process has, zero where the system does not tell
 * @param threads live threads
 * @param channels open channels
 * @param groups groups with members, without inboxes
 * @param memberships memberships, inboxes among them
 * @param here users in rooms, summed up over the rooms
 * @param cpu nanoseconds that all threads have run
 */
record Sample(long heap, long rss, long threads, long channels, long groups, long memberships, long here, long cpu) {

    private static final double MIB = 1 << 20;

    static Sample parse(String line) {
        long[] all = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Sample(all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]);
    }

    String line() {
        return LongStream.of(heap, rss, threads, channels, groups, memberships, here, cpu)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    /** Tells whether nobody is here and nothing of anybody is counted. */
    boolean isEmpty() {
        return channels == 0 && groups == 0 && memberships == 0 && here == 0;
    }

    @Override
    public String toString() {
        return "heap %.1f MB, RSS %.0f MB, %d threads, %d channels, %d groups, %d memberships, %d here"
                .formatted(heap / MIB, rss / MIB, threads, channels, groups, memberships, here);
    }
}
