package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.channelbox.message.BinaryFrame;
import io.channelbox.message.ChannelId;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.PeerException;
import io.channelbox.message.TextFrame;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    // A number is no text and a text no number: what a peer meant is not guessed.
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfigDefaults(
                    coercion -> coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Textual,
                    coercion -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private final String format;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    private JsonCodec(String format, ObjectMapper mapper, Type type) {
        ObjectMapper own = mapper.copy().registerModule(valuesIn(format));
        JavaType read = own.constructType(Objects.requireNonNull(type, "type"));
        this.format = format;
        this.reader = own.readerFor(read);
        this.writer = own.writer();
    }

    /** Returns a codec that reads frames as objects of this class. */
    public static <M> JsonCodec<M> of(Class<M> type) {
        return new JsonCodec<>(FORMAT, MAPPER, type);
    }

    /** Returns a codec that reads frames as objects of this type, for instance a {@code List<String>}. */
    public static JsonCodec<Object> ofType(Type type) {
        return new JsonCodec<>(FORMAT, MAPPER, type);
    }

    /**
     * Returns a codec with a Jackson mapper of your own, which is copied. The format must be a name that no codec with
     * another mapper has in the same box.
     */
    public static <M> JsonCodec<M> of(Class<M> type, String format, ObjectMapper mapper) {
        return new JsonCodec<>(Objects.requireNonNull(format, "format"), mapper, type);
    }

    @Override
    public String format() {
        return format;
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
        } catch (InvalidDefinitionException e) {
            throw new IllegalStateException(
                    "Jackson cannot read " + reader.getValueType().getTypeName()
                            + ": give it a type it knows, or a mapper that does, with JsonCodec.of(type, format, mapper)",
                    e);
        } catch (JsonMappingException e) {
            throw misfit(e);
        } catch (IOException e) {
            throw new PeerException(PeerException.MALFORMED, "the frame is not valid JSON", e);
        }
    }

    /** Well-formed JSON of the wrong shape: says where, and nothing of our classes. */
    private static PeerException misfit(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        if (e.getCause() instanceof PeerException refused) {
            return refused;
        }
        if (path.isEmpty() || isBroken(e.getCause())) {
            return new PeerException(PeerException.MALFORMED, "the frame is not the JSON that is read here", e);
        }
        return new PeerException(PeerException.INVALID, "the value at '" + path + "' is not one that is read here", e);
    }

    /** Tells whether reading stopped because this is no JSON, and not at a value that does not fit. */
    private static boolean isBroken(@Nullable Throwable cause) {
        return cause instanceof IOException
                && !(cause instanceof JsonMappingException)
                && !(cause instanceof InputCoercionException);
    }

    private static SimpleModule valuesIn(String format) {
        var module = new SimpleModule("channelbox");
        addText(module, Instant.class, Instant::parse);
        addText(module, UserId.class, UserId::new);
        addText(module, GroupName.class, GroupName::of);
        addText(module, ChannelId.class, ChannelId::of);
        addText(module, MessageId.class, MessageId::of);
        module.addSerializer(new PayloadSerializer(format));
        return module;
    }

    private static <T> void addText(SimpleModule module, Class<T> type, Function<String, T> reader) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new TextDeserializer<>(type, reader));
    }

    private static final class TextDeserializer<T> extends FromStringDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> reader;

        TextDeserializer(Class<T> type, Function<String, T> reader) {
            super(type);
            this.reader = reader;
        }

        @Override
        protected boolean _shouldTrim() {
            return false; // ids are taken to the letter
        }

        @Override
        protected Object _deserializeFromEmptyString(DeserializationContext context) throws IOException {
            return Objects.requireNonNull(_deserialize("", context));
        }

        @Override
        protected T _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                return reader.apply(value);
            } catch (RuntimeException e) {
                throw JsonMappingException.from(
                        context, "not a " + handledType().getSimpleName(), e);
            }
        }
    }

    /** Writes a payload of the same format as it is: a history is told without reading it. */
    private static final class PayloadSerializer extends StdSerializer<Payload> {

        private static final long serialVersionUID = 1L;

        private final String format;

        PayloadSerializer(String format) {
            super(Payload.class);
            this.format = format;
        }

        @Override
        public void serialize(Payload payload, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (payload.frame() instanceof BinaryFrame binary) {
                json.writeBinary(binary.bytes());
            } else if (payload.format().equals(format)) {
                json.writeRawValue(((TextFrame) payload.frame()).text());
            } else {
                json.writeString(((TextFrame) payload.frame()).text());
            }
        }
    }
}
