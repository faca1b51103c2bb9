package io.channelbox.benchmarks.nodes;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.history.Retention;
import io.channelbox.presence.Presence;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** What is left of groups in which everybody has left: nothing that stays. */
final class PastGroups {

    private static final Retention SHORT = Retention.DEFAULT.withAge(Duration.ofMinutes(10));

    private PastGroups() {}

    static void measure(LocalRedis redis, Size size) throws InterruptedException {
        try (Node node = Node.keeping(redis, SHORT, Duration.ZERO)) {
            Presence presence = Presence.in(node.box()).grace(Duration.ZERO).build();
            long heap = Machine.heap();
            long memory = redis.memory();
            Crew.all(size.past(), 16, i -> visit(node, presence, node.box().group(Node.room(i)), i));
            awaitSilence(redis);
            System.out.printf(
                    "%,d groups with presence and one kept message are past: %,d channels subscribed to, %,d bytes of heap and %,d of Redis each%n",
                    size.past(),
                    redis.commands().pubsubChannels().size(),
                    (Machine.heap() - heap) / size.past(),
                    (redis.memory() - memory) / size.past());
            keysOf(redis)
                    .forEach((kind, left) -> System.out.printf(
                            "    %s: %,d keys, %,d of them without an end, the last ends in %,d s%n",
                            kind, left.count, left.endless, left.lastMillis / 1_000));
            presence.close();
        }
    }

    private static void visit(Node node, Presence presence, Group group, int number) {
        Channel channel = node.enter("user" + number, Sink.unseen());
        group.join(channel);
        presence.track(group.name(), channel);
        node.save(group.name().value(), "somebody was here");
        channel.ended(CloseStatus.NORMAL);
    }

    /** What leaving changes is told in the background. */
    private static void awaitSilence(LocalRedis redis) {
        long before = -1;
        long now = redis.commands().dbsize();
        while (now != before || redis.commands().pubsubChannels().size() > 1) {
            LockSupport.parkNanos(2_000_000_000L);
            before = now;
            now = redis.commands().dbsize();
        }
    }

    private static final class Left {
        private long count;
        private long endless;
        private long lastMillis;
    }

    private static Map<String, Left> keysOf(LocalRedis redis) {
        Map<String, Left> kinds = new TreeMap<>();
        KeyScanCursor<String> page = redis.commands().scan(ScanArgs.Builder.limit(1_000));
        add(redis, page.getKeys(), kinds);
        while (!page.isFinished()) {
            page = redis.commands().scan(page, ScanArgs.Builder.limit(1_000));
            add(redis, page.getKeys(), kinds);
        }
        return kinds;
    }

    private static void add(LocalRedis redis, List<String> keys, Map<String, Left> kinds) {
        List<RedisFuture<Long>> ends = keys.stream().map(redis.together()::pttl).toList();
        for (int i = 0; i < keys.size(); i++) {
            Left left = kinds.computeIfAbsent(kindOf(keys.get(i)), kind -> new Left());
            long millis = ends.get(i).toCompletableFuture().join();
            left.count++;
            left.endless += millis == -1 ? 1 : 0;
            left.lastMillis = Math.max(left.lastMillis, millis);
        }
    }

    /** What stands between the prefix and the group. */
    private static String kindOf(String key) {
        return key.replaceFirst("^[^:]*:", "").replaceFirst("[:{].*", "");
    }
}
