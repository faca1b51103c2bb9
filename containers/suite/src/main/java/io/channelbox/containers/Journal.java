package io.channelbox.containers;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What became of the connections that named themselves with {@code ?id=}. */
final class Journal {

    private final ConcurrentHashMap<String, CompletableFuture<Channel>> opened = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CompletableFuture<CloseStatus>> ended = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CompletableFuture<String>> begun = new ConcurrentHashMap<>();

    void opened(Channel channel) {
        channel.handshake().query("id").ifPresent(id -> in(opened, id).complete(channel));
    }

    /** Notes the end; a second one would fail the test that asks. */
    void ended(Channel channel, CloseStatus status) {
        channel.handshake().query("id").ifPresent(id -> {
            CompletableFuture<CloseStatus> end = in(ended, id);
            if (!end.complete(status)) {
                end.obtrudeException(new AssertionError("onDisconnect ran twice for " + id));
            }
        });
    }

    /** Lets the consumer of this id begin. */
    void begin(String id) {
        in(begun, id).complete(id);
    }

    /** Waits until the consumer of this channel may begin. */
    void awaitBegin(Channel channel) {
        String id = channel.handshake().query("id").orElse("");
        in(waiting, id).complete(id);
        in(begun, id).join();
    }

    /** Waits until the consumer of this id waits. */
    void awaitWaiting(String id) throws Exception {
        in(waiting, id).get(Client.SECONDS, TimeUnit.SECONDS);
    }

    Channel open(String id) throws Exception {
        return in(opened, id).get(Client.SECONDS, TimeUnit.SECONDS);
    }

    CloseStatus end(String id) throws Exception {
        return in(ended, id).get(Client.SECONDS, TimeUnit.SECONDS);
    }

    private static <V> CompletableFuture<V> in(ConcurrentHashMap<String, CompletableFuture<V>> futures, String id) {
        return futures.computeIfAbsent(id, absent -> new CompletableFuture<>());
    }
}
