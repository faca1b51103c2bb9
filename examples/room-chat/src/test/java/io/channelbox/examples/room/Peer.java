package io.channelbox.examples.room;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Somebody with a real socket, by the JDK's client. */
final class Peer implements WebSocket.Listener {

    private static final HttpClient client = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder parts = new StringBuilder();
    private @Nullable WebSocket socket;

    /** Connects; a refused handshake is an {@link java.util.concurrent.ExecutionException}. */
    static Peer connect(int port, String pathAndQuery, Map<String, String> headers) throws Exception {
        var peer = new Peer();
        WebSocket.Builder builder = client.newWebSocketBuilder();
        headers.forEach(builder::header);
        peer.socket = builder.buildAsync(URI.create("ws://localhost:" + port + pathAndQuery), peer)
                .get(10, SECONDS);
        return peer;
    }

    static Peer connect(int port, String pathAndQuery) throws Exception {
        return connect(port, pathAndQuery, Map.of());
    }

    void send(String frame) throws Exception {
        socket().sendText(frame.replace('\'', '"'), true).get(10, SECONDS);
    }

    String receive() throws Exception {
        return Objects.requireNonNull(received.poll(10, SECONDS), "nothing came");
    }

    /** Receives this many frames and returns them without their times, which differ. */
    List<String> receive(int frames) throws Exception {
        List<String> timeless = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            timeless.add(receive()
                    .replaceAll(",\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\"", "")
                    .replace('"', '\''));
        }
        return timeless;
    }

    int closeCode() throws Exception {
        return closed.get(10, SECONDS);
    }

    void close() throws Exception {
        socket().sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, SECONDS);
    }

    private WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        parts.append(part);
        if (last) {
            received.add(parts.toString());
            parts.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
