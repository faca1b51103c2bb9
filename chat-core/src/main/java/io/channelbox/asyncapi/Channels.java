package io.channelbox.asyncapi;

import io.channelbox.auth.PathTemplate;
import io.channelbox.consumer.EndpointDescription;
import io.channelbox.consumer.TopicDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The channels of a document and what is done in them: one for each endpoint, and one for each sort of topics that an endpoint carries. */
final class Channels {

    private final Messages messages = new Messages();
    private final FreeNames names = new FreeNames();
    private final Map<String, Object> channels = new LinkedHashMap<>();
    private final Map<String, Object> operations = new LinkedHashMap<>();

    void add(EndpointDescription endpoint) {
        String name = names.likeAddress(endpoint.path().value());
        Traffic traffic = Traffic.of(endpoint, messages);
        List<TopicDescription> topics = endpoint.consumer().topics();
        boolean isTopic = !topics.isEmpty() && !traffic.carriesTopics();
        addChannel(
                name,
                traffic,
                Tree.object(
                        "address", endpoint.path().value(),
                        "description", Sentences.about(endpoint),
                        "parameters", pathParameters(endpoint.path()),
                        "bindings", Tree.object("ws", Tree.object("method", "GET", "bindingVersion", "0.1.0")),
                        "x-topic", isTopic ? Optional.of(topic(topics.get(0), name)) : Optional.empty()));
        if (traffic.carriesTopics()) {
            topics.forEach(topic -> addTopic(topic, name, endpoint));
        }
    }

    private void addTopic(TopicDescription topic, String carrier, EndpointDescription endpoint) {
        String pattern = topic.pattern().value();
        addChannel(
                names.like(carrier + "." + pattern.replace(':', '.').replaceAll("[{}]", "")),
                Traffic.of(topic, endpoint, messages),
                Tree.object(
                        "address",
                        pattern,
                        "description",
                        "Carried by connections to " + endpoint.path() + ". Subscribe there first.",
                        "parameters",
                        topicParameters(topic),
                        "x-topic",
                        Optional.of(topic(topic, carrier))));
    }

    private void addChannel(String name, Traffic traffic, Map<String, Object> channel) {
        channel.put("messages", traffic.messages());
        channels.put(name, channel);
        traffic.operationsOf(name).forEach((action, operation) -> operations.put(action + "." + name, operation));
    }

    private static Map<String, Object> topic(TopicDescription topic, String carrier) {
        return Tree.object(
                "pattern", topic.pattern().value(),
                "parameters", topic.pattern().parameters(),
                "carriedBy", "#/channels/" + carrier);
    }

    private static Optional<Map<String, Object>> pathParameters(PathTemplate path) {
        return parameters(
                path.parameters(), "A segment of the path, 1 to " + PathTemplate.LONGEST_PARAMETER + " characters.");
    }

    private static Optional<Map<String, Object>> topicParameters(TopicDescription topic) {
        return parameters(topic.pattern().parameters(), "A part of the topic's name: not empty, and without a colon.");
    }

    private static Optional<Map<String, Object>> parameters(List<String> names, String description) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        names.forEach(name -> parameters.put(name, Tree.object("description", description)));
        return Optional.of(parameters).filter(some -> !some.isEmpty());
    }

    Map<String, Object> channels() {
        return channels;
    }

    Map<String, Object> operations() {
        return operations;
    }

    Map<String, Object> components() {
        return messages.components();
    }
}
