package io.channelbox.containers;

import io.channelbox.channel.CloseStatus;
import io.channelbox.message.Frame;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The client of the JDK. */
final class JdkClient implements Client {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final WebSocket webSocket;
    private final Received received;

    private JdkClient(WebSocket webSocket, Received received) {
        this.webSocket = webSocket;
        this.received = received;
    }

    static Client connect(URI uri, Map<String, String> headers, List<String> subprotocols) throws Exception {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.get(0),
                    subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
        var received = new Received();
        WebSocket webSocket = builder.buildAsync(uri, new Listener(received)).get(SECONDS, TimeUnit.SECONDS);
        return new JdkClient(webSocket, received);
    }

    @Override
    public void send(String text) {
        webSocket.sendText(text, true).join();
    }

    @Override
    public void send(byte[] bytes) {
        webSocket.sendBinary(ByteBuffer.wrap(bytes), true).join();
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
        return webSocket.getSubprotocol();
    }

    @Override
    public void close(CloseStatus status) {
        webSocket.sendClose(status.code(), status.reason()).join();
    }

    @Override
    public void close() {
        webSocket.abort();
    }

    private static final class Listener implements WebSocket.Listener {

        private final Received received;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Listener(Received received) {
            this.received = received;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(Frame.text(text.toString()));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            var part = new byte[data.remaining()];
            data.get(part);
            bytes.writeBytes(part);
            if (last) {
                received.add(Frame.binary(bytes.toByteArray()));
                bytes.reset();
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            received.end(new CloseStatus(statusCode, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            received.end(CloseStatus.ABNORMAL.because(String.valueOf(error)));
        }
    }
}
