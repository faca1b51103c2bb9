package io.channelbox.consumer;

import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.MessageTypes;
import io.channelbox.codec.MessageValidator;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.message.Frame;
import io.channelbox.presence.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The topics that connections can subscribe to: many rooms over one socket, or each under a path of its own.
 *
 * <pre>{@code
 * Topics topics = Topics.in(JsonStyle.DEFAULT.discriminator("action").payloadIn("payload"))
 *         .topic("room:{id}", RoomTopic::new);
 * endpoints.mount("/ws/topics", topics.hub()).mount("/ws/topics/room/{id}", topics.only("room:{id}"));
 * }</pre>
 *
 * <p>A peer sends {@code {"topic":"room:lobby","ref":"1","action":"subscribe"}}, then messages with that topic, and at last
 * {@code unsubscribe}. Whatever answers it carries its ref; whatever is said in the topic carries the topic and its number. Immutable.
 */
public final class Topics {

    private static final int MOST_PER_CONNECTION = 1_000;

    private final JsonStyle style;
    private final TypedJsonCodec<Object> frames; // opens what comes, and reads nothing of it: topics do that
    private final TypedJsonCodec<Subscribe> subscribing;
    private final Optional<MessageValidator> validator;
    private final int mostPerConnection;
    private final Optional<TopicPresence> presence;
    private final Optional<Receipts> receipts;
    private final List<Entry<?>> entries;

    private Topics(
            JsonStyle style,
            Optional<MessageValidator> validator,
            int mostPerConnection,
            Optional<TopicPresence> presence,
            Optional<Receipts> receipts,
            List<Entry<?>> entries) {
        this.style = Objects.requireNonNull(style, "style");
        this.frames = TypedJsonCodec.ofTypes(style);
        this.subscribing = TypedJsonCodec.of(Subscribe.class, style);
        this.validator = validator;
        this.mostPerConnection = mostPerConnection;
        this.presence = presence;
        this.receipts = receipts;
        this.entries = List.copyOf(entries);
    }

    /** Returns no topics yet, whose messages look like this. */
    public static Topics in(JsonStyle style) {
        return new Topics(style, Optional.empty(), MOST_PER_CONNECTION, Optional.empty(), Optional.empty(), List.of());
    }

    /** Returns these topics and one more sort. Its messages are what the topic class says for {@code M}. */
    public <M> Topics topic(String pattern, Supplier<? extends Topic<M>> factory) {
        var added = new TopicPattern(pattern);
        for (Entry<?> entry : entries) {
            if (entry.pattern().overlaps(added)) {
                throw new IllegalArgumentException("a topic could be one of '" + pattern + "' and one of '"
                        + entry.pattern() + "'. Let them begin with different words.");
            }
        }
        List<Entry<?>> all = new ArrayList<>(entries);
        all.add(Entry.of(added, factory, style, validator));
        return new Topics(style, validator, mostPerConnection, presence, receipts, all);
    }

    /** Returns the same topics, which ask this validator about every message; for the topics added after. */
    public Topics validatedBy(MessageValidator asked) {
        return new Topics(
                style,
                Optional.of(Objects.requireNonNull(asked, "validator")),
                mostPerConnection,
                presence,
                receipts,
                entries);
    }

    /** Returns the same topics, of which one connection may be subscribed to so many; 1,000 unless said otherwise. */
    public Topics atMost(int perConnection) {
        if (perConnection < 1) {
            throw new IllegalArgumentException("the topics of one connection must be at least 1, was " + perConnection);
        }
        return new Topics(style, validator, perConnection, presence, receipts, entries);
    }

    /**
     * Returns the same topics, with presence: every subscription is tracked, and a peer may send {@code presence} to be told who is here,
     * {@code status} and {@code typing}, unless the topic has messages of these names itself. A peer whose user may not know who is
     * here is subscribed without being told.
     *
     * @param who a presence in the box that the topics are mounted with
     * @throws IllegalArgumentException when the messages of these topics are flat: what presence tells has a version, and so has what
     *     surrounds it
     */
    public Topics presence(Presence who) {
        if (style.payloadField().isEmpty()) {
            throw new IllegalArgumentException(
                    "topics with presence need a field for their messages, because two versions"
                            + " have one name: JsonStyle.DEFAULT.payloadIn(\"payload\")");
        }
        return new Topics(
                style, validator, mostPerConnection, Optional.of(new TopicPresence(who, style)), receipts, entries);
    }

