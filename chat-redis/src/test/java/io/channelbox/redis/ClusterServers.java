package io.channelbox.redis;

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

    private ClusterServers() {}

    static ClusterServers start() {
        var cluster = new ClusterServers();
        cluster.startAll();
        return cluster;
    }

    private void startAll() {
        List<Integer> busPorts = new ArrayList<>();
        for (int i = 0; i < 2 * MASTERS; i++) {
            int port = SharedRedis.freePort();
            int busPort = SharedRedis.freePort();
            ports.add(port);
            busPorts.add(busPort);
            servers.add(SharedRedis.start(
                    port,
                    "cluster-enabled yes",
                    "cluster-port " + busPort,
                    "cluster-node-timeout 1500",
                    "dir " + newDirectory()));
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
        int slot = SlotHash.getSlot(key);
        int master = 0;
        while (slot >= SLOTS * (master + 1) / MASTERS) {
            master++;
        }
        servers.get(master).stop();
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::stop);
    }
}
