package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
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
        module.addKeyDeserializer(type, new TextKeyDeserializer<>(type, reader));
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

    private static final class TextKeyDeserializer<T> extends KeyDeserializer {

        private final Class<T> type;
        private final Function<String, T> reader;

        TextKeyDeserializer(Class<T> type, Function<String, T> reader) {
            this.type = type;
            this.reader = reader;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            try {
                return Objects.requireNonNull(reader.apply(key));
            } catch (RuntimeException e) {
                throw JsonMappingException.from(context, "not a " + type.getSimpleName(), e);
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
