package io.channelbox.examples.room;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection to the page's socket that may be lost at any moment, which is an {@link IOException} whatever is tried then. */
final class Line implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOST = "";

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();
    private @Nullable WebSocket socket;

    static Line to(int port, String user) throws Exception {
        var line = new Line();
        try {
            line.socket = CLIENT.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + port + "/ws/topics?user=" + user), line)
                    .get(30, SECONDS);
            return line;
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    void send(String frame) throws Exception {
        try {
            Objects.requireNonNull(socket)
                    .sendText(frame.replace('\'', '"'), true)
                    .get(30, SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    JsonNode receive() throws IOException, InterruptedException {
        String frame = Objects.requireNonNull(received.poll(60, SECONDS), "nothing came");
        if (frame.equals(LOST)) {
            throw new IOException("the connection was lost");
        }
        return JSON.readTree(frame);
    }

    /** Receives up to the answer; the others before it are taken by somebody else. */
    JsonNode answerTo(String ref, Consumer<JsonNode> others) throws IOException, InterruptedException {
        JsonNode frame = receive();
        while (!frame.path("ref").asText().equals(ref)) {
            others.accept(frame);
            frame = receive();
        }
        if (frame.get("type").asText().equals("error")) {
            throw new IOException(frame.toString()); // while it stops
        }
        return frame;
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
        received.add(LOST);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        received.add(LOST);
    }

    @Override
    public void close() {
        Objects.requireNonNull(socket).abort();
    }
}
