package io.channelbox.codec;

import io.channelbox.message.Frame;
import java.util.Objects;

/**
 * JSON objects that say of which type they are. Records of the protocol are read and written in one {@link JsonStyle};
 * what is no message of a protocol, a {@code Map} say, is written as plain JSON.
 *
 * @param <M> what all inbound messages have in common
 */
public final class TypedJsonCodec<M> implements Codec<M> {

    private final MessageTypes types;
    private final JsonStyle style;

    private TypedJsonCodec(MessageTypes types, JsonStyle style) {
        this.types = Objects.requireNonNull(types, "types");
        this.style = Objects.requireNonNull(style, "style");
    }

    /** Returns a codec that reads the messages of a class, most often of a sealed interface. */
    public static <M> TypedJsonCodec<M> of(Class<M> type, JsonStyle style) {
        return new TypedJsonCodec<>(MessageTypes.of(type), style);
    }

    /** Returns a codec that reads the messages of several classes, or of none. */
    public static TypedJsonCodec<Object> ofTypes(JsonStyle style, Class<?>... types) {
        return new TypedJsonCodec<>(MessageTypes.of(types), style);
    }

    /** Returns the same codec, which asks this validator about every message it reads. */
    public TypedJsonCodec<M> validatedBy(MessageValidator validator) {
        Objects.requireNonNull(validator, "validator");
        throw new UnsupportedOperationException("next commit");
    }

    /** Returns the messages that are read. */
    public MessageTypes types() {
        return types;
    }

    /** Returns how messages look. */
    public JsonStyle style() {
        return style;
    }

    @Override
    public String format() {
        return "json:" + style.discriminator() + ":" + style.payloadField().orElse("") + ":" + style.naming();
    }

    @Override
    public Frame encode(Object payload) {
        throw new UnsupportedOperationException("next commit");
    }

    @Override
    public M decode(Frame frame) {
        return open(frame).message();
    }

    @Override
    public Incoming<M> open(Frame frame) {
        throw new UnsupportedOperationException("next commit");
    }

    @Override
    public Frame wrap(Frame written, Envelope envelope) {
        throw new UnsupportedOperationException("next commit");
    }
}
