package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.channelbox.message.BinaryFrame;
import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.Payload;
import io.channelbox.message.TextFrame;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.function.Function;

/** Values that are one text in JSON: times in their ISO form, the library's ids; and payloads, which are written as they are. */
final class JsonValues {

    private JsonValues() {}

    static Module times() {
        var module = new SimpleModule("channelbox-times");
        addText(module, Instant.class, Instant::parse);
        addText(module, Duration.class, Duration::parse);
        addText(module, LocalDate.class, LocalDate::parse);
        addText(module, LocalTime.class, LocalTime::parse);
        addText(module, LocalDateTime.class, LocalDateTime::parse);
        addText(module, OffsetDateTime.class, OffsetDateTime::parse);
        addText(module, ZonedDateTime.class, ZonedDateTime::parse);
        return module;
    }

    static Module ours(String format) {
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
        module.addKeyDeserializer(type, new TextKeyDeserializer(type, reader));
    }

    /** Reads a text to the letter, and nothing but a text. */
    private static final class TextDeserializer<T> extends StdScalarDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> reader;

        TextDeserializer(Class<T> type, Function<String, T> reader) {
            super(type);
            this.reader = reader;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                throw MismatchedInputException.from(json, handledType(), "not a text");
            }
            String text = json.getText();
            try {
                return reader.apply(text);
            } catch (RuntimeException e) {
                throw InvalidFormatException.from(json, "not valid", text, handledType());
            }
        }
    }

    private static final class TextKeyDeserializer extends KeyDeserializer {

        private final Class<?> type;
        private final Function<String, ?> reader;

        TextKeyDeserializer(Class<?> type, Function<String, ?> reader) {
            this.type = type;
            this.reader = reader;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            try {
                return Objects.requireNonNull(reader.apply(key));
            } catch (RuntimeException e) {
                throw InvalidFormatException.from(context.getParser(), "not valid", key, type);
            }
        }
    }

    /** Writes a payload that is JSON as it is: a history is told without reading it. */
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
            } else if (payload.format().equals(format) || JsonCodec.isJson(payload.format())) {
                json.writeRawValue(((TextFrame) payload.frame()).text());
            } else {
                json.writeString(((TextFrame) payload.frame()).text());
            }
        }
    }
}
