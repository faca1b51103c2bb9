package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the record of a message with its discriminator in front, or bare, as the content of a payload. */
final class MessageSerializer extends StdSerializer<Object> implements ContextualSerializer, ResolvableSerializer {

    private static final long serialVersionUID = 1L;

    private final transient SerializedString discriminator;
    private final transient SerializedString name;
    private final JsonSerializer<Object> record;
    private final JsonSerializer<Object> components;

    private MessageSerializer(JsonSerializer<Object> record, SerializedString discriminator, SerializedString name) {
        super(Object.class);
        this.record = record;
        this.components = record.unwrappingSerializer(NameTransformer.NOP);
        this.discriminator = discriminator;
        this.name = name;
    }

    @SuppressWarnings("unchecked") // Jackson gives a serializer only what it serializes
    static MessageSerializer of(JsonSerializer<?> record, SerializedString discriminator, SerializedString name) {
        return new MessageSerializer((JsonSerializer<Object>) record, discriminator, name);
    }

    @Override
    public void serialize(Object message, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject(message);
        json.writeFieldName(discriminator);
        json.writeString(name);
        components.serialize(message, json, provider);
        json.writeEndObject();
    }

    /** Writes the components alone, those of a record that has none as null. */
    void serializePayload(Object message, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (record instanceof EmptyRecordSerializer) {
            json.writeNull();
        } else {
            record.serialize(message, json, provider);
        }
    }

    @Override
    public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property)
            throws JsonMappingException {
        JsonSerializer<?> contextual = provider.handleSecondaryContextualization(record, property);
        return contextual == record ? this : of(contextual, discriminator, name);
    }

    @Override
    public void resolve(SerializerProvider provider) throws JsonMappingException {
        if (record instanceof ResolvableSerializer resolvable) {
            resolvable.resolve(provider);
        }
    }
}
