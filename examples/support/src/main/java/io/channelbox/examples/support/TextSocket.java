package io.channelbox.examples.support;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A real socket for texts, by the JDK's client. It waits for what it is asked for, but not for ever. */
public final class TextSocket {

    private static final int PATIENCE = 20; // seconds, for anything

    private static final HttpClient client = HttpClient.newHttpClient();

    private final WebSocket socket;
    private final Ear ear;

    private TextSocket(WebSocket socket, Ear ear) {
        this.socket = socket;
        this.ear = ear;
    }

    /** Connects; a refused handshake fails the future with a {@link java.net.http.WebSocketHandshakeException}. */
    public static CompletableFuture<TextSocket> connecting(URI uri, Map<String, String> headers) {
        var ear = new Ear();
        WebSocket.Builder builder = client.newWebSocketBuilder();
        headers.forEach(builder::header);
        return builder.buildAsync(uri, ear).thenApply(socket -> new TextSocket(socket, ear));
    }

    /** Connects; a refused handshake is an {@link java.util.concurrent.ExecutionException}. */
    public static TextSocket connect(URI uri, Map<String, String> headers) throws Exception {
        return connecting(uri, headers).get(PATIENCE, SECONDS);
    }

    /** Sends a text. */
    public void send(String text) throws Exception {
        socket.sendText(text, true).get(PATIENCE, SECONDS);
    }

    /** Waits for the next text, put together if it came in parts. */
    public String receive() throws Exception {
        return Objects.requireNonNull(ear.received.poll(PATIENCE, SECONDS), "nothing came");
    }

    /** Waits for the first text or the close, and tells whether it was a text. */
    public boolean isAnswered() throws Exception {
        return ear.answered.get(PATIENCE, SECONDS);
    }

    /** Waits until the connection is closed, and tells with which code. */
    public int closeCode() throws Exception {
        return ear.closed.get(PATIENCE, SECONDS);
    }

    /** Closes the connection with 1000. */
    public void close() throws Exception {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE, SECONDS);
    }

    private static final class Ear implements WebSocket.Listener {

        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Boolean> answered = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                received.add(parts.toString());
                answered.complete(true);
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            answered.complete(false);
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            answered.completeExceptionally(error);
            closed.completeExceptionally(error);
        }
    }
}
