package io.channelbox.redis;

import io.channelbox.cluster.Backplane.Listener;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.message.GroupName;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that hears what is published. When it is gone another one is made, and is told of only when all subscriptions hold on
 * it; there is never more than one, so that what arrives has one order.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there is answered where it is made, or nobody waits for it
final class Subscriptions {

    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
    private static final int BATCH = 512;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final RedisLink link;
    private final Connector connector;
    private final Hearing<StatefulRedisPubSubConnection<byte[], byte[]>> hearing;
    private final Arrivals arrivals;
    private final ByteBuffer toAll;

    // By channel.
    private final Map<ByteBuffer, GroupName> wanted = new ConcurrentHashMap<>();

    // Guarded by this.
    private Optional<Throwable> lastFailure = Optional.empty();
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    Subscriptions(RedisLink link, Listener listener) {
        this.link = link;
        this.connector = new Connector(link.options(), link.resources(), false);
        this.hearing = new Hearing<>(listener);
        this.arrivals = new Arrivals(listener, link.foreign());
        this.toAll = ByteBuffer.wrap(channelOfAll(link));
    }

    static byte[] channelOfAll(RedisLink link) {
        return link.keys().channel("all", "");
    }

    static byte[] channelOf(RedisLink link, GroupName group) {
        return link.keys().channel("group", group.value());
    }

    void start() {
        connect();
        awaitReady("Connecting for what is published");
    }

    void add(Collection<GroupName> groups) {
        List<ByteBuffer> channels = channelsOf(groups);
        int i = 0;
        for (GroupName group : groups) {
            wanted.put(channels.get(i++), group);
        }
        link.await(
                "Subscribing",
                bounded(hearing.ready(), link.options().commandTimeout())
                        .thenCompose(connection -> subscribe(connection, channels)));
    }

    void remove(Collection<GroupName> groups) {
        List<ByteBuffer> channels = channelsOf(groups);
        channels.forEach(wanted::remove);
        CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> open = hearing.ready();
        if (open.isDone()) { // or the next connection does not have them
            open.thenAccept(connection -> unsubscribe(connection, channels));
        }
    }

    private List<ByteBuffer> channelsOf(Collection<GroupName> groups) {
        return groups.stream()
                .map(group -> ByteBuffer.wrap(channelOf(link, group)))
                .toList();
    }

    /** Lets go of the connection, and returns when there is another one. */
    void renew() {
        StatefulRedisPubSubConnection<byte[], byte[]> old = hearing.current();
        if (old != null && hearing.lose(old, "it heard nothing any more")) {
            old.closeAsync().whenComplete((done, failure) -> connect());
        }
        awaitReady("Connecting anew for what is published");
    }

    private void awaitReady(String what) {
        try {
            link.await(what, bounded(hearing.ready(), timeToConnect()));
        } catch (UnreachableException e) {
            synchronized (this) {
                throw lastFailure.map(why -> link.failure(what, why)).orElse(e);
            }
        }
    }

    /** A connection begins with a few commands. */
    private Duration timeToConnect() {
        return link.options().connectTimeout().plus(link.options().commandTimeout());
    }

    private static <T> CompletableFuture<T> bounded(CompletableFuture<T> answer, Duration time) {
        return answer.copy().orTimeout(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void connect() {
        CompletionStage<? extends StatefulRedisPubSubConnection<byte[], byte[]>> connecting;
        try {
            connecting = connector.connectPubSub();
        } catch (RuntimeException e) {
            retry(e);
            return;
        }
        connecting.whenComplete((connection, failure) -> {
            if (failure == null) {
                adopt(connection);
            } else {
                retry(failure);
            }
        });
    }

    private void adopt(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        if (!hearing.begin(connection)) {
            connection.closeAsync();
            return;
        }
        connection.addListener(new Reader());
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
                if (hearing.lose(connection, "the connection with Redis broke")) {
                    connect();
                }
            }
        });
        subscribe(connection, List.of(toAll))
                .thenCompose(done -> restore(connection, new HashSet<>()))
                .whenComplete((done, failure) -> {
                    if (failure != null && hearing.lose(connection, String.valueOf(failure.getMessage()))) {
                        connection.closeAsync();
                        retry(failure);
                    }
                });
    }

    /** Subscribes to what is wanted, again and again until nothing new was wanted meanwhile. */
    private CompletionStage<Void> restore(
            StatefulRedisPubSubConnection<byte[], byte[]> connection, Set<ByteBuffer> restored) {
        List<ByteBuffer> missing = wanted.keySet().stream()
                .filter(channel -> !restored.contains(channel))
                .toList();
        if (!missing.isEmpty()) {
            restored.addAll(missing);
            return subscribe(connection, missing).thenCompose(done -> restore(connection, restored));
        }
        restored.removeAll(wanted.keySet()); // what is left is wanted no more
        unsubscribe(connection, new ArrayList<>(restored));
        synchronized (this) {
            pauseMillis = FIRST_PAUSE_MILLIS;
            lastFailure = Optional.empty();
        }
        hearing.holdsOn(connection);
        return CompletableFuture.completedFuture(null);
    }

    private static CompletionStage<Void> subscribe(
            StatefulRedisPubSubConnection<byte[], byte[]> connection, List<ByteBuffer> channels) {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (byte[][] batch : batches(channels)) {
            answers.add(connection.async().subscribe(batch).toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new));
    }

    private static void unsubscribe(
            StatefulRedisPubSubConnection<byte[], byte[]> connection, List<ByteBuffer> channels) {
        for (byte[][] batch : batches(channels)) {
            connection.async().unsubscribe(batch).exceptionally(failure -> {
                log.debug("Subscriptions could not be ended; the next connection does not have them", failure);
                return null;
            });
        }
    }

    private static List<byte[][]> batches(List<ByteBuffer> channels) {
        List<byte[][]> batches = new ArrayList<>();
        for (int i = 0; i < channels.size(); i += BATCH) {
            batches.add(channels.subList(i, Math.min(channels.size(), i + BATCH)).stream()
                    .map(ByteBuffer::array)
                    .toArray(byte[][]::new));
        }
        return batches;
    }

    private void retry(Throwable failure) {
        if (hearing.isClosed()) {
            return;
        }
        long pause;
        synchronized (this) {
            lastFailure = Optional.of(failure);
            pause = pauseMillis;
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
        }
        if (pause == FIRST_PAUSE_MILLIS) {
            log.warn(
                    "No connection for what is published, trying on: {}",
                    Failures.of("Connecting", failure).getMessage());
        }
        link.resources().eventExecutorGroup().schedule(this::connect, pause, TimeUnit.MILLISECONDS);
    }

    void close() {
        hearing.close();
        connector.close().join();
    }

    private final class Reader extends RedisPubSubAdapter<byte[], byte[]> {
        @Override
        public void message(byte[] channel, byte[] message) {
            var name = ByteBuffer.wrap(channel);
            GroupName group = wanted.get(name);
            if (group != null) {
                arrivals.take(group, message);
            } else if (name.equals(toAll)) {
                arrivals.take(message);
            }
        }
    }
}
