package io.channelbox.codec;

import io.channelbox.message.ChannelId;
import io.channelbox.message.GroupName;
import io.channelbox.message.MessageId;
import io.channelbox.message.UserId;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes objects of any record, by chance and the same ones each time. */
final class Samples {

    private static final int DEEPEST = 3;
    private static final List<String> TEXTS =
            List.of("", "a", "say \"hi\"", "ünï", "null", "5", "\uD83D\uDE00", "a\nb\\");

    private final Random random;

    Samples(long seed) {
        this.random = new Random(seed);
    }

    Object of(Type type) {
        return of(type, Map.of(), 0);
    }

    private Object of(Type type, Map<TypeVariable<?>, Type> variables, int depth) {
        if (type instanceof TypeVariable<?> variable) {
            return of(variables.getOrDefault(variable, String.class), variables, depth);
        }
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic, variables, depth);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord() && !raw.getPackageName().equals(UserId.class.getPackageName())) {
            return ofRecord(raw, Map.of(), depth);
        }
        if (raw.isSealed()) {
            Class<?>[] parts = raw.getPermittedSubclasses();
            return of(depth > DEEPEST ? parts[0] : parts[random.nextInt(parts.length)], variables, depth + 1);
        }
        return raw.isEnum() ? raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)] : scalar(raw);
    }

    private Object ofGeneric(ParameterizedType type, Map<TypeVariable<?>, Type> variables, int depth) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == Optional.class) {
            return few(depth) == 0 ? Optional.empty() : Optional.of(of(arguments[0], variables, depth + 1));
        }
        if (raw == List.class || raw == Set.class) {
            List<Object> all = new ArrayList<>();
            for (int i = few(depth); i > 0; i--) {
                all.add(of(arguments[0], variables, depth + 1));
            }
            return raw == List.class ? List.copyOf(all) : new HashSet<>(all);
        }
        if (raw == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = few(depth); i > 0; i--) {
                map.put(of(arguments[0], variables, depth + 1), of(arguments[1], variables, depth + 1));
            }
            return map;
        }
        Map<TypeVariable<?>, Type> filled = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            Type argument = arguments[i];
            filled.put(
                    raw.getTypeParameters()[i],
                    argument instanceof TypeVariable<?> variable
                            ? variables.getOrDefault(variable, String.class)
                            : argument);
        }
        return ofRecord(raw, filled, depth);
    }

    private Object ofRecord(Class<?> type, Map<TypeVariable<?>, Type> variables, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean absent =
                    components[i].getAnnotatedType().isAnnotationPresent(Nullable.class) && random.nextBoolean();
            values[i] = absent ? null : of(components[i].getGenericType(), variables, depth + 1);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " of " + Arrays.toString(values), e);
        }
    }

    /** How many to make: none at all where it is deep already. */
    private int few(int depth) {
        return depth > DEEPEST ? 0 : random.nextInt(3);
    }

    private Object scalar(Class<?> type) {
        Map<Class<?>, Object> values = Map.ofEntries(
                Map.entry(String.class, text()),
                Map.entry(boolean.class, random.nextBoolean()),
                Map.entry(byte.class, (byte) random.nextInt()),
                Map.entry(short.class, (short) random.nextInt()),
                Map.entry(int.class, random.nextInt()),
                Map.entry(Integer.class, random.nextInt()),
                Map.entry(long.class, random.nextLong()),
                Map.entry(float.class, random.nextFloat()),
                Map.entry(double.class, random.nextGaussian()),
                Map.entry(char.class, (char) ('a' + random.nextInt(20))),
                Map.entry(BigDecimal.class, BigDecimal.valueOf(random.nextInt(), 3)),
                Map.entry(
                        BigInteger.class, BigInteger.valueOf(random.nextLong()).pow(2)),
                Map.entry(byte[].class, text().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Map.entry(Instant.class, Instant.ofEpochMilli(random.nextInt() * 1000L)),
                Map.entry(Duration.class, Duration.ofMillis(random.nextInt(1_000_000))),
                Map.entry(LocalDate.class, LocalDate.ofEpochDay(random.nextInt(30_000))),
                Map.entry(LocalTime.class, LocalTime.ofSecondOfDay(60L * random.nextInt(1440))),
                Map.entry(LocalDateTime.class, LocalDateTime.of(2026, 1, 2, random.nextInt(24), 0)),
                Map.entry(OffsetDateTime.class, OffsetDateTime.of(2026, 1, 2, 3, 0, 0, 0, ZoneOffset.ofHours(1))),
                Map.entry(UUID.class, new UUID(random.nextLong(), random.nextLong())),
                Map.entry(UserId.class, new UserId("ann")),
                Map.entry(GroupName.class, GroupName.of("room:lobby")),
                Map.entry(ChannelId.class, new ChannelId(new UUID(1, random.nextLong()))),
                Map.entry(MessageId.class, MessageId.at(Instant.EPOCH)),
                Map.entry(Object.class, text()));
        return Optional.ofNullable(values.get(type)).orElseThrow(() -> new AssertionError("no sample of " + type));
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
