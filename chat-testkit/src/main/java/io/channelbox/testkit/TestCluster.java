package io.channelbox.testkit;

import io.channelbox.channel.ChannelBox;
import io.channelbox.cluster.ClusterBroker;
import io.channelbox.cluster.Threads;
import io.channelbox.consumer.ChannelConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Several chat servers that share what is said, without a network, threads or waiting; and what may go wrong between them, when a
 * test says so.
 *
 * <pre>{@code
 * try (TestCluster cluster = TestCluster.of(2)) {
 *   cluster.mount("/ws/chat/{room_id}", RoomConsumer::new);
 *   TestClient ann = cluster.node(0).user("ann").connect("/ws/chat/7");
 *   TestClient bob = cluster.node(1).user("bob").connect("/ws/chat/7");
 *   ann.send(new Say("hello"));
 *   cluster.settle();
 *   assertEquals(new Said("ann", "hello"), bob.receive(Said.class));
 * }
 * }</pre>
 *
 * <p>To be used by one thread at a time.
 */
public final class TestCluster implements AutoCloseable {

    private static final Duration DELIVERING = Duration.ofMillis(10);

    private final ManualClock clock = new ManualClock();
    private final SharedMemory memory = new SharedMemory(clock::nanoTime);
    private final List<Node> nodes = new ArrayList<>();

    private record Node(TestChat chat, InMemoryBackplane backplane, NodeThreads threads) {}

    /** One node as the operating system sees it: it can be stopped and go on, or end. */
    private static final class NodeThreads implements Threads {

        private final ManualClock clock;
        private final ManualExecutor work;
        private boolean runs = true;

        NodeThreads(ManualClock clock, ManualExecutor work) {
            this.clock = clock;
            this.work = work;
        }

        @Override
        public Executor deliveries() {
            return work;
        }

        @Override
        public Executor questions() {
            return work;
        }

        @Override
        public Executor pulse() {
            return work;
        }

        @Override
        public void every(Duration period, Runnable tick) {
            clock.every(period, () -> {
                if (runs) {
                    tick.run();
                    settle();
                }
            });
        }

        void settle() {
            if (runs) {
                work.runAll();
            }
        }

        @Override
        public void close() {
            runs = false;
        }
    }

    private TestCluster(
            int size, UnaryOperator<ClusterBroker.Builder> brokers, UnaryOperator<ChannelBox.Builder> boxes) {
        for (int i = 0; i < size; i++) {
            nodes.add(newNode(brokers, boxes));
        }
        clock.every(DELIVERING, this::settle);
    }

    private Node newNode(UnaryOperator<ClusterBroker.Builder> brokers, UnaryOperator<ChannelBox.Builder> boxes) {
        InMemoryBackplane backplane = memory.newNode();
        var executor = new ManualExecutor();
        var threads = new NodeThreads(clock, executor);
        ClusterBroker broker = brokers.apply(ClusterBroker.on(backplane))
                .comesBackWithin(Duration.ZERO)
                .nanoTime(clock::nanoTime)
                .threads(threads)
                .build();
        var chat = TestChat.onNode(
                settings -> boxes.apply(settings).broker(broker),
                clock,
                executor,
                (period, work) -> clock.every(period, () -> {
                    if (threads.runs) {
                        work.run();
                        threads.settle();
                    }
                }));
        return new Node(chat, backplane, threads);
    }

    /** Returns a cluster of so many nodes with the default settings. */
    public static TestCluster of(int size) {
        return with(size, broker -> broker, box -> box);
    }

    /** Returns a cluster of so many nodes with these settings; clocks, threads, executors and schedulers are the kit's. */
    public static TestCluster with(
            int size, UnaryOperator<ClusterBroker.Builder> brokers, UnaryOperator<ChannelBox.Builder> boxes) {
        if (size < 1) {
            throw new IllegalArgumentException("a cluster must have at least one node, was " + size);
        }
        return new TestCluster(size, brokers, boxes);
    }

    /** Mounts a consumer on a path of every node. */
    public TestCluster mount(String path, Supplier<? extends ChannelConsumer<?>> factory) {
        nodes.forEach(node -> node.chat().mount(path, factory));
        return this;
    }

    /** Returns a node. */
    public TestChat node(int index) {
        return nodes.get(index).chat();
    }

    /** Returns the way between a node and the others, to have something go wrong on it. */
    public InMemoryBackplane link(int index) {
        return nodes.get(index).backplane();
    }

    /** Returns what the nodes share, to have it lose something. */
    public SharedMemory memory() {
        return memory;
    }

    /** Returns the clock that all nodes live by. */
    public ManualClock clock() {
        return clock;
    }

    /** Stops a node, as a long pause does: what is told to it waits. */
    public void pause(int index) {
        nodes.get(index).threads().runs = false;
    }

    /** Lets a node go on that was stopped. */
    public void resume(int index) {
        nodes.get(index).threads().runs = true;
        settle();
    }

    /** Ends a node as a crash does: it says nothing any more, to nobody. */
    public void kill(int index) {
        nodes.get(index).threads().runs = false;
        nodes.get(index).backplane().close();
    }

    /** Does all work that waits on all nodes. */
    public void settle() {
        boolean quiet = false;
        while (!quiet) {
            nodes.forEach(node -> node.backplane().deliverDue());
            nodes.forEach(node -> node.threads().settle());
            quiet = nodes.stream()
                    .allMatch(
                            node -> !node.threads().runs || node.threads().work.size() == 0);
        }
    }

    /** Lets time pass on all nodes, and all that happens meanwhile happen. */
    public void advance(Duration time) {
        settle();
        clock.advance(time);
        settle();
    }

    /** Closes all nodes; see {@link TestChat#close()}. */
    @Override
    public void close() {
        nodes.stream()
                .filter(node -> node.threads().runs)
                .forEach(node -> node.chat().close());
    }
}
