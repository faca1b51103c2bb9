package io.channelbox.examples.typed;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A real socket, by the JDK's client. In what is sent and received {@code '} stands for a quotation mark. */
final class Peer implements WebSocket.Listener {

    private static final HttpClient client = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder parts = new StringBuilder();
    private @Nullable WebSocket socket;

    /** Connects; a refused handshake is an {@link java.util.concurrent.ExecutionException}. */
    static Peer connect(URI uri, String cookie) throws Exception {
        var peer = new Peer();
        WebSocket.Builder builder = client.newWebSocketBuilder();
        if (!cookie.isEmpty()) {
            builder.header("Cookie", cookie);
        }
        peer.socket = builder.buildAsync(uri, peer).get(20, SECONDS);
        return peer;
    }

    void send(String frame) throws Exception {
        socket().sendText(frame.replace('\'', '"'), true).get(20, SECONDS);
    }

    /** Receives this many frames and returns them with {@code NOW} for the times, all of which have microseconds and an offset. */
    List<String> receive(int frames) throws Exception {
        List<String> timeless = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            String frame = received.poll(20, SECONDS);
            timeless.add(Objects.requireNonNull(frame, () -> "nothing came after " + timeless)
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00", "NOW")
                    .replace('"', '\''));
        }
        return timeless;
    }

    int closeCode() throws Exception {
        return closed.get(20, SECONDS);
    }

    void close() throws Exception {
        socket().sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, SECONDS);
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
