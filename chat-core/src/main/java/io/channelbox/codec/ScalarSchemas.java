package io.channelbox.codec;

import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.UserId;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The schemas of values that are one text, number or boolean. */
final class ScalarSchemas {

    private static final Map<Class<?>, Map<String, Object>> KNOWN = Map.ofEntries(
            Map.entry(String.class, Map.of("type", "string")),
            Map.entry(CharSequence.class, Map.of("type", "string")),
            Map.entry(char[].class, Map.of("type", "string")),
            Map.entry(Character.class, Map.of("type", "string", "minLength", 1, "maxLength", 1)),
            Map.entry(byte[].class, Map.of("type", "string", "contentEncoding", "base64")),
            Map.entry(UUID.class, text("uuid")),
            Map.entry(URI.class, text("uri-reference")),
            Map.entry(Boolean.class, Map.of("type", "boolean")),
            Map.entry(Byte.class, whole(Byte.MIN_VALUE, Byte.MAX_VALUE)),
            Map.entry(Short.class, whole(Short.MIN_VALUE, Short.MAX_VALUE)),
            Map.entry(Integer.class, whole(Integer.MIN_VALUE, Integer.MAX_VALUE)),
            Map.entry(Long.class, Map.of("type", "integer", "format", "int64")),
            Map.entry(BigInteger.class, Map.of("type", "integer")),
            Map.entry(Float.class, Map.of("type", "number", "format", "float")),
            Map.entry(Double.class, Map.of("type", "number", "format", "double")),
            Map.entry(BigDecimal.class, Map.of("type", "number")),
            Map.entry(Number.class, Map.of("type", "number")),
            Map.entry(Instant.class, text("date-time")),
            Map.entry(LocalDate.class, text("date")),
            // No formats: a date-time always has seconds and a duration never parts of one, and in Java it is not so.
            Map.entry(Duration.class, like("PT1M30S")),
            Map.entry(LocalTime.class, like("03:04:05")),
            Map.entry(LocalDateTime.class, like("2026-01-02T03:04:05")),
            Map.entry(OffsetDateTime.class, like("2026-01-02T03:04:05+01:00")),
            Map.entry(ZonedDateTime.class, like("2026-01-02T03:04:05+01:00")),
            Map.entry(UserId.class, id(UserId.LONGEST)),
            Map.entry(GroupName.class, id(GroupName.LONGEST)),
            Map.entry(ChannelId.class, text("uuid")),
            Map.entry(MessageId.class, text("uuid")));

    // In the order in which they are read best.
    private static final List<String> KEYWORDS =
            List.of("type", "format", "contentEncoding", "minimum", "maximum", "minLength", "maxLength", "examples");

    private ScalarSchemas() {}

    static Optional<Map<String, Object>> of(Class<?> type) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        return Optional.ofNullable(KNOWN.get(boxed)).map(ScalarSchemas::inOrder);
    }

    private static Map<String, Object> inOrder(Map<String, Object> schema) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (String keyword : KEYWORDS) {
            Object value = schema.get(keyword);
            if (value != null) {
                ordered.put(keyword, value);
            }
        }
        return ordered;
    }

    private static Map<String, Object> text(String format) {
        return Map.of("type", "string", "format", format);
    }

    private static Map<String, Object> like(String example) {
        return Map.of("type", "string", "examples", List.of(example));
    }

    private static Map<String, Object> id(int longest) {
        return Map.of("type", "string", "minLength", 1, "maxLength", longest);
    }

    private static Map<String, Object> whole(int least, int most) {
        return Map.of("type", "integer", "minimum", least, "maximum", most);
    }
}
