package io.channelbox.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

/** The Jackson mappers of this package: alike, but for what a style says. */
final class JsonMapping {

    // A number is no text and a text no number: what a peer meant is not guessed.
    private static final ObjectMapper COMMON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonCodec.DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfigDefaults(
                    coercion -> coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Textual,
                    coercion -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Enum, coercion -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .withConfigOverride(
                    java.util.Optional.class,
                    optional -> optional.setInclude(
                            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS)))
            .accessorNaming(new RecordComponents())
            .addModule(JsonValues.times())
            .addModule(new OptionalModule())
            .build();

    private JsonMapping() {}

    /** Returns the mapper of {@link JsonCodec}. */
    static ObjectMapper plain(String format) {
        return foreign(COMMON, format).setAnnotationIntrospector(introspector());
    }

    /** Returns a mapper of the application, which also knows our own values, and writes messages of protocols as such. */
    static ObjectMapper foreign(ObjectMapper mapper, String format) {
        return withOurs(mapper, format).registerModule(new MessageModule(JsonStyle.DEFAULT));
    }

    private static ObjectMapper withOurs(ObjectMapper mapper, String format) {
        return mapper.copy().registerModules(new OptionalModule(), JsonValues.ours(format));
    }

    /** Returns the mapper of messages that look like this. */
    static ObjectMapper styled(JsonStyle style, String format) {
        ObjectMapper mapper = withOurs(COMMON, format)
                .setAnnotationIntrospector(
                        AnnotationIntrospector.pair(new UnionIntrospector(style.discriminator()), introspector()))
                .registerModule(new MessageModule(style))
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, style.refusesUnknown());
        return style.naming() == Naming.SNAKE_CASE
                ? mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                : mapper;
    }

    private static AnnotationIntrospector introspector() {
        return AnnotationIntrospector.pair(new ScalarRecordIntrospector(), new JacksonAnnotationIntrospector());
    }
}
