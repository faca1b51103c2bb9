package io.channelbox.redis;

import io.channelbox.cluster.PartlyUnreachableException;
import io.channelbox.cluster.UnreachableException;
import io.channelbox.message.StoreException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The way to one Redis for commands and scripts. Safe for use by several threads, whose calls are on their way together. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for threads to end
final class RedisLink implements AutoCloseable {

    // Also after a long absence: others wait for whoever is back.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final LinkOptions options;
    private final Keys keys;
    private final ClientResources resources;
    private final Connector connector;
    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final Optional<Masters> masters; // of a cluster
    private final Foreign foreign = new Foreign();
    private volatile boolean closed;

    private RedisLink(LinkOptions options, ClientResources resources) {
        this.options = options;
        this.keys = options.keys();
        this.resources = resources;
        this.connector = new Connector(options, resources, true);
        Connector.Commands connected = connector.connect();
        this.commands = connected.async();
        this.masters = connected.connection() instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster
                ? Optional.of(new Masters(cluster))
                : Optional.empty();
    }

    /**
     * Connects.
     *
     * @throws StoreException when Redis cannot be reached, or refuses
     */
    static RedisLink connect(LinkOptions options) {
        options.completeUris();
        ClientResources resources = DefaultClientResources.builder()
                .reconnectDelay(Delay.fullJitter(Duration.ZERO, LONGEST_PAUSE, 50, TimeUnit.MILLISECONDS))
                .build();
        try {
            return new RedisLink(options, resources);
        } catch (RuntimeException e) {
            var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
            throw options.asksSentinels()
                    ? Failures.ofSentinel(options.where(), e)
                    : Failures.of("Connecting with " + options.where(), e);
        }
    }

    Keys keys() {
        return keys;
    }

    LinkOptions options() {
        return options;
    }

    /** Returns where what is none of ours is counted. */
    Foreign foreign() {
        return foreign;
    }

    ClientResources resources() {
        return resources;
    }

    /**
     * Returns the commands themselves, for one Redis and a cluster alike.
     *
     * @throws StoreException when this is closed
     */
    RedisClusterAsyncCommands<byte[], byte[]> commands() {
        requireOpen();
        return commands;
    }

    /**
     * Returns the commands, to ask for a key.
     *
     * @throws StoreException when this is closed, or the master that the key is on does not answer
     */
    RedisClusterAsyncCommands<byte[], byte[]> commandsFor(byte[] key) {
        Optional<PartlyUnreachableException> refusal = masters.flatMap(all -> all.refusal(key));
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return commands();
    }

    /**
     * Publishes to whoever listens, wherever; in a cluster through any master that answers.
     *
     * @throws StoreException when this is closed, or no master answers
     */
    CompletionStage<Long> publish(byte[] channel, byte[] message) {
        requireOpen();
        return masters.map(all -> all.publish(channel, message)).orElseGet(() -> commands.publish(channel, message));
    }

    /** Tries the way there and back; to each master of a cluster. */
    void ping() {
        masters.ifPresentOrElse(
                all -> all.ping(this),
                () -> await("Asking whether Redis is there", commands().ping()));
    }

    /**
     * Refuses whoever comes too late.
     *
     * @throws StoreException when this is closed
     */
    void requireOpen() {
        if (closed) {
            throw new StoreException("This RedisChat was closed, with its box or by itself: connect a new one");
        }
    }

    /**
     * Runs a script. All keys must lie in one slot.
     *
     * @return its answer: numbers are {@code Long}, texts are {@code byte[]}, tables are lists, false is null; completed on a thread of the
     *     connection, which must not be blocked
     */
    CompletionStage<List<Object>> run(Script script, List<byte[]> scriptKeys, List<byte[]> args) {
        byte[][] k = scriptKeys.toArray(byte[][]::new);
        byte[][] a = args.toArray(byte[][]::new);
        CompletionStage<List<Object>> first = commandsFor(k[0]).evalsha(script.digest(), ScriptOutputType.MULTI, k, a);
        return first.handle((answer, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    if (Failures.unwrapped(failure) instanceof RedisNoScriptException) {
                        return commands().<List<Object>>eval(script.text(), ScriptOutputType.MULTI, k, a);
                    }
                    return CompletableFuture.<List<Object>>failedFuture(failure);
                })
                .thenCompose(Function.identity())
                .whenComplete((answer, failure) -> {
                    if (failure != null && failure("Running a script", failure) instanceof UnreachableException e) {
                        masters.ifPresent(all -> all.failed(k[0], e));
                    }
                });
    }

    /** Returns the exception for a caller whose command failed: of a cluster, others may still answer. */
    StoreException failure(String what, Throwable failure) {
        StoreException told = Failures.of(what, failure);
        boolean asItIs = masters.isEmpty() || told instanceof PartlyUnreachableException;
        return !asItIs && told instanceof UnreachableException
                ? new PartlyUnreachableException(String.valueOf(told.getMessage()), told)
                : told;
    }

    /**
     * Runs a script and waits for its answer.
     *
     * @throws StoreException when Redis cannot be reached, or refuses
     */
    List<Object> call(String what, Script script, List<byte[]> scriptKeys, List<byte[]> args) {
        return await(what, run(script, scriptKeys, args));
    }

    /** Waits for an answer. Lettuce bounds the time of each command; twice of it is for one that is sent a second time, as a whole script. */
    <T> T await(String what, CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture()
                    .get(2 * options.commandTimeout().toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw failure(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(what + ": the thread was interrupted, and whether it is done is not known", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        connector.close().join();
        var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
