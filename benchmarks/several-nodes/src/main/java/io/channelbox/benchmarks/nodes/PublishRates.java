package io.channelbox.benchmarks.nodes;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** How many messages a second are saved and told, through a box. */
final class PublishRates {

    private static final String TEXT =
            "Shall we meet at the usual place at eight? ".repeat(3).substring(0, 120);

    private PublishRates() {}

    static void measure(LocalRedis redis, Size size) throws InterruptedException {
        for (int groups : new int[] {1, 1_000}) {
            for (int publishers : new int[] {1, 16, 64}) {
                measure(redis, size, new Shape(1, groups, 1, publishers));
            }
        }
        for (int publishers : new int[] {16, 64}) {
            measure(redis, size, new Shape(2, 1, 1, publishers));
        }
        measure(redis, size, new Shape(2, 1_000, 1, 64));
        measure(redis, size, new Shape(1, 1, 0, 64));
        measure(redis, size, new Shape(1, 1, 100, 64));
    }

    /**
     * Who speaks where.
     *
     * @param members of each group on each node
     * @param publishers of all nodes together
     */
    private record Shape(int nodes, int groups, int members, int publishers) {}

    private static void measure(LocalRedis redis, Size size, Shape shape) throws InterruptedException {
        redis.commands().flushall();
        var delivered = new LongAdder();
        var sink = new Sink(frame -> delivered.increment());
        try (Node one = Node.on(redis);
                Node other = Node.on(redis)) {
            List<Node> nodes = shape.nodes() == 1 ? List.of(one) : List.of(one, other);
            nodes.forEach(node -> fill(node, shape, sink));
            Crew.Work work = (thread, times) ->
                    nodes.get(thread % nodes.size()).save(Node.room((thread * 31 + times) % shape.groups()), TEXT);
            Crew.during(size.warmUp(), shape.publishers(), work);
            Cpu before = Cpu.now(redis);
            delivered.reset();
            long saved = Crew.during(size.measured(), shape.publishers(), work);
            Cpu used = before.until(Cpu.now(redis));
            System.out.printf(
                    "%d node(s), %,5d group(s) of %3d, %2d publishers: %,7d saved/s, %,9d delivered/s; %s%n",
                    shape.nodes(),
                    shape.groups(),
                    shape.members() * shape.nodes(),
                    shape.publishers(),
                    perSecond(saved, size),
                    perSecond(delivered.sum(), size),
                    used.each(saved));
        }
    }

    private static void fill(Node node, Shape shape, Sink sink) {
        for (int group = 0; group < shape.groups(); group++) {
            for (int member = 0; member < shape.members(); member++) {
                node.box().group(Node.room(group)).join(node.enter("user" + group + '-' + member, sink));
            }
        }
    }

    private static long perSecond(long count, Size size) {
        return count * 1_000 / size.measured().toMillis();
    }
}