    /**
     * Returns the same topics, whose members hear how far messages have reached the others. A peer sends
     * {@code {"topic":"room:lobby","type":"received","payload":{"offset":43}}}, now and then, with the {@code seq} of the newest message it has; when that is more than its user had before on any device, the other users' channels are sent a
     * {@link Delivered}. That is not kept, and only told in topics of up to 100 members. Where a topic has messages of its own that are
     * called {@code received}, those are handled as ever.
     */
    public Topics receipts() {
        return new Topics(style, validator, mostPerConnection, presence, Optional.of(new Receipts(style)), entries);
    }

    /** Returns what to mount for connections that carry many topics. Extend {@link TopicHub} if they carry messages of their own besides. */
    public Supplier<TopicHub> hub() {
        return () -> new TopicHub(this);
    }

    /**
     * Returns what to mount where a connection is one subscription: connecting subscribes, and the peer names no topic.
     *
     * @param pattern one of these topics; its parameters are those of the path, so both need the same names
     */
    public Supplier<? extends ChannelConsumer<?>> only(String pattern) {
        Entry<?> entry = entries.stream()
                .filter(each -> each.pattern().value().equals(pattern))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no topic '" + pattern + "', there are "
                        + entries.stream().map(Entry::pattern).toList()));
        return () -> new TopicConsumer(this, entry);
    }

    /**
     * Returns how messages of these topics are written. A box that keeps them so replays them to peers that come back whatever
     * the style; one that keeps plain JSON, its default, wherever names are in camel case.
     */
    public Codec<Object> codec() {
        return frames;
    }

    Subscribe readSubscribe(Frame frame) {
        return subscribing.decode(frame);
    }

    Optional<Receipts> receiptsTold() {
        return receipts;
    }

    int mostPerConnection() {
        return mostPerConnection;
    }

    Optional<TopicPresence> presence() {
        return presence;
    }

    List<TopicDescription> describe() {
        return entries.stream()
                .map(Entry::describe)
                .map(each -> presence.isPresent() ? each.speaking(TopicPresence.WORDS, TopicPresence.TOLD) : each)
                .map(each ->
                        receipts.isPresent() ? each.speaking(List.of(Received.class), List.of(Delivered.class)) : each)
                .toList();
    }

    /** Returns what is subscribed to by this name. */
    Optional<Match> match(String topic) {
        for (Entry<?> entry : entries) {
            Optional<Map<String, String>> parameters = entry.pattern().match(topic);
            if (parameters.isPresent()) {
                return Optional.of(new Match(entry, parameters.get()));
            }
        }
        return Optional.empty();
    }

    /** A topic of a pattern. */
    record Match(Entry<?> entry, Map<String, String> parameters) {}

    /** One sort of topics. */
    record Entry<M>(TopicPattern pattern, Supplier<? extends Topic<M>> factory, TypedJsonCodec<M> codec) {

        static <M> Entry<M> of(
                TopicPattern pattern,
                Supplier<? extends Topic<M>> factory,
                JsonStyle style,
                Optional<MessageValidator> validator) {
            Topic<M> trial = Objects.requireNonNull(factory.get(), "the factory returned null, not a topic");
            TypedJsonCodec<M> codec = TypedJsonCodec.of(MessageType.ofTopic(trial), style);
            return new Entry<>(
                    pattern, factory, validator.map(codec::validatedBy).orElse(codec));
        }

        /** One subscription, and the handling of what comes for it. */
        Subscription<M> subscription() {
            return new Subscription<>(Objects.requireNonNull(factory.get(), "the factory returned null"), codec);
        }

        TopicDescription describe() {
            Topic<M> trial = factory.get();
            Handlers<M> handlers = trial.checkedHandlers();
            MessageTypes types = codec.types();
            handlers.refuseFaults(trial.getClass(), types.byName().values());
            return new TopicDescription(pattern, types, List.of(), List.copyOf(handlers.sent()));
        }
    }

    /** A topic object and how its frames are read. */
    record Subscription<M>(Topic<M> topic, TypedJsonCodec<M> codec) {

        /** Tells whether the topic has messages of this name, which are then its own. */
        boolean reads(Optional<String> type) {
            return type.map(codec.types().byName()::containsKey).orElse(false);
        }

        Object receive(Frame frame) {
            return topic.dispatch(codec.open(frame).message());
        }
    }
}
