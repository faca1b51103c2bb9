package io.channelbox.examples.room;

import io.channelbox.examples.support.TextSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Somebody with a real socket. In what is sent {@code '} stands for a quotation mark. */
final class Peer {

    private final TextSocket socket;

    private Peer(TextSocket socket) {
        this.socket = socket;
    }

    /** Connects; a refused handshake is an {@link java.util.concurrent.ExecutionException}. */
    static Peer connect(int port, String pathAndQuery, Map<String, String> headers) throws Exception {
        return new Peer(TextSocket.connect(URI.create("ws://localhost:" + port + pathAndQuery), headers));
    }

    static Peer connect(int port, String pathAndQuery) throws Exception {
        return connect(port, pathAndQuery, Map.of());
    }

    void send(String frame) throws Exception {
        socket.send(frame.replace('\'', '"'));
    }

    String receive() throws Exception {
        return socket.receive();
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
        return socket.closeCode();
    }

    void close() throws Exception {
        socket.close();
    }
}
