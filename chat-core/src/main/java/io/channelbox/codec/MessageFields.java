package io.channelbox.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;

/** What the fields of a message may be called, where they stand beside those that surround it. */
final class MessageFields {

    private MessageFields() {}

    /**
     * Refuses a class of messages whose fields are called like what stands beside them.
     *
     * @throws IllegalArgumentException with both places and the cure
     */
    static void requireDistinct(Class<?> type, JsonStyle style, ObjectMapper mapper) {
        if (style.payloadField().isPresent()) {
            return;
        }
        if (ScalarRecordIntrospector.isScalar(type)) {
            throw new IllegalArgumentException(
                    type.getName() + " is one value by its @JsonValue and has no fields to stand beside '"
                            + style.discriminator() + "'. Give the style a payload field: payloadIn(\"payload\")");
        }
        List<String> taken = Stream.of(
                        style.discriminator(), FrameFields.REF, FrameFields.TOPIC, FrameFields.IDEMPOTENCY_KEY)
                .toList();
        RecordShape.of(mapper.constructType(type), mapper)
                .ifPresent(shape -> shape.fields().stream()
                        .filter(field -> taken.contains(field.name()))
                        .findFirst()
                        .ifPresent(field -> {
                            throw new IllegalArgumentException("The component '" + field.component() + "' of "
                                    + type.getName() + " is called '" + field.name()
                                    + "' in JSON, and so is "
                                    + (field.name().equals(style.discriminator())
                                            ? "the discriminator of " + style
                                            : "a field of the envelope")
                                    + ". Call it otherwise, with @JsonProperty, or give the style a payload field:"
                                    + " payloadIn(\"payload\")");
                        }));
    }
}
