package io.channelbox.examples.typed;

import io.channelbox.examples.support.TextSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real socket. In what is sent and received {@code '} stands for a quotation mark. */
final class Peer {

    private final TextSocket socket;

    private Peer(TextSocket socket) {
        this.socket = socket;
    }

    /** Connects; a refused handshake is an {@link java.util.concurrent.ExecutionException}. */
    static Peer connect(URI uri, String cookie) throws Exception {
        return new Peer(TextSocket.connect(uri, cookie.isEmpty() ? Map.of() : Map.of("Cookie", cookie)));
    }

    void send(String frame) throws Exception {
        socket.send(frame.replace('\'', '"'));
    }

    /** Receives this many frames and returns them with {@code NOW} for the times, all of which have microseconds and an offset. */
    List<String> receive(int frames) throws Exception {
        List<String> timeless = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            timeless.add(socket.receive()
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00", "NOW")
                    .replace('"', '\''));
        }
        return timeless;
    }

    int closeCode() throws Exception {
        return socket.closeCode();
    }

    void close() throws Exception {
        socket.close();
    }
}
