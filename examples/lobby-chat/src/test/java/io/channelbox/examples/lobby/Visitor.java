package io.channelbox.examples.lobby;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Somebody with a real socket, by the JDK's client. */
final class Visitor implements WebSocket.Listener {

    private static final HttpClient client = HttpClient.newHttpClient();

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<Boolean> welcome = new CompletableFuture<>();
    private final StringBuilder parts = new StringBuilder();
    private @Nullable WebSocket socket;

    /** Connects; a refused handshake fails the future with a {@link java.net.http.WebSocketHandshakeException}. */
    static CompletableFuture<Visitor> connecting(int port, String name) {
        var visitor = new Visitor();
        return client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + "/ws/" + name), visitor)
                .thenApply(socket -> {
                    visitor.socket = socket;
                    return visitor;
                });
    }

    static Visitor enter(int port, String name) throws Exception {
        return connecting(port, name).get(10, SECONDS);
    }

    void say(String text) throws Exception {
        socket().sendText(text, true).get(10, SECONDS);
    }

    String hear() throws Exception {
        return Objects.requireNonNull(heard.poll(10, SECONDS), "nothing was heard");
    }

    int closeCode() throws Exception {
        return closed.get(10, SECONDS);
    }

    /** Tells whether something was heard before the connection was closed. */
    boolean isWelcome() throws Exception {
        return welcome.get(10, SECONDS);
    }

    void leave() throws Exception {
        socket().sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, SECONDS);
    }

    private WebSocket socket() {
        return Objects.requireNonNull(socket);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        parts.append(part);
        if (last) {
            heard.add(parts.toString());
            welcome.complete(true);
            parts.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        welcome.complete(false);
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        welcome.completeExceptionally(error);
        closed.completeExceptionally(error);
    }
}
