package io.channelbox.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.Codec;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.Envelope.Mark;
import io.channelbox.codec.FrameCodec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.MessageTypes;
import io.channelbox.codec.Naming;
import io.channelbox.codec.TextCodec;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How one endpoint's frames look, from the peer's end.
 *
 * @param codec the consumer's, which reads what the peer writes
 */
record Dialect(Codec<?> codec) {

    private static final JsonCodec<Object> JSON = JsonCodec.of(Object.class);
    private static final JsonCodec<JsonNode> TREE = JsonCodec.of(JsonNode.class);
    // One codec for each type that some test has received: their mappers are dear.
    private static final Map<Spoken, Codec<?>> CODECS = new ConcurrentHashMap<>();

    /** A type of message in a style. */
    private record Spoken(Class<?> type, JsonStyle style) {

        Codec<?> codec() {
            boolean isTyped = type.isSealed() || MessageTypes.nameOf(type).isPresent();
            return isTyped ? TypedJsonCodec.of(type, style) : JsonCodec.of(type);
        }
    }

    /** Returns the frame of an object. Text is taken as it is, and so is a frame. */
    Frame write(Object message) {
        if (message instanceof Frame frame) {
            return frame;
        }
        if (message instanceof CharSequence text) {
            return Frame.text(text.toString());
        }
        return (writesObjects() ? codec : JSON).encode(message);
    }

    private boolean writesObjects() {
        return !(codec instanceof TextCodec || codec instanceof BinaryCodec || codec instanceof FrameCodec);
    }

    /** Returns the frame of an object, with an envelope around it. */
    Frame write(Object message, Envelope envelope) {
        return wrap(write(message), envelope);
    }

    /** Returns the frame of a message that has a type and nothing else. */
    Frame writeBare(String type, Envelope envelope) {
        return wrap(JSON.encode(Map.of(style().discriminator(), type)), envelope);
    }

    private Frame wrap(Frame written, Envelope envelope) {
        Frame wrapped = codec.wrap(written, envelope);
        if (wrapped.equals(written)) {
            throw new AssertionError(
                    "the frames of this endpoint have no place for a ref or a topic: its consumer's codec is "
                            + codec.getClass().getName());
        }
        return wrapped;
    }

    /**
     * Reads a frame that must have every field of this class; it may have more.
     *
     * @throws PeerException when it is something else
     */
    <T> T read(Frame frame, Class<T> type) {
        Codec<?> reader = CODECS.computeIfAbsent(new Spoken(type, style()), Spoken::codec);
        T message = type.cast(reader.decode(frame));
        if (message.getClass().isRecord()) {
            requireFields(TREE.decode(reader.encode(message)), TREE.decode(frame), "");
        }
        return message;
    }

    private static void requireFields(JsonNode expected, JsonNode found, String path) {
        expected.properties().forEach(field -> {
            String name = path + "/" + field.getKey();
            JsonNode its = found.get(field.getKey());
            if (its == null) {
                throw new PeerException(PeerException.MALFORMED, "there is no " + name);
            }
            if (its.getNodeType() == JsonNodeType.OBJECT) {
                requireFields(field.getValue(), its, name);
            }
        });
    }

    /** Reads a frame as JSON. */
    static JsonNode readTree(Frame frame) {
        return TREE.decode(frame);
    }

    /** Returns what surrounds the message of a frame. */
    Envelope envelopeOf(Frame frame) {
        Optional<JsonNode> tree = tree(frame);
        if (tree.isEmpty()) {
            return Envelope.NONE;
        }
        Envelope envelope = Envelope.NONE.ref(text(tree.get(), "ref"));
        Optional<String> topic = text(tree.get(), "topic");
        if (topic.isPresent()) {
            envelope = envelope.topic(topic.get());
        }
        if (tree.get().path("seq").isIntegralNumber()) {
            envelope = envelope.seq(tree.get().get("seq").longValue());
        }
        Optional<Mark> mark = markIn(tree.get());
        return mark.isPresent() ? envelope.marked(mark.get()) : envelope;
    }

    private Optional<Mark> markIn(JsonNode tree) {
        boolean snake = style().naming() == Naming.SNAKE_CASE;
        JsonNode mine = tree.path(snake ? "is_mine" : "isMine");
        JsonNode current = tree.path(snake ? "is_current" : "isCurrent");
        if (!mine.isBoolean() || !current.isBoolean()) {
            return Optional.empty();
        }
        for (Mark mark : Mark.values()) {
            if (mark.isMine() == mine.booleanValue() && mark.isCurrent() == current.booleanValue()) {
                return Optional.of(mark);
            }
        }
        throw new IllegalStateException("there is no such mark");
    }

    /** Returns what the discriminator of a frame says. */
    Optional<String> typeOf(Frame frame) {
        return tree(frame).flatMap(tree -> text(tree, style().discriminator()));
    }

    private JsonStyle style() {
        JsonStyle its = codec instanceof TypedJsonCodec<?> typed ? typed.style() : JsonStyle.DEFAULT;
        return new JsonStyle(its.discriminator(), its.payloadField(), its.naming(), false);
    }

    private static Optional<JsonNode> tree(Frame frame) {
        try {
            return Optional.of(TREE.decode(frame)).filter(JsonNode::isObject);
        } catch (PeerException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode tree, String field) {
        return Optional.ofNullable(tree.get(field)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }
}
