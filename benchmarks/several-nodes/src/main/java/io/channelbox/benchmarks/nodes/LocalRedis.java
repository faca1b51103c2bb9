package io.channelbox.benchmarks.nodes;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import redis.embedded.RedisServer;

/** A Redis that keeps nothing on disk, and what it tells of itself. */
final class LocalRedis implements AutoCloseable {

    private final RedisServer server;
    private final String uri;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final long process;

    private LocalRedis(RedisServer server, int port) {
        this.server = server;
        this.uri = "redis://127.0.0.1:" + port;
        this.client = RedisClient.create(uri);
        this.connection = client.connect();
        this.process = Long.parseLong(info("process_id"));
    }

    static LocalRedis start() {
        int port = freePort();
        RedisServer server = RedisServer.builder()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .build();
        server.start();
        return new LocalRedis(server, port);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uri() {
        return uri;
    }

    RedisCommands<String, String> commands() {
        return connection.sync();
    }

    /** Commands whose answers are not waited for one by one. */
    RedisAsyncCommands<String, String> together() {
        return connection.async();
    }

    String info(String field) {
        return commands()
                .info()
                .lines()
                .filter(line -> line.startsWith(field + ':'))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    long memory() {
        return Long.parseLong(info("used_memory"));
    }

    Duration cpu() {
        return Machine.cpuOf(process);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
        server.stop();
    }
}
