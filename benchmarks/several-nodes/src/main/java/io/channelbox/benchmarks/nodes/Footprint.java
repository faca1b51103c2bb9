package io.channelbox.benchmarks.nodes;

import io.channelbox.channel.Channel;
import io.channelbox.channel.Group;
import io.channelbox.presence.Presence;
import java.util.ArrayList;
import java.util.List;

/** What groups, members and kept messages take of the heap and of Redis. */
final class Footprint {

    private static final int PER_GROUP = 100;
    private static final String TEXT = ".".repeat(120);

    private Footprint() {}

    static void measure(LocalRedis redis, Size size) throws InterruptedException {
        try (Node node = Node.on(redis)) {
            Presence presence = Presence.in(node.box()).build();
            List<Channel> channels = new ArrayList<>();
            var use = new Use(redis);
            for (int i = 0; i < size.many(); i++) {
                channels.add(node.enter("user" + i, Sink.unseen()));
            }
            use.report("a connection without an inbox", size.many());
            Group large = node.box().group("room:large");
            channels.forEach(large::join);
            use.report("a member of one group", size.many());
            Crew.all(size.many(), 16, i -> presence.track(large.name(), channels.get(i)));
            use.report("a member of it with presence, beside that", size.many());
            Crew.all(size.many(), 16, i -> node.box().group(Node.room(i)).join(channels.get(i)));
            use.report("a group of one member, which is heard here", size.many());
            Crew.all(size.many(), 16, i -> node.save(Node.room(i), TEXT));
            use.report("the first kept message of a group (120 bytes), with what is known of its stream", size.many());
            Crew.all(size.many() * 10, 16, i -> node.save(Node.room(i % PER_GROUP), TEXT));
            use.report("a further kept message (120 bytes)", size.many() * 10);
            Crew.all(
                    size.many(),
                    16,
                    i -> presence.track(node.box().group(Node.room(i)).name(), channels.get(i)));
            use.report("presence in a group of one", size.many());
            presence.close();
        }
    }

    /** What was used since it was last reported. */
    private static final class Use {

        private final LocalRedis redis;
        private long heap;
        private long memory;

        Use(LocalRedis redis) {
            this.redis = redis;
            heap = Machine.heap();
            memory = redis.memory();
        }

        void report(String what, int count) {
            long nowHeap = Machine.heap();
            long nowMemory = redis.memory();
            System.out.printf(
                    "%s: %,d bytes of heap, %,d of Redis%n",
                    what, (nowHeap - heap) / count, (nowMemory - memory) / count);
            heap = nowHeap;
            memory = nowMemory;
        }
    }
}
