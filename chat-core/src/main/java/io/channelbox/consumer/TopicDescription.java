package io.channelbox.consumer;

import io.channelbox.codec.MessageTypes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What one sort of topics says of itself.
 *
 * @param pattern their names
 * @param receives the messages that peers may send
 * @param sends the messages that peers are sent, as far as they are named: records, or sealed interfaces of them
 */
public record TopicDescription(TopicPattern pattern, MessageTypes receives, List<Class<?>> sends) {

    /** Refuses missing parts and copies the list. */
    public TopicDescription {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(receives, "receives");
        sends = List.copyOf(sends);
    }

    /** Returns the same description, of topics whose peers are also sent this. */
    TopicDescription sending(Class<?> type) {
        return new TopicDescription(
                pattern,
                receives,
                Stream.concat(sends.stream(), Stream.of(type)).toList());
    }
}
