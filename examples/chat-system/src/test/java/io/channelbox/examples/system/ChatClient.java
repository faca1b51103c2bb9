package io.channelbox.examples.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A user of the program, over HTTP and sockets. */
final class ChatClient {

    /** What was answered. */
    record Answer(int status, JsonNode body, HttpHeaders headers) {

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** Two answers are the same to who reads them. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Answer answer && status == answer.status && body.equals(answer.body);
        }

        @Override
        public int hashCode() {
            return Objects.hash(status, body);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final String token;

    private ChatClient(int port, String token) {
        this.port = port;
        this.token = token;
    }

    static ChatClient withToken(int port, String token) {
        return new ChatClient(port, token);
    }

    /** Returns a user of the demo, logged in. */
    static ChatClient login(int port, String name) throws IOException, InterruptedException {
        Answer answer = tryLogin(port, name, name);
        return new ChatClient(port, answer.body().path("access_token").asText());
    }

    static Answer tryLogin(int port, String name, String password) throws IOException, InterruptedException {
        return new ChatClient(port, "")
                .call("POST", "/login", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    String token() {
        return token;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", "/api/v1/chat" + path, null);
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return call("POST", "/api/v1/chat" + path, body);
    }

    Answer put(String path, String body) throws IOException, InterruptedException {
        return call("PUT", "/api/v1/chat" + path, body);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return call("DELETE", "/api/v1/chat" + path, null);
    }

    private Answer call(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()), response.headers());
    }

    /** Returns what operators are told. */
    JsonNode health() throws IOException, InterruptedException {
        return call("GET", "/actuator/health", null).body();
    }

    /** Returns what is answered where no JSON is. */
    int status(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/chat" + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** Returns a socket that listens to a conversation. */
    Listening listen(long conversation) {
        return open("ws/" + conversation);
    }

    /** Returns a socket that is subscribed to a topic, as those of the page are. */
    Listening subscribe(String topic) throws InterruptedException, JsonProcessingException {
        Listening listening = open("topics");
        listening.send("{\"topic\":\"%s\",\"ref\":\"1\",\"type\":\"subscribe\"}".formatted(topic));
        listening.nextOf("subscribed");
        return listening;
    }

    private Listening open(String path) {
        var listening = new Listening();
        URI address = URI.create("ws://localhost:%d/api/v1/chat/%s?token=%s".formatted(port, path, token));
        listening.socket =
                HTTP.newWebSocketBuilder().buildAsync(address, listening).join();
        return listening;
    }

    /** A socket, and what came. */
    static final class Listening implements WebSocket.Listener, AutoCloseable {

        private final LinkedBlockingQueue<String> come = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private @Nullable WebSocket socket;

        /** Returns the next frame that does not tell who is online; waits for it. */
        JsonNode next() throws InterruptedException, JsonProcessingException {
            JsonNode frame = nextOfAny();
            while (frame.path("type").asText().equals("presence")) {
                frame = nextOfAny();
            }
            return frame;
        }

        /** Returns the next frame of this type; waits for it. */
        JsonNode nextOf(String type) throws InterruptedException, JsonProcessingException {
            JsonNode frame = nextOfAny();
            while (!frame.path("type").asText().equals(type)) {
                frame = nextOfAny();
            }
            return frame;
        }

        /** Returns the next frame that tells that somebody is so; waits for it. */
        JsonNode nextPresence(String user, String status) throws InterruptedException, JsonProcessingException {
            JsonNode presence = nextOfAny().path("presence");
            while (!presence.path("user_id").asText().equals(user)
                    || !presence.path("status").asText().equals(status)) {
                presence = nextOfAny().path("presence");
            }
            return presence;
        }

        private JsonNode nextOfAny() throws InterruptedException, JsonProcessingException {
            String text = come.poll(20, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing came");
            }
            return JSON.readTree(text);
        }

        void send(String text) {
            if (socket != null) {
                socket.sendText(text, true).join();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                come.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            come.add("{\"closed\":" + code + "}");
            return null;
        }

        @Override
        public void close() {
            if (socket != null) {
                socket.abort();
            }
        }
    }
}
