package io.channelbox.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.channelbox.message.Frame;
import io.channelbox.message.Payload;
import io.channelbox.message.PeerException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * JSON objects that say of which type they are. Records of the protocol are read and written in one {@link JsonStyle};
 * what is no message of a protocol, a {@code Map} say, is written as plain JSON.
 *
 * @param <M> what all inbound messages have in common
 */
public final class TypedJsonCodec<M> implements Codec<M> {

    private final MessageTypes types;
    private final JsonStyle style;
    private final Optional<MessageValidator> validator;
    private final String format;
    private final Map<String, MessageReader> readers;
    private final ObjectWriter writer;
    private final EnvelopeWriter envelopes;

    private TypedJsonCodec(MessageTypes types, JsonStyle style) {
        this.types = Objects.requireNonNull(types, "types");
        this.style = Objects.requireNonNull(style, "style");
        this.validator = Optional.empty();
        this.format = JsonCodec.FORMAT + ":" + style.discriminator() + ":"
                + style.payloadField().orElse("") + ":" + style.naming();
        ObjectMapper mapper = JsonMapping.styled(style, format);
        this.readers = readers(types, mapper);
        this.writer = mapper.writer();
        this.envelopes = new EnvelopeWriter(style.naming());
    }

    private TypedJsonCodec(TypedJsonCodec<M> base, MessageValidator validator) {
        this.types = base.types;
        this.style = base.style;
        this.validator = Optional.of(validator);
        this.format = base.format;
        this.readers = base.readers;
        this.writer = base.writer;
        this.envelopes = base.envelopes;
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
        return new TypedJsonCodec<>(this, Objects.requireNonNull(validator, "validator"));
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
    public Frame encode(Object payload) {
        if (payload instanceof Payload made && made.format().equals(format)) {
            return made.frame();
        }
        try {
            return Frame.utf8(writer.writeValueAsBytes(inStyle(payload)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Jackson cannot write " + payload.getClass().getName() + " as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Object inStyle(Object payload) {
        if (style.payloadField().isEmpty()) {
            return payload;
        }
        Optional<String> name = MessageTypes.nameOf(payload.getClass());
        return name.isEmpty()
                ? payload
                : new OutgoingPayload(
                        style.discriminator(), name.get(), style.payloadField().get(), payload);
    }

    @Override
    public M decode(Frame frame) {
        return open(frame).message();
    }

    @Override
    public Incoming<M> open(Frame frame) {
        return new OpenedJson<>(FrameFields.in(JsonTexts.of(frame), style), this::message);
    }

    @SuppressWarnings("unchecked") // every reader reads a class that is an M
    private M message(FrameFields fields) {
        if (!fields.discriminated()) {
            throw new PeerException(
                    PeerException.MISSING_TYPE, "the frame has no field '" + style.discriminator() + "'");
        }
        String type = fields.type()
                .orElseThrow(() -> new PeerException(
                        PeerException.UNKNOWN_TYPE, "the field '" + style.discriminator() + "' must be a text"));
        MessageReader reader = readers.get(type);
        if (reader == null) {
            throw new PeerException(
                    PeerException.UNKNOWN_TYPE, "nothing here reads messages of type '" + shortened(type) + "'");
        }
        Object message = reader.read(
                fields.message().filter(json -> !json.equals("null")).orElse("{}"));
        validator
                .map(v -> v.validate(message))
                .filter(problems -> !problems.isEmpty())
                .ifPresent(problems -> {
                    throw PeerException.invalid(problems);
                });
        return (M) message;
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }

    @Override
    public Frame wrap(Frame written, Envelope envelope) {
        return envelopes.wrap(written, envelope);
    }

    private static Map<String, MessageReader> readers(MessageTypes types, ObjectMapper mapper) {
        Map<String, MessageReader> readers = new HashMap<>();
        types.byName().forEach((name, type) -> readers.put(name, new MessageReader(type, mapper)));
        return readers;
    }
}
