package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;

/** Writes a record without components, which Jackson takes for a mistake, as an object without fields. */
final class EmptyRecordSerializer extends StdSerializer<Object> {

    private static final long serialVersionUID = 1L;

    EmptyRecordSerializer() {
        super(Object.class);
    }

    @Override
    public void serialize(Object record, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        json.writeEndObject();
    }

    @Override
    public JsonSerializer<Object> unwrappingSerializer(NameTransformer names) {
        return new StdSerializer<>(Object.class) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(Object record, JsonGenerator json, SerializerProvider provider) {
                // no fields
            }
        };
    }
}
