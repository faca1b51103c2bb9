package io.channelbox.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.codec.JsonStyle;
import io.channelbox.message.StreamPosition;
import io.channelbox.testkit.TopicClient.Lost;
import io.channelbox.testkit.TopicClient.NotPublished;
import java.time.Duration;
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

    private Map<String, Object> payloadOf(Map<String, Object> frame) {
        Object payload = style.payloadField().<Object>map(frame::get).orElse(frame);
        return payload instanceof Map<?, ?> object ? object(object) : Map.of();
    }

    static boolean isTemporary(Map<String, Object> error) {
        return "rate_limited".equals(error.get("reason")) || "unavailable".equals(error.get("reason"));
    }

    /**
     * At least what the server asked for; spread, so that not all who were told the same come back in the same moment.
     *
     * @param random from 0 up to 1
     */
    static Duration waitIn(Map<String, Object> error, double random) {
        Object wait = error.getOrDefault("retryAfterMillis", error.get("retry_after_millis"));
        long least = wait instanceof Number millis ? millis.longValue() : 1_000;
        return Duration.ofMillis(Math.round(least * (1 + random)));
    }

    static NotPublished refusalIn(Map<String, Object> error) {
        return new NotPublished(String.valueOf(error.get("reason")), String.valueOf(error.get("detail")));
    }

    static Lost lostIn(Map<String, Object> payload) {
        return new Lost(positionIn(payload, "from"), positionIn(payload, "to"), String.valueOf(payload.get("cause")));
    }

    static Optional<StreamPosition> positionIn(Map<String, Object> payload, String field) {
        return payload.get(field) instanceof Map<?, ?> at && at.get("offset") instanceof Number offset
                ? Optional.of(new StreamPosition(String.valueOf(at.get("epoch")), offset.longValue()))
                : Optional.empty();
    }

    @SuppressWarnings("unchecked") // the keys of JSON objects are texts
    static Map<String, Object> object(Map<?, ?> json) {
        return (Map<String, Object>) json;
    }
}
