package io.channelbox.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.invoke.MethodType;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a value should have been, in words for the peer. */
final class Expected {

    static final String MISSING = "is missing";
    static final String UNKNOWN = "is not known here";
    static final String UNSAID = "is not one that is read here";

    private static final int MOST_CONSTANTS = 20;

    private static final Set<Class<?>> WHOLE =
            Set.of(Integer.class, Long.class, Short.class, Byte.class, BigInteger.class);

    private static final Map<Class<?>, String> TIMES = Map.of(
            Instant.class, "must be a time such as 2026-01-02T03:04:05Z",
            OffsetDateTime.class, "must be a time such as 2026-01-02T03:04:05+01:00",
            ZonedDateTime.class, "must be a time such as 2026-01-02T03:04:05+01:00",
            LocalDateTime.class, "must be a date and time such as 2026-01-02T03:04:05",
            LocalDate.class, "must be a date such as 2026-01-02",
            LocalTime.class, "must be a time of day such as 03:04:05",
            Duration.class, "must be a duration such as PT1M30S");

    private Expected() {}

    /** Says what JSON of this type looks like, to a peer that sent this. */
    static String of(JavaType type, JsonNode sent, ObjectMapper mapper) {
        if (ScalarRecordIntrospector.isScalar(type.getRawClass())) {
            return of(mapper.constructType(ScalarRecordIntrospector.valueOf(type.getRawClass())), sent, mapper);
        }
        Class<?> raw = MethodType.methodType(type.getRawClass()).wrap().returnType();
        if (WHOLE.contains(raw)) {
            return sent.isIntegralNumber() ? "is too large a number" : "must be a whole number";
        }
        if (Number.class.isAssignableFrom(raw)) {
            return "must be a number";
        }
        if (raw == Boolean.class) {
            return "must be true or false";
        }
        if (TIMES.containsKey(raw)) {
            return TIMES.getOrDefault(raw, UNSAID);
        }
        if (CharSequence.class.isAssignableFrom(raw)) {
            return "must be a text";
        }
        return type.isEnumType() ? ofConstants(raw, mapper) : ofStructure(type, sent);
    }

    private static String ofConstants(Class<?> type, ObjectMapper mapper) {
        return "must be one of "
                + Arrays.stream(type.getEnumConstants())
                        .limit(MOST_CONSTANTS)
                        .map(constant -> mapper.valueToTree(constant).asText())
                        .collect(Collectors.joining(", "));
    }

    private static String ofStructure(JavaType type, JsonNode sent) {
        if (type.isMapLikeType()) {
            return sent.isObject() ? UNSAID : "must be an object";
        }
        if (type.isContainerType()) {
            return sent.isArray() ? UNSAID : "must be an array";
        }
        boolean isObject = (type.isRecordType() && !ScalarRecordIntrospector.isScalar(type.getRawClass()))
                || MessageTypes.isUnion(type.getRawClass());
        return isObject && !sent.isObject() ? "must be an object" : UNSAID;
    }

    /** Tells whether a text is about the shape of a value, and not what a record says of it. */
    static boolean isSaid(String text) {
        return text.startsWith("must be an ") || text.equals(UNSAID);
    }
}
