package io.channelbox.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.EpollProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes connections to one Redis, whether it is one, is watched by Sentinels, or is a cluster. */
final class Connector {

    private static final Duration TOPOLOGY_PERIOD = Duration.ofSeconds(5);

    private final LinkOptions options;
    private final AbstractRedisClient client;

    /**
     * Makes a connector.
     *
     * @param reconnecting whether its connections come back by themselves
     */
    Connector(LinkOptions options, ClientResources resources, boolean reconnecting) {
        this.options = options;
        this.client = options.cluster()
                ? clusterClient(options, resources, reconnecting)
                : singleClient(options, resources, reconnecting);
    }

    /** Commands and the connection they go through. */
    record Commands(StatefulConnection<byte[], byte[]> connection, RedisClusterAsyncCommands<byte[], byte[]> async) {}

    private static RedisClient singleClient(LinkOptions options, ClientResources resources, boolean reconnecting) {
        var client = RedisClient.create(resources, options.uris().get(0));
        client.setOptions(
                configured(ClientOptions.builder(), options, reconnecting).build());
        return client;
    }

    private static RedisClusterClient clusterClient(
            LinkOptions options, ClientResources resources, boolean reconnecting) {
        var client = RedisClusterClient.create(resources, options.uris());
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        configured(builder, options, reconnecting);
        client.setOptions(builder.validateClusterNodeMembership(false)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                        .enablePeriodicRefresh(TOPOLOGY_PERIOD)
                        .build())
                .build());
        return client;
    }

    /** A command fails at once when there is no connection, and is never sent again: nobody would know how often it was done. */
    private static <B extends ClientOptions.Builder> B configured(
            B builder, LinkOptions options, boolean reconnecting) {
        builder.autoReconnect(reconnecting)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .timeoutOptions(TimeoutOptions.enabled(options.commandTimeout()))
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .sslOptions(options.certificates().options(options.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(options.connectTimeout())
                        .keepAlive(SocketOptions.KeepAliveOptions.builder()
                                .enable()
                                .idle(Duration.ofSeconds(5))
                                .interval(Duration.ofSeconds(2))
                                .count(3)
                                .build())
                        .tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                                .enable(EpollProvider.isAvailable()) // others have no such option
                                .tcpUserTimeout(Duration.ofSeconds(10))
                                .build())
                        .build());
        return builder;
    }

    /** Connects for commands. May block. Who is refused is told by Lettuce now and then only that the connection was closed; asked again, why. */
    Commands connect() {
        try {
            return connectOnce();
        } catch (RedisException e) {
            if (Failures.saysOnlyThatItWasClosed(e)) {
                return connectOnce();
            }
            throw e;
        }
    }

    private Commands connectOnce() {
        if (client instanceof RedisClusterClient cluster) {
            StatefulRedisClusterConnection<byte[], byte[]> connection = cluster.connect(ByteArrayCodec.INSTANCE);
            connectWithNodes(connection);
            return new Commands(connection, connection.async());
        }
        StatefulRedisConnection<byte[], byte[]> connection = ((RedisClient) client).connect(ByteArrayCodec.INSTANCE);
        return new Commands(connection, connection.async());
    }

    /** Or the first command for each would be refused, as there is no connection yet. */
    private static void connectWithNodes(StatefulRedisClusterConnection<byte[], byte[]> connection) {
        List<CompletableFuture<?>> connecting = new ArrayList<>();
        for (RedisClusterNode node : connection.getPartitions()) {
            connecting.add(connection.getConnectionAsync(
                    node.getUri().getHost(), node.getUri().getPort()));
        }
        CompletableFuture.allOf(connecting.toArray(CompletableFuture<?>[]::new))
                .exceptionally(failure -> null) // a node that is away now is not needed now
                .join();
    }

    /** Connects for what is published. */
    CompletionStage<? extends StatefulRedisPubSubConnection<byte[], byte[]>> connectPubSub() {
        if (client instanceof RedisClusterClient cluster) {
            return cluster.refreshPartitionsAsync()
                    .thenCompose(refreshed -> cluster.connectPubSubAsync(ByteArrayCodec.INSTANCE));
        }
        return ((RedisClient) client)
                .connectPubSubAsync(ByteArrayCodec.INSTANCE, options.uris().get(0));
    }

    CompletableFuture<Void> close() {
        return client.shutdownAsync();
    }
}
