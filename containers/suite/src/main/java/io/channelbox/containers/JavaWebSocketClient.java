package io.channelbox.containers;

import io.channelbox.channel.CloseStatus;
import io.channelbox.message.Frame;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.IProtocol;
import org.java_websocket.protocols.Protocol;

/** The client of the library Java-WebSocket. */
final class JavaWebSocketClient implements Client {

    private final Received received = new Received();
    private final WebSocketClient webSocket;

    private JavaWebSocketClient(URI uri, Map<String, String> headers, List<String> subprotocols) {
        List<IProtocol> protocols = new ArrayList<>();
        subprotocols.forEach(name -> protocols.add(new Protocol(name)));
        if (protocols.isEmpty()) {
            protocols.add(new Protocol(""));
        }
        webSocket = new Socket(uri, new Draft_6455(List.of(), protocols), headers);
    }

    static Client connect(URI uri, Map<String, String> headers, List<String> subprotocols) throws Exception {
        var client = new JavaWebSocketClient(uri, headers, subprotocols);
        if (!client.webSocket.connectBlocking(SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("Not connected to " + uri);
        }
        return client;
    }

    @Override
    public void send(String text) {
        webSocket.send(text);
    }

    @Override
    public void send(byte[] bytes) {
        webSocket.send(bytes);
    }

    @Override
    public Frame next() throws Exception {
        return received.next();
    }

    @Override
    public CloseStatus closed() throws Exception {
        return received.closed();
    }

    @Override
    public String subprotocol() {
        IProtocol agreed = webSocket.getProtocol();
        return agreed == null ? "" : agreed.getProvidedProtocol();
    }

    @Override
    public void close(CloseStatus status) {
        webSocket.close(status.code(), status.reason());
    }

    @Override
    public void close() {
        webSocket.close();
    }

    private final class Socket extends WebSocketClient {

        Socket(URI uri, Draft_6455 draft, Map<String, String> headers) {
            super(uri, draft, headers, SECONDS * 1000);
            setConnectionLostTimeout(0);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String message) {
            received.add(Frame.text(message));
        }

        @Override
        public void onMessage(ByteBuffer message) {
            var bytes = new byte[message.remaining()];
            message.get(bytes);
            received.add(Frame.binary(bytes));
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            received.end(code < 1000 ? CloseStatus.ABNORMAL : new CloseStatus(code, reason));
        }

        @Override
        public void onError(Exception e) {
            // onClose follows
        }
    }
}
