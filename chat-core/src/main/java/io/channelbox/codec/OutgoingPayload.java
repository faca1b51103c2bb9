package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/** A message as it leaves where it has a field of its own: {@code {"type":"chat","payload":{...}}}. */
record OutgoingPayload(String discriminator, String name, String payloadField, Object message)
        implements JsonSerializable {

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        json.writeStringField(discriminator, name);
        json.writeFieldName(payloadField);
        JsonSerializer<Object> serializer = provider.findTypedValueSerializer(message.getClass(), true, null);
        if (serializer instanceof MessageSerializer messages) {
            messages.serializePayload(message, json, provider);
        } else {
            serializer.serialize(message, json, provider);
        }
        json.writeEndObject();
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(json, provider);
    }
}
