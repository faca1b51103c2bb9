package io.channelbox.examples.lobby;

import io.channelbox.examples.support.TextSocket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Somebody with a real socket. */
final class Visitor {

    private final TextSocket socket;

    private Visitor(TextSocket socket) {
        this.socket = socket;
    }

    /** Connects; a refused handshake fails the future with a {@link java.net.http.WebSocketHandshakeException}. */
    static CompletableFuture<Visitor> connecting(int port, String name) {
        return TextSocket.connecting(at(port, name), Map.of()).thenApply(Visitor::new);
    }

    static Visitor enter(int port, String name) throws Exception {
        return new Visitor(TextSocket.connect(at(port, name), Map.of()));
    }

    private static URI at(int port, String name) {
        return URI.create("ws://localhost:" + port + "/ws/" + name);
    }

    void say(String text) throws Exception {
        socket.send(text);
    }

    String hear() throws Exception {
        return socket.receive();
    }

    int closeCode() throws Exception {
        return socket.closeCode();
    }

    /** Tells whether something was heard before the connection was closed. */
    boolean isWelcome() throws Exception {
        return socket.isAnswered();
    }

    void leave() throws Exception {
        socket.close();
    }
}
