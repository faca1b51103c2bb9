package io.channelbox.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a component whose type is a sealed interface of messages by its discriminator. */
final class UnionIntrospector extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    private final String discriminator;

    UnionIntrospector(String discriminator) {
        this.discriminator = discriminator;
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
            MapperConfig<?> config, AnnotatedClass annotated, JavaType declared) {
        if (config instanceof DeserializationConfig && MessageTypes.isUnion(declared.getRawClass())) {
            return new StdTypeResolverBuilder()
                    .init(JsonTypeInfo.Id.NAME, null)
                    .inclusion(JsonTypeInfo.As.PROPERTY)
                    .typeProperty(discriminator);
        }
        return null;
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        if (annotated instanceof AnnotatedClass type && MessageTypes.isUnion(type.getRawType())) {
            return MessageTypes.of(type.getRawType()).byName().entrySet().stream()
                    .map(message -> new NamedType(message.getValue(), message.getKey()))
                    .toList();
        }
        return null;
    }
}
