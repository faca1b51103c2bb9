package io.channelbox.examples.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelbox.testkit.TestClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The page in one topic, as it writes and reads. */
final class TestPage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestClient client;
    private final String topic;

    private TestPage(TestClient client, String topic) {
        this.client = client;
        this.topic = topic;
    }

    static TestPage in(String topic, TestClient client) {
        return in(topic, client, "{}");
    }

    /** Subscribes with this payload. */
    static TestPage in(String topic, TestClient client, String how) {
        var page = new TestPage(client, topic);
        page.send("subscribe", how, "");
        return page;
    }

    /** Sends a message, and further fields of its envelope. */
    void send(String type, String payload, String envelope) {
        client.send(("{'topic':'" + topic + "'" + envelope + ",'type':'" + type + "','payload':" + payload + "}")
                .replace('\'', '"'));
    }

    void send(String type, String payload) {
        send(type, payload, "");
    }

    /** Takes what came, and returns the payloads of these types, each behind its type. */
    List<String> told(String... types) {
        List<String> wanted = List.of(types);
        List<String> told = new ArrayList<>();
        for (String frame : client.receiveAll()) {
            JsonNode read = read(frame);
            if (wanted.contains(read.get("type").asText())) {
                told.add(read.get("type").asText() + " " + timeless(read.get("payload")));
            }
        }
        return told;
    }

    private static String timeless(JsonNode payload) {
        if (payload instanceof ObjectNode fields) {
            fields.remove("timestamp");
        }
        return payload.toString().replace("\"", "'");
    }

    private static JsonNode read(String frame) {
        try {
            return JSON.readTree(frame);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    void breakOff() {
        client.breakOff();
    }
}
