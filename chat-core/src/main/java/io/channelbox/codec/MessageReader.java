package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the messages of one type. */
final class MessageReader {

    private static final String NO_FIELDS = "{}";
    private static final String NULL = "null";

    private final JavaType type;
    private final JsonStyle style;
    private final boolean scalar;
    private final ObjectMapper mapper;
    private final ObjectReader reader;

    /**
     * Makes a reader.
     *
     * @throws IllegalArgumentException when such messages cannot be read in this style
     */
    MessageReader(Class<?> type, JsonStyle style, ObjectMapper mapper) {
        this.type = mapper.constructType(type);
        this.style = style;
        this.scalar = ScalarRecordIntrospector.isScalar(type);
        this.mapper = mapper;
        this.reader = mapper.readerFor(type);
        MessageFields.requireDistinct(type, style, mapper);
        requireReadable();
    }

    /** Reads what was found in a frame. */
    Object read(FrameFields fields) {
        String json = fields.message().filter(found -> !found.equals(NULL)).orElse(scalar ? NULL : NO_FIELDS);
        if (fields.strangers().isEmpty()) {
            return read(json);
        }
        throw PeerException.invalid(
                Stream.concat(strangers(fields), problems(json)).toList());
    }

    /** Refuses a message that was read here, and that a validator finds problems with. */
    void requireNone(List<Problem> problems, Object message) {
        if (!problems.isEmpty()) {
            throw PeerException.invalid(problems.stream()
                    .map(problem -> new Problem(WirePath.of(problem.path(), message, mapper), problem.text()))
                    .map(problem -> problem.within(path()))
                    .toList());
        }
    }

    private static Stream<Problem> strangers(FrameFields fields) {
        return fields.strangers().stream().map(name -> new Problem(name, Expected.UNKNOWN));
    }

    private Stream<Problem> problems(String json) {
        try {
            read(json);
            return Stream.empty();
        } catch (PeerException e) {
            return e.problems().stream();
        }
    }

    private Object read(String json) {
        if (json.equals(NULL)) {
            throw PeerException.invalid(List.of(new Problem(path(), Expected.MISSING)));
        }
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw ProblemFinder.explain(e, json, type, path(), mapper, Optional.of(style.discriminator()));
        }
    }

    /** Returns where in a frame the message is. */
    private String path() {
        return style.payloadField().orElse("");
    }

    private void requireReadable() {
        try {
            ((DefaultDeserializationContext) mapper.getDeserializationContext())
                    .createDummyInstance(mapper.getDeserializationConfig())
                    .findRootValueDeserializer(type);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(
                    "Jackson cannot read " + type.getRawClass().getName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
