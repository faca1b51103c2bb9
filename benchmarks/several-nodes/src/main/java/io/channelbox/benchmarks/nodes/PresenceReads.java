package io.channelbox.benchmarks.nodes;

import io.channelbox.channel.Group;
import io.channelbox.presence.Presence;
import java.util.Arrays;

/** How long it takes to read who is in a large group. */
final class PresenceReads {

    private static final int READS = 200;

    private PresenceReads() {}

    static void measure(LocalRedis redis, Size size) throws InterruptedException {
        try (Node node = Node.on(redis);
                Node other = Node.on(redis)) {
            Presence presence = Presence.in(node.box()).build();
            Presence elsewhere = Presence.in(other.box()).build();
            Group group = node.box().group(Node.room(0));
            Crew.all(size.many(), 16, i -> {
                var channel = node.enter("user" + i, Sink.unseen());
                group.join(channel);
                presence.track(group.name(), channel);
            });
            long[] times = new long[READS];
            Cpu before = Cpu.now(redis);
            for (int i = 0; i < READS; i++) {
                long start = System.nanoTime();
                int members = elsewhere.members(group.name()).size();
                times[i] = System.nanoTime() - start;
                if (members != size.many()) {
                    throw new IllegalStateException("only " + members + " are there");
                }
            }
            Cpu used = before.until(Cpu.now(redis));
            double first = times[0] / 1e6;
            Arrays.sort(times);
            System.out.printf(
                    "%,d members read on another node: first %.1f ms, then p50 %.1f ms, p99 %.1f ms; %s%n",
                    size.many(), first, times[READS / 2] / 1e6, times[READS * 99 / 100] / 1e6, used.each(READS));
            presence.close();
            elsewhere.close();
        }
    }
}
