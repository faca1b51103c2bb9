package io.channelbox.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.netcrusher.core.reactor.NioReactor;

/** Nodes and the Redis that they share, each at the end of a line. What is done to them passes by itself; who is away already is left alone. */
final class ClusterUnderFaults implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final String REDIS = "redis";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService repairs = Executors.newScheduledThreadPool(4);
    private final RedisProcess redis;
    private final List<Line> toRedis = new ArrayList<>();
    private final List<ServerProcess> nodes = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<Void>> away = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> trouble = new CompletableFuture<>(); // what could not be mended

    ClusterUnderFaults(int size, Path folder, NioReactor reactor) throws IOException, InterruptedException {
        redis = RedisProcess.in(folder);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(this::endProcesses)); // who is paused cannot see that nobody reads along
        List<CompletableFuture<ServerProcess>> starting = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Line line = Line.to(reactor, redis.port());
            toRedis.add(line);
            Path log = folder.resolve("node" + i + ".log");
            starting.add(CompletableFuture.supplyAsync(() -> start(log, line), repairs));
        }
        starting.forEach(node -> nodes.add(node.join()));
    }

    private static ServerProcess start(Path log, Line toRedis) {
        try {
            return ServerProcess.of(
                    ChaosNode.class, log, RedisProcess.uri(toRedis.ports().get(0)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the ports of all nodes, beginning with this one. */
    int[] portsFrom(int first) {
        return IntStream.range(0, nodes.size())
                .map(i -> nodes.get((first + i) % nodes.size()).port())
                .toArray();
    }

    String redis() {
        return redis.uri();
    }

    /** Kills a node. Returns whether it was there. */
    boolean kill(int node, Duration pause) throws Exception {
        ServerProcess process = nodes.get(node);
        return breakFor(name(node), pause, process::kill, () -> startAgain(process));
    }

    private static void startAgain(ServerProcess process) throws IOException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        for (boolean started = false; !started; ) {
            try {
                process.restart();
                started = true;
            } catch (IOException e) { // Redis is away
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    boolean pause(int node, Duration time) throws Exception {
        ServerProcess process = nodes.get(node);
        return breakFor(name(node), time, process::pause, process::resume);
    }

    boolean killRedis(Duration pause) throws Exception {
        return breakFor(REDIS, pause, redis::kill, redis::restart);
    }

    boolean cutFromRedis(int node) {
        toRedis.get(node).cut();
        return true;
    }

    boolean freezeFromRedis(int node, Duration time) throws Exception {
        Line line = toRedis.get(node);
        return breakFor(name(node) + " to redis", time, line::freeze, line::thaw);
    }

    private static String name(int node) {
        return "node" + node;
    }

    private interface Step {
        void run() throws Exception;
    }

    private boolean breakFor(String what, Duration time, Step fault, Step repair) throws Exception {
        if (away.containsKey(what)) {
            return false;
        }
        fault.run();
        var back = new CompletableFuture<Void>();
        away.put(what, back);
        Callable<Void> mending = () -> {
            try {
                repair.run();
                away.remove(what);
                back.complete(null);
            } catch (Exception e) {
                trouble.completeExceptionally(e);
                back.completeExceptionally(e);
            }
            return null;
        };
        var unused = repairs.schedule(mending, time.toMillis(), TimeUnit.MILLISECONDS);
        return true;
    }

    /** Lets this time go by, unless something cannot be mended meanwhile. */
    void runFor(Duration time) throws InterruptedException, ExecutionException {
        try {
            trouble.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) { // as it should be
            return;
        }
    }

    /** Waits until all that was broken is whole. */
    void awaitWhole() {
        List.copyOf(away.values()).forEach(CompletableFuture::join);
    }

    /** Fails when a node has ended by itself. */
    void checkAlive() throws IOException, InterruptedException {
        for (ServerProcess node : nodes) {
            node.runFor(Duration.ZERO);
        }
    }

    /** Returns who is in a room, as each node says. */
    List<Set<String>> members(String room) {
        return nodes.stream().map(node -> members(node, room)).toList();
    }

    private Set<String> members(ServerProcess node, String room) {
        var uri = URI.create("http://127.0.0.1:" + node.port() + "/members?room=" + room);
        var answer = http.sendAsync(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString());
        return answer.thenApply(response -> Set.of(response.body().split(",")))
                .exceptionally(failure -> Set.of("nobody knows: " + failure))
                .join();
    }

    /** Lets all nodes end in order, and returns what they ended with. */
    List<Integer> drain() throws IOException, InterruptedException {
        List<Integer> ends = new ArrayList<>();
        for (ServerProcess node : nodes) {
            ends.add(node.drain());
        }
        return ends;
    }

    List<String> errors() throws IOException {
        List<String> errors = new ArrayList<>();
        for (ServerProcess node : nodes) {
            errors.addAll(node.errors());
        }
        return errors;
    }

    @Override
    public void close() {
        repairs.shutdownNow();
        endProcesses();
        toRedis.forEach(Line::close);
    }

    private void endProcesses() {
        nodes.forEach(ServerProcess::close);
        redis.close();
    }
}
