package io.channelbox.redis;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;

/** A master and its replica, watched by three Sentinels. */
final class SentinelServers implements AutoCloseable {

    private final int masterPort = SharedRedis.freePort();
    private final int replicaPort = SharedRedis.freePort();
    private final RedisServer master = SharedRedis.start(masterPort);
    private final RedisServer replica = SharedRedis.start(replicaPort, "replicaof 127.0.0.1 " + masterPort);
    private final List<RedisSentinel> sentinels = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    private SentinelServers() {}

    static SentinelServers start() {
        var servers = new SentinelServers();
        for (int i = 0; i < 3; i++) {
            servers.startSentinel();
        }
        return servers;
    }

    private void startSentinel() {
        int port = SharedRedis.freePort();
        RedisSentinel sentinel = RedisSentinel.builder()
                .port(port)
                .bind("127.0.0.1")
                .masterName("main")
                .masterPort(masterPort)
                .quorumSize(2)
                .downAfterMilliseconds(500L)
                .failoverTimeout(3_000L)
                .build();
        sentinel.start();
        sentinels.add(sentinel);
        ports.add(port);
    }

    String uri() {
        List<String> hosts = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        return "redis-sentinel://" + String.join(",", hosts) + "/0#main";
    }

    /** Lets the replica learn of nothing more. */
    void endReplication() {
        ask(replicaPort, redis -> {
            redis.configSet("masteruser", "nobody");
            redis.configSet("masterauth", "wrong");
        });
        ask(masterPort, redis -> redis.clientKill(KillArgs.Builder.typeSlave()));
    }

    private static void ask(int port, Consumer<RedisCommands<String, String>> question) {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
        try (var connection = client.connect()) {
            question.accept(connection.sync());
        } finally {
            client.shutdown();
        }
    }

    void stopMaster() {
        master.stop();
    }

    @Override
    public void close() {
        sentinels.forEach(RedisSentinel::stop);
        replica.stop();
        master.stop();
    }
}
