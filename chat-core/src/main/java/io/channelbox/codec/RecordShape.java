package io.channelbox.codec;

import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a record looks as JSON: what its components are called and of which type they are. The one place that knows, for
 * everything that speaks of fields without reading or writing any.
 *
 * @param type the record
 * @param scalar whether it is written as the value of its only component
 * @param fields its components, in their order
 */
record RecordShape(JavaType type, boolean scalar, List<Field> fields) {

    /**
     * One component.
     *
     * @param component what it is called in Java
     * @param name what it is called in JSON
     * @param type its type, type variables filled in
     * @param plain whether nothing but its type says how it is read
     */
    record Field(String component, String name, JavaType type, boolean plain) {

        /** Tells whether the field must be there whatever the record says: a number that is missing is not zero. */
        boolean isNeeded() {
            return type.isPrimitive();
        }
    }

    /** Returns the shape of a record; empty for what is none, or is read in a way of its own. */
    static Optional<RecordShape> of(JavaType type, ObjectMapper mapper) {
        if (!type.isRecordType()) {
            return Optional.empty();
        }
        Map<String, BeanPropertyDefinition> read = new LinkedHashMap<>();
        mapper.getDeserializationConfig().introspect(type).findProperties().stream()
                .filter(BeanPropertyDefinition::couldDeserialize)
                .forEach(property -> read.put(property.getInternalName(), property));
        List<Field> fields = components(type).stream()
                .filter(read::containsKey)
                .map(component -> field(Objects.requireNonNull(read.get(component)), mapper))
                .toList();
        return Optional.of(new RecordShape(type, ScalarRecordIntrospector.isScalar(type.getRawClass()), fields));
    }

    /** Returns the names in JSON. */
    Set<String> names() {
        return fields.stream().map(Field::name).collect(Collectors.toSet());
    }

    /** Returns the field of this component. */
    Optional<Field> ofComponent(String component) {
        return fields.stream()
                .filter(field -> field.component().equals(component))
                .findFirst();
    }

    private static List<String> components(JavaType type) {
        return Arrays.stream(type.getRawClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static Field field(BeanPropertyDefinition property, ObjectMapper mapper) {
        return new Field(
                property.getInternalName(), property.getName(), property.getPrimaryType(), isPlain(property, mapper));
    }

    private static boolean isPlain(BeanPropertyDefinition property, ObjectMapper mapper) {
        AnnotationIntrospector annotations = mapper.getDeserializationConfig().getAnnotationIntrospector();
        AnnotatedMember member = property.getPrimaryMember();
        return property.findAliases().isEmpty()
                && annotations.findDeserializer(member) == null
                && annotations.findContentDeserializer(member) == null
                && annotations.findDeserializationConverter(member) == null;
    }
}
