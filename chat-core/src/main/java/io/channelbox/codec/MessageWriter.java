package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Writes messages in a style, and everything else as plain JSON. */
final class MessageWriter {

    private final String format;
    private final JsonStyle style;
    private final ObjectMapper mapper;
    private final ObjectWriter writer;

    // The names of classes that were looked at; empty for what is no message.
    private final Map<Class<?>, Optional<String>> names = new ConcurrentHashMap<>();

    MessageWriter(String format, JsonStyle style, ObjectMapper mapper) {
        this.format = format;
        this.style = style;
        this.mapper = mapper;
        this.writer = mapper.writer();
    }

    Frame write(Object object) {
        if (object instanceof Payload made && made.format().equals(format)) {
            return made.frame();
        }
        Optional<String> name = nameOf(object.getClass());
        Object outgoing = name.isPresent() && style.payloadField().isPresent()
                ? new OutgoingPayload(
                        style.discriminator(), name.get(), style.payloadField().get(), object)
                : object;
        try {
            return Frame.utf8(writer.writeValueAsBytes(outgoing));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Jackson cannot write " + object.getClass().getName() + " as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Optional<String> nameOf(Class<?> type) {
        Optional<String> known = names.get(type);
        return known != null ? known : names.computeIfAbsent(type, this::checkedNameOf);
    }

    private Optional<String> checkedNameOf(Class<?> type) {
        Optional<String> name = MessageTypes.nameOf(type);
        if (name.isPresent()) {
            MessageFields.requireDistinct(type, style, mapper);
        }
        return name;
    }
}
