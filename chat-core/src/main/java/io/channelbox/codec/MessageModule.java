package io.channelbox.codec;

import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the discriminator in front of the components of every message, and reads past it. */
final class MessageModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private final JsonStyle style;

    MessageModule(JsonStyle style) {
        super("channelbox-messages");
        this.style = style;
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addSerializers(new EmptyRecords());
        context.addBeanSerializerModifier(new Discriminators(style));
        context.addBeanDeserializerModifier(new EnvelopeIgnored(style));
    }

    private static final class EmptyRecords extends Serializers.Base {

        @Override
        public @Nullable JsonSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription description) {
            return type.isRecordType() && type.getRawClass().getRecordComponents().length == 0
                    ? new EmptyRecordSerializer()
                    : null;
        }
    }

    private static final class Discriminators extends BeanSerializerModifier {

        private static final long serialVersionUID = 1L;

        private final transient SerializedString discriminator;

        Discriminators(JsonStyle style) {
            this.discriminator = new SerializedString(style.discriminator());
        }

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
            boolean isObject = serializer instanceof BeanSerializerBase || serializer instanceof EmptyRecordSerializer;
            return MessageTypes.nameOf(description.getBeanClass())
                    .filter(name -> isObject)
                    .<JsonSerializer<?>>map(
                            name -> MessageSerializer.of(serializer, discriminator, new SerializedString(name)))
                    .orElse(serializer);
        }
    }

    private static final class EnvelopeIgnored extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1L;

        private final transient JsonStyle style;

        EnvelopeIgnored(JsonStyle style) {
            this.style = style;
        }

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription description, BeanDeserializerBuilder builder) {
            if (MessageTypes.nameOf(description.getBeanClass()).isPresent()) {
                List<String> components = description.findProperties().stream()
                        .map(BeanPropertyDefinition::getName)
                        .toList();
                Set<String> surrounding = new HashSet<>(FrameFields.ENVELOPE);
                surrounding.add(style.discriminator());
                components.forEach(surrounding::remove);
                surrounding.forEach(builder::addIgnorable);
            }
            return builder;
        }
    }
}
