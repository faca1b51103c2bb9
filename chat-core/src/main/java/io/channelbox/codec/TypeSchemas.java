package io.channelbox.codec;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The schemas of Java types, as one mapper writes and reads them. */
final class TypeSchemas {

    private final ObjectMapper mapper;
    private final String dialect;
    private final String discriminator;
    private final boolean closed;
    private final SchemaNames names;

    TypeSchemas(ObjectMapper mapper, String dialect, String discriminator, boolean closed, SchemaNames names) {
        this.mapper = mapper;
        this.dialect = dialect;
        this.discriminator = discriminator;
        this.closed = closed;
        this.names = names;
    }

    /** Returns the schema of a value. */
    Map<String, Object> of(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (raw == Optional.class) {
            return nullable(of(type.containedTypeOrUnknown(0)));
        }
        Optional<Map<String, Object>> scalar = ScalarSchemas.of(raw);
        if (scalar.isPresent()) {
            return scalar.get();
        }
        if (type.isEnumType()) {
            return ofEnum(type);
        }
        if (type.isMapLikeType()) {
            return ofMap(type);
        }
        if (type.isArrayType() || type.isCollectionLikeType()) {
            Map<String, Object> array = typed("array");
            array.put("items", of(type.getContentType()));
            return array;
        }
        if (type.getRawClass().isSealed()) {
            return names.refer(type, dialect, () -> ofSealed(type));
        }
        return shapeOf(type).map(this::ofShape).orElseGet(LinkedHashMap::new);
    }

    /** Returns the shape of a record; empty for what is none, or is written in a way of its own. */
    Optional<RecordShape> shapeOf(JavaType type) {
        return RecordShape.of(type, mapper).filter(shape -> shape.scalar() || isWrittenByComponents(type));
    }

    private boolean isWrittenByComponents(JavaType type) {
        try {
            JsonSerializer<?> serializer =
                    mapper.getSerializerProviderInstance().findValueSerializer(type);
            return serializer instanceof BeanSerializerBase
                    || serializer instanceof MessageSerializer
                    || serializer instanceof EmptyRecordSerializer;
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(
                    "Jackson cannot write " + type.getRawClass().getName() + ": " + e.getOriginalMessage(), e);
        }
    }

    private Map<String, Object> ofShape(RecordShape shape) {
        if (!shape.scalar()) {
            return names.refer(
                    shape.type(),
                    dialect,
                    () -> object(shape, MessageTypes.nameOf(shape.type().getRawClass())));
        }
        JavaType value = mapper.constructType(
                shape.type().getRawClass().getRecordComponents()[0].getGenericType());
        boolean mayRepeat = value.isContainerType() || value.isRecordType();
        return mayRepeat ? names.refer(shape.type(), dialect, () -> of(value)) : of(value);
    }

    /** Returns the schema of an object with these components, behind the name of its type if it has one. */
    Map<String, Object> object(RecordShape shape, Optional<String> name) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        name.ifPresent(given -> {
            properties.put(discriminator, constant(given));
            required.add(discriminator);
        });
        for (RecordShape.Field field : shape.fields()) {
            RecordComponent component = component(shape, field);
            properties.put(field.name(), ofField(field, component));
            if (!mayBeMissing(field, component)) {
                required.add(field.name());
            }
        }
        Map<String, Object> object = typed("object");
        describe(
                object,
                Optional.ofNullable(shape.type().getRawClass().getAnnotation(JsonClassDescription.class))
                        .map(JsonClassDescription::value));
        return filled(object, properties, required);
    }

    /** Returns an object with these properties, and no others where unknown ones are refused. */
    Map<String, Object> filled(Map<String, Object> object, Map<String, Object> properties, List<Object> required) {
        if (!properties.isEmpty()) {
            object.put("properties", properties);
        }
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        if (closed) {
            object.put("additionalProperties", false);
        }
        return object;
    }

    private Map<String, Object> ofField(RecordShape.Field field, RecordComponent component) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (field.plain() && !component.getAccessor().isAnnotationPresent(JsonSerialize.class)) {
            JavaType type = field.type();
            schema = type.hasRawClass(Optional.class) ? of(type.containedTypeOrUnknown(0)) : of(type);
            if (isNullable(component)) {
                schema = nullable(schema);
            }
        }
        Optional<String> description = Optional.ofNullable(
                        component.getAccessor().getAnnotation(JsonPropertyDescription.class))
                .map(JsonPropertyDescription::value);
        return description.isPresent() ? described(schema, description.get()) : schema;
    }

    private static RecordComponent component(RecordShape shape, RecordShape.Field field) {
        return Arrays.stream(shape.type().getRawClass().getRecordComponents())
                .filter(each -> each.getName().equals(field.component()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean mayBeMissing(RecordShape.Field field, RecordComponent component) {
        return field.type().hasRawClass(Optional.class)
                || isNullable(component)
                || component.getAccessor().isAnnotationPresent(JsonInclude.class)
                || component.getDeclaringRecord().isAnnotationPresent(JsonInclude.class);
    }

    /** Knows every annotation of that name: there are many, and all mean the same. */
    private static boolean isNullable(RecordComponent component) {
        return Stream.of(
                        component.getAnnotations(),
                        component.getAnnotatedType().getAnnotations(),
                        component.getAccessor().getAnnotations())
                .flatMap(Arrays::stream)
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals("Nullable"));
    }

    private Map<String, Object> ofSealed(JavaType type) {
        List<Object> parts = new ArrayList<>();
        for (Class<?> part : type.getRawClass().getPermittedSubclasses()) {
            parts.add(of(mapper.constructType(part)));
        }
        Map<String, Object> either = new LinkedHashMap<>();
        either.put(MessageTypes.isUnion(type.getRawClass()) ? "oneOf" : "anyOf", parts);
        return either;
    }

    private Map<String, Object> ofEnum(JavaType type) {
        List<Object> constants = new ArrayList<>();
        for (Object constant : type.getRawClass().getEnumConstants()) {
            constants.add(mapper.convertValue(constant, Object.class));
        }
        Map<String, Object> either = new LinkedHashMap<>();
        if (constants.stream().allMatch(String.class::isInstance)) {
            either.put("type", "string");
        }
        either.put("enum", constants);
        return either;
    }

    private Map<String, Object> ofMap(JavaType type) {
        Map<String, Object> map = typed("object");
        if (type.getKeyType().isEnumType()) {
            map.put("propertyNames", ofEnum(type.getKeyType()));
        }
        map.put("additionalProperties", of(type.getContentType()));
        return map;
    }

    static Map<String, Object> constant(String value) {
        Map<String, Object> constant = typed("string");
        constant.put("const", value);
        return constant;
    }

    static Map<String, Object> typed(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    /** Returns a schema that says what it is about. Nothing is read beside a reference, so that is wrapped. */
    static Map<String, Object> described(Map<String, Object> schema, String description) {
        Map<String, Object> described = new LinkedHashMap<>();
        if (schema.containsKey("$ref")) {
            described.put("allOf", List.of(schema));
        } else {
            described.putAll(schema);
        }
        described.put("description", description);
        return described;
    }

    private static void describe(Map<String, Object> schema, Optional<String> description) {
        description.ifPresent(text -> schema.put("description", text));
    }

    private static Map<String, Object> nullable(Map<String, Object> schema) {
        Map<String, Object> nullable = new LinkedHashMap<>();
        if (schema.isEmpty()) {
            return nullable;
        }
        if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
            nullable.putAll(schema);
            nullable.put("type", List.of(type, "null"));
        } else {
            nullable.put("anyOf", List.of(schema, typed("null")));
        }
        return nullable;
    }
}
