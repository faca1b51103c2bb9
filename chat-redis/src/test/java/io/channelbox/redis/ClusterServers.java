package io.channelbox.redis;

import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import redis.embedded.RedisServer;

/** A Redis Cluster of three masters and a replica of each, on this machine. */
final class ClusterServers implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final List<String> frozen = new ArrayList<>(); // processes

    private ClusterServers() {}

    static ClusterServers start() {
        return startWith();
    }

    /** Starts one in which no replica takes over when a master is away, and the other masters go on. */
    static ClusterServers withoutFailover() {
        return startWith("cluster-replica-no-failover yes", "cluster-require-full-coverage no");
    }

    /** Starts one in which no replica takes over, and nothing goes on when a master is away. */
    static ClusterServers allOrNothing() {
        return startWith("cluster-replica-no-failover yes");
    }

    private static ClusterServers startWith(String... settings) {
        var cluster = new ClusterServers();
        cluster.startAll(settings);
        return cluster;
    }

    private void startAll(String... settings) {
        List<Integer> busPorts = new ArrayList<>();
        for (int i = 0; i < 2 * MASTERS; i++) {
            int port = SharedRedis.freePort();
            int busPort = SharedRedis.freePort();
            ports.add(port);
            busPorts.add(busPort);
            List<String> all = new ArrayList<>(List.of(settings));
            all.add("cluster-enabled yes");
            all.add("cluster-port " + busPort);
            all.add("cluster-node-timeout 1500");
            all.add("dir " + newDirectory());
            servers.add(SharedRedis.start(port, all.toArray(String[]::new)));
        }
        form(busPorts);
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("redis-cluster");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void form(List<Integer> busPorts) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            int node = i;
            ids.add(ask(node, redis -> redis.clusterMyId()));
            if (i > 0) {
                ask(0, redis -> meet(redis, node, busPorts));
            }
            if (i < MASTERS) {
                int[] slots = IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS)
                        .toArray();
                ask(i, redis -> redis.clusterAddSlots(slots));
            }
        }
        for (int i = MASTERS; i < ports.size(); i++) {
            int node = i;
            String master = ids.get(i - MASTERS);
            await(() -> ask(node, RedisCommands::clusterNodes).contains(master));
            ask(node, redis -> redis.clusterReplicate(master));
        }
        for (int i = 0; i < ports.size(); i++) {
            int node = i;
            await(() -> ask(node, RedisCommands::clusterInfo).contains("cluster_state:ok"));
        }
        await(() -> ask(0, RedisCommands::clusterNodes).split("slave", -1).length == MASTERS + 1);
    }

    private String meet(RedisCommands<String, String> redis, int node, List<Integer> busPorts) {
        var args = new CommandArgs<>(StringCodec.UTF8)
                .add("MEET")
                .add("127.0.0.1")
                .add(ports.get(node))
                .add(busPorts.get(node));
        return redis.dispatch(CommandType.CLUSTER, new StatusOutput<>(StringCodec.UTF8), args);
    }

    private String ask(int node, Function<RedisCommands<String, String>, String> question) {
        RedisClient client = RedisClient.create(SharedRedis.uri(ports.get(node)));
        try (var connection = client.connect()) {
            return question.apply(connection.sync());
        } finally {
            client.shutdown();
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("The cluster was not formed in time");
            }
            Thread.onSpinWait();
        }
    }

    List<RedisURI> uris() {
        return ports.stream().map(SharedRedis::uri).toList();
    }

    /** Ends the master that the group is on. */
    void stopMasterOf(byte[] key) {
        servers.get(masterOf(SlotHash.getSlot(key))).stop();
    }

    /** Stops the master that a key is on, as a long pause does, until it may go on. */
    Runnable freezeMasterOf(byte[] key) {
        String info = ask(masterOf(SlotHash.getSlot(key)), redis -> redis.info("server"));
        String pid = info.lines()
                .filter(line -> line.startsWith("process_id:"))
                .map(line -> line.substring("process_id:".length()).trim())
                .findFirst()
                .orElseThrow();
        signal("STOP", pid);
        frozen.add(pid);
        return this::thaw;
    }

    /** Lets all go on: a process that is stopped does not end either. */
    private void thaw() {
        frozen.forEach(pid -> signal("CONT", pid));
        frozen.clear();
    }

    private static void signal(String name, String pid) {
        try {
            new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int masterOf(int slot) {
        int master = 0;
        while (slot >= SLOTS * (master + 1) / MASTERS) {
            master++;
        }
        return master;
    }

    /** Moves the slot of a key to the next master, as an operator does, and lets something be done while a part of it has moved. */
    void moveSlotOf(byte[] key, Runnable halfway) {
        int slot = SlotHash.getSlot(key);
        int from = masterOf(slot);
        int to = (from + 1) % MASTERS;
        String source = ask(from, RedisCommands::clusterMyId);
        String target = ask(to, RedisCommands::clusterMyId);
        ask(to, redis -> redis.clusterSetSlotImporting(slot, source));
        ask(from, redis -> redis.clusterSetSlotMigrating(slot, target));
        moveKeys(from, to, slot, 1);
        halfway.run();
        moveKeys(from, to, slot, Integer.MAX_VALUE);
        for (int master : List.of(to, from, (to + 1) % MASTERS)) {
            ask(master, redis -> redis.clusterSetSlotNode(slot, target));
        }
    }

    private void moveKeys(int from, int to, int slot, int most) {
        ask(from, redis -> {
            List<String> keys = redis.clusterGetKeysInSlot(slot, most);
            return keys.isEmpty()
                    ? ""
                    : redis.migrate("127.0.0.1", ports.get(to), 0, 5_000, MigrateArgs.Builder.keys(keys));
        });
    }

    /** Ends all. */
    void stop() {
        thaw();
        servers.forEach(RedisServer::stop);
    }

    @Override
    public void close() {
        stop();
    }
}
