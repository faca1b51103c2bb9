package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.channelbox.message.BinaryFrame;
import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * JSON: compact UTF-8, written as text frames, nothing but what JSON itself demands escaped. Inbound JSON may come in text
 * or in binary frames. Any record, bean, {@code Map}, {@code List} or Jackson {@code JsonNode} can be read and written;
 * {@link Instant}s and the library's ids are strings. Unknown fields are ignored, fields that are missing are null, a
 * number is not read as a text nor a text as a number, and nesting is limited to {@value #DEEPEST} levels, unless you give a mapper of your own.
 *
 * @param <M> what an inbound frame becomes
 */
public final class JsonCodec<M> implements Codec<M> {

    /** The format of every JSON codec that was not given a mapper of its own. */
    public static final String FORMAT = "json";

    /** How many levels of arrays and objects an inbound frame may have. */
    public static final int DEEPEST = 128;

    private final String format;
    private final ObjectMapper mapper;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    private JsonCodec(String format, ObjectMapper mapper, Type type) {
        JavaType read = mapper.constructType(Objects.requireNonNull(type, "type"));
        this.format = format;
        this.mapper = mapper;
        this.reader = mapper.readerFor(read);
        this.writer = mapper.writer();
    }

    /** Returns a codec that reads frames as objects of this class. */
    public static <M> JsonCodec<M> of(Class<M> type) {
        return new JsonCodec<>(FORMAT, JsonMapping.plain(FORMAT), type);
    }

    /** Returns a codec that reads frames as objects of this type, for instance a {@code List<String>}. */
    public static JsonCodec<Object> ofType(Type type) {
        return new JsonCodec<>(FORMAT, JsonMapping.plain(FORMAT), type);
    }

    /**
     * Returns a codec with a Jackson mapper of your own, which is copied. The format must be a name that no codec with
     * another mapper has in the same box.
     */
    public static <M> JsonCodec<M> of(Class<M> type, String format, ObjectMapper mapper) {
        return new JsonCodec<>(Objects.requireNonNull(format, "format"), JsonMapping.foreign(mapper, format), type);
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public boolean writesJson() {
        return true;
    }

    @Override
    public Frame encode(Object payload) {
        if (payload instanceof Payload made && made.format().equals(format)) {
            return made.frame();
        }
        try {
            return Frame.utf8(writer.writeValueAsBytes(payload));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Jackson cannot write " + payload.getClass().getName() + " as JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public M decode(Frame frame) {
        try {
            M value = frame instanceof TextFrame text
                    ? reader.readValue(text.text())
                    : reader.readValue(((BinaryFrame) frame).bytes());
            if (value == null) {
                throw new PeerException(PeerException.MALFORMED, "the frame holds no value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw ProblemFinder.explain(e, JsonTexts.of(frame), reader.getValueType(), "", mapper, Optional.empty());
        } catch (IOException e) {
            throw new PeerException(PeerException.MALFORMED, "the frame is not valid JSON", e);
        }
    }

    ObjectMapper mapper() {
        return mapper;
    }

    /** Returns what is read. */
    JavaType type() {
        return reader.getValueType();
    }

    static boolean isJson(String format) {
        return format.equals(FORMAT) || format.startsWith(FORMAT + ":");
    }
}
