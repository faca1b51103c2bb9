package io.channelbox.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.codec.JsonStyle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How the frames of a {@link TopicClient} look on the wire. */
final class TopicFrames {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ObjectMapper json = new ObjectMapper();
    private final JsonStyle style;

    /** A frame of the server; {@code ref} is there in an answer, {@code seq} in what is kept. */
    record Heard(
            Optional<String> topic, Optional<String> ref, String type, Map<String, Object> payload, OptionalLong seq) {}

    TopicFrames(JsonStyle style) {
        this.style = style;
    }

    String write(String topic, String ref, String type, Map<String, Object> payload, Optional<String> key) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("topic", topic);
        frame.put("ref", ref);
        key.ifPresent(own -> frame.put("idempotency_key", own));
        frame.put(style.discriminator(), type);
        if (style.payloadField().isEmpty()) {
            frame.putAll(payload);
        } else if (!payload.isEmpty()) {
            frame.put(style.payloadField().get(), payload);
        }
        try {
            return json.writeValueAsString(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this cannot be written as JSON: " + payload, e);
        }
    }

    Heard read(String text) {
        Map<String, Object> frame;
        try {
            frame = json.readValue(text, OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server sent what is no JSON object: " + text, e);
        }
        return new Heard(
                textIn(frame, "topic"),
                textIn(frame, "ref"),
                String.valueOf(frame.get(style.discriminator())),
                payloadOf(frame),
                frame.get("seq") instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty());
    }

    private static Optional<String> textIn(Map<String, Object> frame, String field) {
        return Optional.ofNullable(frame.get(field)).map(String::valueOf);
    }

    @SuppressWarnings("unchecked") // the keys of JSON objects are texts
    private Map<String, Object> payloadOf(Map<String, Object> frame) {
        Object payload = style.payloadField().<Object>map(frame::get).orElse(frame);
        return payload instanceof Map<?, ?> object ? (Map<String, Object>) object : Map.of();
    }
}
