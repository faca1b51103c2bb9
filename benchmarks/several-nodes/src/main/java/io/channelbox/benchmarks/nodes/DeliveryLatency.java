package io.channelbox.benchmarks.nodes;

import io.channelbox.message.Frame;
import io.channelbox.message.TextFrame;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after the time at which it was meant to be published a message arrives at a member on another node, when messages come at fixed
 * times whatever becomes of those before.
 */
final class DeliveryLatency {

    private static final int PUBLISHERS = 32;

    private DeliveryLatency() {}

    static void measure(LocalRedis redis, Size size) throws InterruptedException {
        for (int groups : new int[] {1, 100}) {
            for (int rate : new int[] {500, 2_000, 5_000}) {
                measure(redis, size, groups, rate);
            }
        }
    }

    private static void measure(LocalRedis redis, Size size, int groups, int rate) throws InterruptedException {
        var latencies = new ConcurrentLinkedQueue<Long>();
        var sink = new Sink(frame -> latencies.add(System.nanoTime() - meantAt(frame)));
        try (Node one = Node.on(redis);
                Node other = Node.on(redis)) {
            for (int group = 0; group < groups; group++) {
                other.box().group(Node.room(group)).join(other.enter("user" + group, sink));
            }
            int warming = (int) (rate * size.warmUp().toMillis() / 1_000);
            publish(one, groups, rate, warming);
            awaitAll(latencies, warming);
            latencies.clear();
            int count = (int) (rate * 2L * size.measured().toMillis() / 1_000);
            Cpu before = Cpu.now(redis);
            publish(one, groups, rate, count);
            Cpu used = before.until(Cpu.now(redis));
            awaitAll(latencies, count);
            report(groups, rate, used.each(count), latencies);
        }
    }

    private static void publish(Node node, int groups, int rate, int count) throws InterruptedException {
        long start = System.nanoTime();
        Crew.all(count, PUBLISHERS, i -> {
            long due = start + i * 1_000_000_000L / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            node.save(Node.room(i % groups), due + " " + ".".repeat(100));
        });
    }

    private static long meantAt(Frame frame) {
        String text = ((TextFrame) frame).text();
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    private static void awaitAll(ConcurrentLinkedQueue<Long> latencies, int count) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (latencies.size() < count && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void report(int groups, int rate, String cpu, ConcurrentLinkedQueue<Long> latencies) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        System.out.printf(
                "%,d group(s), %,d/s: %,d arrived, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, largest %.2f ms; %s%n",
                groups,
                rate,
                sorted.length,
                millis(sorted, 0.5),
                millis(sorted, 0.99),
                millis(sorted, 0.999),
                millis(sorted, 1),
                cpu);
    }

    private static double millis(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }
}
