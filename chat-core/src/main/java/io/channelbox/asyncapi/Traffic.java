package io.channelbox.asyncapi;

import io.channelbox.codec.JsonSchemas.Way;
import io.channelbox.consumer.Ack;
import io.channelbox.consumer.Complete;
import io.channelbox.consumer.ConsumerDescription;
import io.channelbox.consumer.EndpointDescription;
import io.channelbox.consumer.GroupComplete;
import io.channelbox.consumer.Lost;
import io.channelbox.consumer.Subscribe;
import io.channelbox.consumer.Subscribed;
import io.channelbox.consumer.TopicDescription;
import io.channelbox.consumer.TopicHub;
import io.channelbox.consumer.Unsubscribed;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The messages of one channel, both ways, and which of them answer which. */
final class Traffic {

    private final boolean carriesTopics;
    private final Dialect dialect;
    private final FreeNames ids = new FreeNames();
    private final Map<List<Object>, String> idOf = new HashMap<>();
    private final Map<String, Object> messages = new LinkedHashMap<>();

    private final Set<String> received = new LinkedHashSet<>();
    private final Set<String> answers = new LinkedHashSet<>();
    private final Set<String> sent = new LinkedHashSet<>();
    private final Map<String, List<String>> subscribing = new LinkedHashMap<>();

    private Traffic(boolean carriesTopics, Dialect dialect) {
        this.carriesTopics = carriesTopics;
        this.dialect = dialect;
    }

    /** Returns what is said on the connections of an endpoint, besides what belongs to the topics they carry. */
    static Traffic of(EndpointDescription endpoint, Messages messages) {
        ConsumerDescription consumer = endpoint.consumer();
        boolean carriesTopics = TopicHub.class.isAssignableFrom(consumer.consumer());
        var traffic = new Traffic(carriesTopics, Dialect.of(consumer, messages));
        boolean isTopic = !carriesTopics && !consumer.topics().isEmpty();
        Way out = isTopic || carriesTopics ? Way.OUT_TOPIC : Way.OUT;
        traffic.receive(traffic.dialect.received());
        traffic.answer(consumer.sends(), out);
        if (isTopic) {
            TopicDescription topic = consumer.topics().get(0);
            traffic.receive(traffic.dialect.received(topic.receives().byName().values(), Way.IN));
            traffic.receive(traffic.dialect.received(topic.words(), Way.IN));
            traffic.answer(topic.sends(), out);
            traffic.send(List.of(Subscribed.class, Lost.class, Unsubscribed.class), out);
        }
        traffic.answerAlways(out);
        if (carriesTopics) {
            traffic.subscribe();
        }
        if (endpoint.options().tellingAuthentication()) {
            traffic.send(traffic.dialect.authentication());
        }
        if (endpoint.options().tellingCompletion()) {
            traffic.send(List.of(Complete.class, GroupComplete.class), out);
        }
        return traffic;
    }

    /** Returns what is said in the topics of one sort. */
    static Traffic of(TopicDescription topic, EndpointDescription carrier, Messages messages) {
        var traffic = new Traffic(false, Dialect.of(carrier.consumer(), messages));
        traffic.receive(traffic.dialect.received(topic.receives().byName().values(), Way.IN_TOPIC));
        traffic.receive(traffic.dialect.received(topic.words(), Way.IN_TOPIC));
        traffic.answer(topic.sends(), Way.OUT_TOPIC);
        traffic.answerAlways(Way.OUT_TOPIC);
        return traffic;
    }

    /** Tells whether the connections carry topics of any number. */
    boolean carriesTopics() {
        return carriesTopics;
    }

    private void receive(List<Dialect.Said> said) {
        said.forEach(message -> received.add(add("receive", message)));
    }

    private void answer(List<Class<?>> types, Way way) {
        types.stream().flatMap(Traffic::leaves).forEach(type -> answers.add(send(dialect.sent(type, way))));
    }

    private void answerAlways(Way way) {
        if (dialect.hasRefs() && !received.isEmpty()) {
            answer(List.of(Ack.class), way);
        }
        answers.add(send(dialect.error(way)));
    }

    private void send(List<Class<?>> types, Way way) {
        types.forEach(type -> send(dialect.sent(type, way)));
    }

    private String send(Dialect.Said said) {
        String id = add("send", said);
        sent.add(id);
        return id;
    }

    private void subscribe() {
        String subscribe = add(
                "receive",
                dialect.received(List.of(Subscribe.class), Way.IN_TOPIC).get(0));
        String unsubscribe = add(
                "receive",
                dialect.received(List.of(Unsubscribe.class), Way.IN_TOPIC).get(0));
        String error = send(dialect.error(Way.OUT_TOPIC));
        String subscribed = send(dialect.sent(Subscribed.class, Way.OUT_TOPIC));
        send(dialect.sent(Lost.class, Way.OUT_TOPIC));
        String unsubscribed = send(dialect.sent(Unsubscribed.class, Way.OUT_TOPIC));
        subscribing.put("subscribe", List.of(subscribe, subscribed, error));
        subscribing.put("unsubscribe", List.of(unsubscribe, unsubscribed, error));
    }

    private String add(String action, Dialect.Said said) {
        return idOf.computeIfAbsent(List.of(action, said), added -> {
            String id = ids.like(action + "." + said.name());
            messages.put(id, said.reference());
            return id;
        });
    }

    /** Returns the records of a sealed interface; anything else is itself. */
    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Traffic::leaves)
                : Stream.of(type);
    }

    /** Returns references to the messages by their id in the channel. */
    Map<String, Object> messages() {
        return messages;
    }

    /** Returns what is done in the channel of this name, by the name of the action. */
    Map<String, Object> operationsOf(String channel) {
        Map<String, Object> operations = new LinkedHashMap<>();
        if (!received.isEmpty()) {
            operations.put("receive", operation("receive", channel, received, dialect.hasRefs() ? answers : List.of()));
        }
        subscribing.forEach((action, ids) ->
                operations.put(action, operation("receive", channel, ids.subList(0, 1), ids.subList(1, ids.size()))));
        if (!sent.isEmpty()) {
            operations.put("send", operation("send", channel, sent, List.of()));
        }
        return operations;
    }

    private static Map<String, Object> operation(
            String action, String channel, Collection<String> messages, Collection<String> answers) {
        Map<String, Object> place = Tree.reference("channels", channel);
        Optional<Map<String, Object>> reply = answers.isEmpty()
                ? Optional.empty()
                : Optional.of(Tree.object("channel", place, "messages", references(channel, answers)));
        return Tree.object(
                "action", action,
                "channel", place,
                "messages", references(channel, messages),
                "reply", reply);
    }

    private static List<Map<String, Object>> references(String channel, Collection<String> messages) {
        return messages.stream()
                .map(id -> Tree.reference("channels", channel, "messages", id))
                .toList();
    }
}
