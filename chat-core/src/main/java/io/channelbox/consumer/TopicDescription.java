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
 * @param words what peers may send besides, which topics answer by themselves: of presence, say
 * @param sends the messages that peers are sent, as far as they are named: records, or sealed interfaces of them
 */
public record TopicDescription(
        TopicPattern pattern, MessageTypes receives, List<Class<?>> words, List<Class<?>> sends) {

    /** Refuses missing parts and copies the lists. */
    public TopicDescription {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(receives, "receives");
        words = List.copyOf(words);
        sends = List.copyOf(sends);
    }

    /** Returns the same description, of topics that also answer these words where they are no messages of the topic, and send this. */
    TopicDescription speaking(List<Class<?>> alsoWords, List<Class<?>> alsoSends) {
        Stream<Class<?>> unknown = alsoWords.stream()
                .filter(word -> MessageTypes.nameOf(word)
                        .filter(receives.byName()::containsKey)
                        .isEmpty());
        return new TopicDescription(
                pattern,
                receives,
                Stream.concat(words.stream(), unknown).toList(),
                Stream.concat(sends.stream(), alsoSends.stream()).toList());
    }
}
