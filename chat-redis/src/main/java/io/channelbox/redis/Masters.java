package io.channelbox.redis;

import io.channelbox.cluster.PartlyUnreachableException;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.message.StoreException;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

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
        of(key).ifPresent(master -> away.put(master.getNodeId(), String.valueOf(why.getMessage())));
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
        connection.getPartitions().stream()
                .filter(node -> node.getRole().isUpstream() && !node.hasNoSlots())
                .forEach(master -> answers.put(master, info(master)));
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

    private CompletionStage<String> info(RedisClusterNode master) {
        return connection
                .getConnectionAsync(master.getUri().getHost(), master.getUri().getPort())
                .thenCompose(node -> node.async().clusterInfo());
    }

    private static String named(RedisClusterNode master) {
        return master.getUri().getHost() + ':' + master.getUri().getPort();
    }
}
