package io.channelbox.testkit;

import io.channelbox.channel.ChannelBox;
import io.channelbox.cluster.ClusterBroker;
import io.channelbox.consumer.ChannelConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
    private final List<Consumer<TestChat>> mounts = new ArrayList<>();
    private final UnaryOperator<ClusterBroker.Builder> brokers;
    private final UnaryOperator<ChannelBox.Builder> boxes;

    private record Node(TestChat chat, InMemoryBackplane backplane, NodeThreads threads) {}

    private TestCluster(
            int size, UnaryOperator<ClusterBroker.Builder> brokers, UnaryOperator<ChannelBox.Builder> boxes) {
        this.brokers = brokers;
        this.boxes = boxes;
        for (int i = 0; i < size; i++) {
            nodes.add(newNode());
        }
        clock.every(DELIVERING, this::settle);
    }

    private Node newNode() {
        InMemoryBackplane backplane = memory.newNode();
        var threads = new NodeThreads(clock);
        ClusterBroker broker = brokers.apply(ClusterBroker.on(backplane))
                .comesBackWithin(Duration.ZERO)
                .nanoTime(clock::nanoTime)
                .threads(threads)
                .build();
        var chat =
                TestChat.onNode(settings -> boxes.apply(settings).broker(broker), clock, threads.box(), threads::tick);
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
        mounts.add(chat -> chat.mount(path, factory));
        nodes.forEach(node -> node.chat().mount(path, factory));
        return this;
    }

    /** Starts one more node, with the same settings and what is mounted on all, and returns its index. */
    public int add() {
        Node node = newNode();
        mounts.forEach(mount -> mount.accept(node.chat()));
        nodes.add(node);
        return nodes.size() - 1;
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

    private Node living(int index) {
        Node node = nodes.get(index);
        node.chat().requireRunning();
        return node;
    }

    /** Stops a node, as a long pause does: what is told to it waits. */
    public void pause(int index) {
        living(index).threads().stop();
    }

    /**
     * Lets what a node asks of the others by itself hang, such as what it reads to tell what was missed. What a caller asks is answered, and the node goes
     * on saying that it lives.
     */
    public void hangQuestions(int index) {
        living(index).threads().hangQuestions();
    }

    /** Keeps all threads of a node's box busy, as an application does that blocks them: what the box does on its executor waits. */
    public void keepBusy(int index) {
        living(index).threads().keepBoxBusy();
    }

    /**
     * Lets a node go on that was stopped, or of which a part was.
     *
     * @throws IllegalStateException when it was killed: {@link #add} starts another one
     */
    public void resume(int index) {
        living(index).threads().resume();
        settle();
    }

    /**
     * Ends a node for good as a crash does: it says nothing any more, to nobody. What its clients had received can be looked at;
     * whoever connects to it, or speaks as a client of it, gets an {@code IllegalStateException}.
     */
    public void kill(int index) {
        Node node = living(index);
        node.threads().stop();
        node.backplane().close();
        node.chat().kill();
    }

    /** Does all work that waits on all nodes. */
    public void settle() {
        boolean quiet = false;
        while (!quiet) {
            nodes.forEach(node -> node.backplane().deliverDue());
            nodes.forEach(node -> node.threads().settle());
            quiet = nodes.stream().noneMatch(node -> node.threads().hasWork());
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
                .filter(node -> node.threads().isRunning())
                .forEach(node -> node.chat().close());
    }
}
