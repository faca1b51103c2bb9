package io.channelbox.asyncapi;

import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.Codec;
import io.channelbox.codec.FrameCodec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.JsonSchemas;
import io.channelbox.codec.JsonSchemas.Way;
import io.channelbox.codec.MessageTypes;
import io.channelbox.codec.TextCodec;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.consumer.Ack;
import io.channelbox.consumer.AuthenticationReply;
import io.channelbox.consumer.Complete;
import io.channelbox.consumer.ConsumerDescription;
import io.channelbox.consumer.ErrorReply;
import io.channelbox.consumer.GroupComplete;
import io.channelbox.consumer.Lost;
import io.channelbox.consumer.Subscribe;
import io.channelbox.consumer.Subscribed;
import io.channelbox.consumer.TopicError;
import io.channelbox.consumer.Unsubscribed;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the messages of one consumer look on the wire. */
final class Dialect {

    /** A message by its name on the wire, described in the document. */
    record Said(String name, Map<String, Object> reference) {}

    private static final String TEXT = "text/plain";
    private static final String BINARY = "application/octet-stream";

    // What the library sends and reads by itself.
    private static final Map<Class<?>, String> KNOWN = Map.ofEntries(
            Map.entry(AuthenticationReply.class, "What came of your handshake. Comes first, and once."),
            Map.entry(Ack.class, "What you named by a ref was handled, and nothing else answers it."),
            Map.entry(ErrorReply.class, "Something is wrong with what you sent. The connection lives."),
            Map.entry(TopicError.class, "Something is wrong with what you sent. The connection lives."),
            Map.entry(Subscribed.class, "You are subscribed to the topic."),
            Map.entry(Lost.class, "You will not get some messages of the topic."),
            Map.entry(Unsubscribed.class, "You are not, or no longer, subscribed to the topic."),
            Map.entry(Subscribe.class, "Subscribes to the topic."),
            Map.entry(Unsubscribe.class, "Ends the subscription to the topic."),
            Map.entry(Complete.class, "Everything that your message led to on this connection has been sent."),
            Map.entry(GroupComplete.class, "The message before was said in a group."));

    private final Class<?> consumer;
    private final Codec<?> codec;
    private final Messages messages;

    private Dialect(Class<?> consumer, Codec<?> codec, Messages messages) {
        this.consumer = consumer;
        this.codec = codec;
        this.messages = messages;
    }

    static Dialect of(ConsumerDescription consumer, Messages messages) {
        return new Dialect(consumer.consumer(), consumer.codec(), messages);
    }

    /** Tells whether messages can carry a ref, and answers do. */
    boolean hasRefs() {
        return codec instanceof TypedJsonCodec;
    }

    /** Describes what the consumer itself reads. */
    List<Said> received() {
        if (codec instanceof TypedJsonCodec<?> typed) {
            return received(typed.types().byName().values(), Way.IN);
        }
        return List.of(
                codec instanceof JsonCodec<?> json ? json("message", schemas().ofRead(json)) : frame());
    }

    List<Said> received(Collection<Class<?>> types, Way way) {
        return types.stream().map(type -> typed(type, way)).toList();
    }

    Said sent(Class<?> type, Way way) {
        if (codec instanceof TypedJsonCodec) {
            return typed(type, way);
        }
        return codec instanceof JsonCodec<?> json ? json(nameOf(type), schemas().ofValue(json, type)) : frame();
    }

    /** Describes what mistakes are answered with. */
    Said error(Way way) {
        return own("error", OwnAnswers.toMistakes(consumer), way);
    }

    /** Describes what tells the result of a handshake. */
    Said authentication() {
        return own("authentication", OwnAnswers.toHandshakes(consumer), Way.OUT);
    }

    private Said own(String name, Optional<Class<?>> type, Way way) {
        return codec instanceof TypedJsonCodec || codec instanceof JsonCodec
                ? type.map(known -> sent(known, way)).orElseGet(() -> json(name, Map.of()))
                : frame();
    }

    private Said typed(Class<?> type, Way way) {
        TypedJsonCodec<?> typed = (TypedJsonCodec<?>) codec;
        Map<String, Object> payload = schemas().ofMessage(typed, type, way);
        return said(
                nameOf(type),
                type.getSimpleName(),
                Tree.object(
                        "name", nameOf(type),
                        "title", type.getSimpleName(),
                        "summary", Optional.ofNullable(KNOWN.get(type)),
                        "correlationId",
                                payload.get("properties") instanceof Map<?, ?> fields && fields.containsKey("ref")
                                        ? Optional.of(Tree.object("location", "$message.payload#/ref"))
                                        : Optional.empty(),
                        "payload", payload));
    }

    private Said json(String name, Map<String, Object> payload) {
        return said(name, name, Tree.object("name", name, "payload", payload));
    }

    /** Describes frames that the library does not look into. */
    private Said frame() {
        if (codec instanceof TextCodec) {
            return frame("text", TEXT, Tree.object("type", "string"));
        }
        if (codec instanceof BinaryCodec) {
            return frame("binary", BINARY, Tree.object("type", "string", "format", "binary"));
        }
        return frame(codec instanceof FrameCodec ? "frame" : codec.format(), BINARY, Map.of());
    }

    private Said frame(String name, String contentType, Map<String, Object> payload) {
        return said(name, name, Tree.object("name", name, "contentType", contentType, "payload", payload));
    }

    private Said said(String name, String title, Map<String, Object> message) {
        return new Said(name, messages.refer(title, message));
    }

    private static String nameOf(Class<?> type) {
        return MessageTypes.nameOf(type).orElse(type.getSimpleName());
    }

    private JsonSchemas schemas() {
        return messages.schemas();
    }
}
