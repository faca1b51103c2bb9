package io.channelbox.benchmarks.nodes;

import io.channelbox.channel.Channel;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** What joining costs, with presence and without, and what it costs to take everybody of a node away. */
final class Joins {

    private Joins() {}

    static void measure(LocalRedis redis, Size size) throws InterruptedException {
        for (int threads : new int[] {1, 16}) {
            for (int groups : new int[] {size.many(), 1}) {
                join(redis, size.many(), groups, threads);
                track(redis, size.many(), groups, threads);
            }
            open(redis, size.many(), threads);
        }
    }

    private static List<Channel> channels(Node node, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> node.enter("user" + i, Sink.unseen()))
                .toList();
    }

    private static void join(LocalRedis redis, int count, int groups, int threads) throws InterruptedException {
        redis.commands().flushall();
        try (Node node = Node.on(redis)) {
            List<Channel> channels = channels(node, count);
            Cpu before = Cpu.now(redis);
            Duration time = Crew.all(
                    count, threads, i -> node.box().group(Node.room(i % groups)).join(channels.get(i)));
            report(what(groups, threads), time, count, before.until(Cpu.now(redis)));
        }
    }

    private static void track(LocalRedis redis, int count, int groups, int threads) throws InterruptedException {
        redis.commands().flushall();
        var told = new LongAdder();
        try (Node node = Node.on(redis)) {
            Presence presence = Presence.in(node.box())
                    .onChange(change -> told.add(change.joins().size()))
                    .build();
            List<Channel> channels = channels(node, count);
            Cpu before = Cpu.now(redis);
            Duration time = Crew.all(count, threads, i -> {
                var group = node.box().group(Node.room(i % groups));
                group.join(channels.get(i));
                presence.track(group.name(), channels.get(i));
            });
            awaitTold(told, count);
            report(what(groups, threads) + ", with presence", time, count, before.until(Cpu.now(redis)));
            leave(redis, presence, count);
        }
    }

    private static void awaitTold(LongAdder told, int count) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (told.sum() < count && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void leave(LocalRedis redis, Presence presence, int count) {
        Cpu before = Cpu.now(redis);
        long start = System.nanoTime();
        presence.close();
        report(
                "    all taken away in one sweep",
                Duration.ofNanos(System.nanoTime() - start),
                count,
                before.until(Cpu.now(redis)));
    }

    private static void open(LocalRedis redis, int count, int threads) throws InterruptedException {
        redis.commands().flushall();
        List<Channel> channels = new ArrayList<>();
        try (Node node = Node.on(redis)) {
            Cpu before = Cpu.now(redis);
            Duration time = Crew.all(count, threads, i -> {
                Channel channel = node.enterWithInbox("user" + i, Sink.unseen());
                synchronized (channels) {
                    channels.add(channel);
                }
            });
            report(threads + " thread(s), connections with their inboxes", time, count, before.until(Cpu.now(redis)));
        }
    }

    private static String what(int groups, int threads) {
        return String.format("%d thread(s), into %,d group(s)", threads, groups);
    }

    private static void report(String what, Duration time, int count, Cpu used) {
        System.out.printf(
                "%s: %,d in %.2f s, %.3f ms each; %s%n",
                what, count, time.toMillis() / 1e3, time.toNanos() / 1e6 / count, used.each(count));
    }
}
