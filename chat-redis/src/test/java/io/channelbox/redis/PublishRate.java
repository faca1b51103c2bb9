package io.channelbox.redis;

import io.channelbox.cluster.Backplane.Keep;
import io.channelbox.cluster.Backplane.Outgoing;
import io.channelbox.history.Retention;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.UserId;
import io.channelbox.testkit.BackplaneContract.Heard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Measures saved publishes per second into a Redis on this machine, not a test: {@code java ... PublishRate SECONDS}. */
final class PublishRate {

    private PublishRate() {}

    public static void main(String[] args) throws Exception {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 5;
        for (int groups : new int[] {1, 1_000}) {
            for (int threads : new int[] {16, 64}) {
                try (var backplane = RedisBackplane.connect(SharedRedis.options())) {
                    Heard.of(backplane, GroupName.of("nobody"));
                    measure(backplane, groups, threads, 2);
                    System.out.printf(
                            "%d groups, %d threads: %,d saved publishes/s%n",
                            groups, threads, measure(backplane, groups, threads, seconds));
                }
            }
        }
        System.exit(0);
    }

    private static long measure(RedisBackplane backplane, int groups, int threads, long seconds)
            throws InterruptedException {
        var published = new LongAdder();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int first = i;
            var thread = new Thread(() -> {
                for (int n = first; System.nanoTime() - end < 0; n += threads) {
                    backplane.publish(message(n % groups, "user" + first, Integer.toString(n)));
                    published.increment();
                }
            });
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }
        return published.sum() / seconds;
    }

    private static Outgoing message(int group, String user, String key) {
        return new Outgoing(
                GroupName.of("rate", Integer.toString(group)),
                MessageId.at(Instant.now()),
                new byte[200],
                Optional.of(new Keep(Retention.DEFAULT, 120)),
                Optional.of(key),
                Optional.of(new UserId(user)),
                true);
    }
}
