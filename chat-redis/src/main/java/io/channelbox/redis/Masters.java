package io.channelbox.redis;

import io.channelbox.cluster.PartlyUnreachableException;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.message.StoreException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The masters of a Redis Cluster: one that does not answer is not asked, so that nobody waits for it, until it answers when it is looked;
 * the others are.
 */
final class Masters {

    private static final String WELL = "cluster_state:ok";
    private static final String ALL_SERVED = "cluster_slots_ok:" + SlotHash.SLOT_COUNT;

    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    // By id: why they do not answer.
    private final Map<String, String> away = new ConcurrentHashMap<>();

    Masters(StatefulRedisClusterConnection<byte[], byte[]> connection) {
        this.connection = connection;
    }

    /** Returns what is told to whoever would ask for a key on a master that does not answer. */
    Optional<PartlyUnreachableException> refusal(byte[] key) {
        return of(key).flatMap(master -> Optional.ofNullable(away.get(master.getNodeId())))
                .map(why -> new PartlyUnreachableException("Redis was not asked: " + why));
    }

    /** The master that a key is on has not answered. */
    void failed(byte[] key, StoreException why) {
        of(key).ifPresent(master -> failed(master, why));
    }

    private void failed(RedisClusterNode master, StoreException why) {
        away.put(master.getNodeId(), String.valueOf(why.getMessage()));
    }

    /**
     * Publishes through that of the channel, or else through another one that answers: each passes on to all others what is published.
     *
     * @throws PartlyUnreachableException when none does
     */
    CompletionStage<Long> publish(byte[] channel, byte[] message) {
        RedisClusterNode master = Stream.concat(of(channel).stream(), serving())
                .filter(each -> !away.containsKey(each.getNodeId()))
                .findFirst()
                .orElseThrow(() ->
                        new PartlyUnreachableException("Redis was not asked: " + String.join("; ", away.values())));
        return commands(master)
                .thenCompose(redis -> redis.publish(channel, message))
                .whenComplete((heard, failure) -> {
                    if (failure != null && Failures.of("Publishing", failure) instanceof UnreachableException e) {
                        failed(master, e);
                    }
                });
    }

    private Optional<RedisClusterNode> of(byte[] key) {
        return Optional.ofNullable(connection.getPartitions().getMasterBySlot(SlotHash.getSlot(key)));
    }

    /**
     * Looks which masters answer.
     *
     * @throws UnreachableException when none does
     * @throws PartlyUnreachableException when some do not, or some slots are on none
     */
    void ping(RedisLink link) {
        Map<RedisClusterNode, CompletionStage<String>> answers = new HashMap<>();
        serving().forEach(master -> answers.put(master, commands(master).thenCompose(redis -> redis.clusterInfo())));
        Map<String, String> failing = new HashMap<>();
        boolean allServed = true;
        for (Map.Entry<RedisClusterNode, CompletionStage<String>> each : answers.entrySet()) {
            RedisClusterNode master = each.getKey();
            try {
                String info = link.await("Looking at " + named(master), each.getValue());
                allServed &= info.contains(ALL_SERVED);
                if (!info.contains(WELL)) {
                    failing.put(master.getNodeId(), named(master) + " takes the Redis Cluster for down");
                }
            } catch (UnreachableException e) {
                failing.put(master.getNodeId(), String.valueOf(e.getMessage()));
            }
        }
        away.keySet().retainAll(failing.keySet());
        away.putAll(failing);
        String why = failing.values().stream().sorted().collect(Collectors.joining("; "));
        if (!failing.isEmpty() && failing.size() == answers.size()) {
            throw new UnreachableException(why);
        }
        if (!failing.isEmpty() || !allServed) {
            throw new PartlyUnreachableException(failing.isEmpty() ? "no master serves some of the slots" : why);
        }
    }

    private Stream<RedisClusterNode> serving() {
        return connection.getPartitions().stream().filter(node -> node.getRole().isUpstream() && !node.hasNoSlots());
    }

    private CompletionStage<RedisClusterAsyncCommands<byte[], byte[]>> commands(RedisClusterNode master) {
        return connection
                .getConnectionAsync(master.getUri().getHost(), master.getUri().getPort())
                .thenApply(StatefulRedisConnection::async);
    }

    private static String named(RedisClusterNode master) {
        return master.getUri().getHost() + ':' + master.getUri().getPort();
    }
}
