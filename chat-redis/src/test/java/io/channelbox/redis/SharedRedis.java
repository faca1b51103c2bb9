package io.channelbox.redis;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import redis.embedded.RedisServer;

/** One Redis for all tests of this JVM; each test has a prefix of its own. */
final class SharedRedis {

    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static final RedisServer SERVER = start(freePort());

    private SharedRedis() {}

    static RedisURI uri() {
        return uri(SERVER.ports().get(0));
    }

    static RedisURI uri(int port) {
        return RedisURI.create("redis://127.0.0.1:" + port);
    }

    /** Returns options for keys that no other test has. */
    static LinkOptions options() {
        return LinkOptions.of(uri(), newPrefix());
    }

    static String newPrefix() {
        return "test-" + PREFIXES.incrementAndGet();
    }

    /** Starts a Redis that ends with this JVM. */
    static RedisServer start(int port, String... settings) {
        var builder = RedisServer.builder()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .setting("enable-debug-command yes");
        for (String setting : settings) {
            builder.setting(setting);
        }
        RedisServer server = builder.build();
        server.start();
        return server;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
