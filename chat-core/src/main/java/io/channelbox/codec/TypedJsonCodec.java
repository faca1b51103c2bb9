package io.channelbox.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import java.util.Objects;

/**
 * JSON objects that say of which type they are. Records of the protocol are read and written in one {@link JsonStyle};
 * what is no message of a protocol, a {@code Map} say, is written as plain JSON.
 *
 * <p>Reading is exact: a number is not read as a text nor a text as a number, numbers and booleans that are missing are
 * refused, names that stand twice are malformed, and {@link java.util.Optional} is empty for what is missing or null. A
 * peer is told the place of every value that does not fit, in its own names. What the constructor of a record throws is
 * told too if it is a {@link io.channelbox.message.PeerException}, an {@code IllegalArgumentException}, or a
 * {@code NullPointerException} over what is missing; anything else is a mistake of the application, and passes.
 *
 * @param <M> what all inbound messages have in common
 */
public final class TypedJsonCodec<M> implements Codec<M> {

    private final MessageTypes types;
    private final JsonStyle style;
    private final String format;
    private final MessageReaders readers;
    private final MessageWriter writer;
    private final EnvelopeWriter envelopes;

    private TypedJsonCodec(
            MessageTypes types, JsonStyle style, String format, MessageReaders readers, MessageWriter writer) {
        this.types = types;
        this.style = style;
        this.format = format;
        this.readers = readers;
        this.writer = writer;
        this.envelopes = new EnvelopeWriter(style.naming());
    }

    /**
     * Returns a codec that reads the messages of a class, most often of a sealed interface. Make one and keep it.
     *
     * @throws IllegalArgumentException when a message has no discriminator, cannot be read, or has a component that is
     *     called like what stands beside it
     */
    public static <M> TypedJsonCodec<M> of(Class<M> type, JsonStyle style) {
        return of(MessageTypes.of(type), style);
    }

    /** Returns a codec that reads the messages of several classes, or of none. */
    public static TypedJsonCodec<Object> ofTypes(JsonStyle style, Class<?>... types) {
        return of(MessageTypes.of(types), style);
    }

    private static <M> TypedJsonCodec<M> of(MessageTypes types, JsonStyle style) {
        Objects.requireNonNull(style, "style");
        String format = JsonCodec.FORMAT + ":" + style.discriminator() + ":"
                + style.payloadField().orElse("") + ":" + style.naming();
        ObjectMapper mapper = JsonMapping.styled(style, format);
        return new TypedJsonCodec<>(
                types,
                style,
                format,
                MessageReaders.of(types, style, mapper),
                new MessageWriter(format, style, mapper));
    }

    /** Returns the same codec, which asks this validator about every message it reads. */
    public TypedJsonCodec<M> validatedBy(MessageValidator validator) {
        return new TypedJsonCodec<>(types, style, format, readers.validatedBy(validator), writer);
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
        return format;
    }

    @Override
    public boolean writesJson() {
        return true;
    }

    @Override
    public Frame encode(Object payload) {
        return writer.write(payload);
    }

    /** {@inheritDoc} What a {@link JsonCodec} has written can be restored, unless fields are called otherwise in this style. */
    @Override
    public boolean restores(String kept) {
        return Codec.super.restores(kept) || isPlainJson(kept);
    }

    @Override
    public Frame restore(Payload kept) {
        return isPlainJson(kept.format()) ? KeptJson.in(style, kept.frame()) : Codec.super.restore(kept);
    }

    private boolean isPlainJson(String kept) {
        return kept.equals(JsonCodec.FORMAT) && style.naming() == Naming.CAMEL_CASE;
    }

    @Override
    public M decode(Frame frame) {
        return message(FrameFields.in(JsonTexts.of(frame), style));
    }

    /**
     * {@inheritDoc}
     *
     * <p>A frame that is a JSON object is opened, whatever is in it; a {@code ref} must be a text of 1 to 64 characters,
     * a {@code topic} one of at most 200 and an {@code idempotency_key} one of 1 to 128 without control characters, or null.
     */
    @Override
    public Incoming<M> open(Frame frame) {
        return new OpenedJson<>(FrameFields.in(JsonTexts.of(frame), style), this::message);
    }

    @SuppressWarnings("unchecked") // every reader reads a class that is an M
    private M message(FrameFields fields) {
        return (M) readers.read(fields);
    }

    /**
     * {@inheritDoc}
     *
     * <p>What is written need not be a message: the fields go into any JSON object, {@code version}, {@code topic},
     * {@code ref} and {@code seq} first and the mark last. An object with a field of such a name then has it twice.
     */
    @Override
    public Frame wrap(Frame written, Envelope envelope) {
        return envelopes.wrap(written, envelope);
    }
}
