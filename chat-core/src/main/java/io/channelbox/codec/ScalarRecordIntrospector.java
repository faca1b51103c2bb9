package io.channelbox.codec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A record whose only component carries {@code @JsonValue} is read from what it is written as. */
final class ScalarRecordIntrospector extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public JsonCreator.@Nullable Mode findCreatorAnnotation(MapperConfig<?> config, Annotated creator) {
        return creator instanceof AnnotatedConstructor constructor && isOfScalar(constructor.getAnnotated())
                ? JsonCreator.Mode.DELEGATING
                : null;
    }

    /** Tells whether objects of the class are written as the value of their only component. */
    static boolean isScalar(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components != null
                && components.length == 1
                && components[0].getAccessor().isAnnotationPresent(JsonValue.class);
    }

    /** Returns the type of that value. */
    static Type valueOf(Class<?> scalar) {
        return scalar.getRecordComponents()[0].getGenericType();
    }

    private static boolean isOfScalar(Constructor<?> constructor) {
        Class<?> type = constructor.getDeclaringClass();
        return constructor.getParameterCount() == 1
                && isScalar(type)
                && constructor.getParameterTypes()[0] == type.getRecordComponents()[0].getType();
    }
}
