package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import io.channelbox.message.PeerException;

/** Reads the messages of one type. */
final class MessageReader {

    private final Class<?> type;
    private final ObjectReader reader;

    /**
     * Makes a reader.
     *
     * @throws IllegalArgumentException when Jackson cannot read such messages
     */
    MessageReader(Class<?> type, ObjectMapper mapper) {
        this.type = type;
        this.reader = mapper.readerFor(type);
        requireReadable(mapper.constructType(type), mapper);
    }

    Object read(String json) {
        try {
            return reader.readValue(json);
        } catch (JsonMappingException e) {
            throw Misfit.of(e);
        } catch (JsonProcessingException e) {
            throw new PeerException(PeerException.MALFORMED, "the frame is not valid JSON", e);
        }
    }

    private void requireReadable(JavaType type, ObjectMapper mapper) {
        try {
            ((DefaultDeserializationContext) mapper.getDeserializationContext())
                    .createDummyInstance(mapper.getDeserializationConfig())
                    .findRootValueDeserializer(type);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(
                    "Jackson cannot read " + this.type.getName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
