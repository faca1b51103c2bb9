package io.channelbox.codec;

import com.fasterxml.jackson.databind.JavaType;
import io.channelbox.codec.JsonSchemas.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The schemas of whole frames: a message in its style, with its envelope. */
final class MessageSchema {

    private final TypeSchemas types;
    private final JsonStyle style;
    private final Way way;

    MessageSchema(TypeSchemas types, JsonStyle style, Way way) {
        this.types = types;
        this.style = style;
        this.way = way;
    }

    Map<String, Object> of(JavaType type) {
        Optional<String> name = MessageTypes.nameOf(type.getRawClass());
        Optional<RecordShape> shape = types.shapeOf(type);
        if (name.isPresent() && style.payloadField().isPresent()) {
            return surrounded(inField(style.payloadField().get(), name.get(), type, shape));
        }
        if (shape.isPresent() && !shape.get().scalar()) {
            return surrounded(types.object(shape.get(), name));
        }
        return types.of(type);
    }

    private Map<String, Object> inField(String payloadField, String name, JavaType type, Optional<RecordShape> shape) {
        Map<String, Object> payload =
                shape.filter(its -> !its.scalar()).map(this::payload).orElseGet(() -> types.of(type));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(style.discriminator(), TypeSchemas.constant(name));
        properties.put(payloadField, payload);
        List<Object> required = new ArrayList<>(List.of(style.discriminator()));
        if (!way.isIn()
                || payload.containsKey("required")
                || shape.isEmpty()
                || shape.get().scalar()) {
            required.add(payloadField);
        }
        return types.filled(TypeSchemas.typed("object"), properties, required);
    }

    /** A record without components is written as null, and read from that and from nothing. */
    private Map<String, Object> payload(RecordShape shape) {
        return shape.fields().isEmpty() ? TypeSchemas.typed("null") : types.object(shape, Optional.empty());
    }

    private Map<String, Object> surrounded(Map<String, Object> object) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (object.get("properties") instanceof Map<?, ?> own) {
            own.forEach((field, schema) -> properties.put((String) field, Objects.requireNonNull(schema)));
        }
        envelope().forEach(properties::putIfAbsent);
        List<Object> required = new ArrayList<>();
        if (object.get("required") instanceof List<?> own) {
            required.addAll(own);
        }
        if (way == Way.IN_TOPIC) {
            required.add(FrameFields.TOPIC);
        }
        return types.filled(object, properties, required);
    }

    private Map<String, Object> envelope() {
        Map<String, Object> fields = new LinkedHashMap<>();
        switch (way) {
            case IN -> fields.putAll(own());
            case IN_TOPIC -> {
                fields.put(FrameFields.TOPIC, topic("The topic this is for."));
                fields.putAll(own());
            }
            case OUT -> {
                fields.put(FrameFields.REF, ref("The word of the message that this answers."));
                fields.putAll(marks());
            }
            case OUT_TOPIC -> {
                fields.put(FrameFields.VERSION, described("integer", "The version of this envelope."));
                fields.put(FrameFields.TOPIC, topic("The topic this was said in."));
                fields.put(FrameFields.REF, ref("The word of the message that this answers."));
                fields.put(FrameFields.SEQ, described("integer", "Its number within the topic, if it is kept."));
                fields.putAll(marks());
            }
        }
        return fields;
    }

    private static Map<String, Object> own() {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put(FrameFields.REF, ref("A word of your own: what answers this message carries it."));
        own.put(
                FrameFields.IDEMPOTENCY_KEY,
                text(
                        1,
                        FrameFields.LONGEST_KEY,
                        "Your own id of this message: sent again with it, it is not said twice."));
        return own;
    }

    private Map<String, Object> marks() {
        Map<String, Object> marks = new LinkedHashMap<>();
        marks.put(EnvelopeWriter.mine(style.naming()), described("boolean", "Whether your user said it."));
        marks.put(
                EnvelopeWriter.current(style.naming()),
                described("boolean", "Whether it was said on this connection."));
        return marks;
    }

    private static Map<String, Object> ref(String description) {
        return text(1, FrameFields.LONGEST_REF, description);
    }

    private static Map<String, Object> topic(String description) {
        return text(0, FrameFields.LONGEST_TOPIC, description);
    }

    private static Map<String, Object> text(int shortest, int longest, String description) {
        Map<String, Object> text = TypeSchemas.typed("string");
        if (shortest > 0) {
            text.put("minLength", shortest);
        }
        text.put("maxLength", longest);
        return TypeSchemas.described(text, description);
    }

    private static Map<String, Object> described(String type, String description) {
        return TypeSchemas.described(TypeSchemas.typed(type), description);
    }
}
