package io.channelbox.asyncapi;

import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.EndpointDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What holds for the connections of an endpoint, in words. */
final class Sentences {

    private Sentences() {}

    static String about(EndpointDescription endpoint) {
        ConsumerOptions options = endpoint.options();
        List<String> sentences = new ArrayList<>();
        sentences.add(String.format(
                Locale.ROOT,
                "A message has at most %,d bytes; a larger one closes the connection with 1009.",
                options.largestMessage()));
        sentences.add(
                options.closingMalformed()
                        ? "One that cannot be read closes it with 1003."
                        : String.format(
                                Locale.ROOT,
                                "One that cannot be read is answered with an error, and closes it with 4400 after %,d in a row.",
                                options.malformedInARow()));
        sentences.add(
                options.answeringFailures()
                        ? "One that the server fails at is answered with the error `failed`."
                        : "One that the server fails at closes it with 1011.");
        if (endpoint.consumer().codec() instanceof TypedJsonCodec<?> typed
                && typed.style().refusesUnknown()) {
            sentences.add("A field that is not described here is refused.");
        }
        if (options.tellingAuthentication()) {
            sentences.add("The first frame tells what came of the handshake; who is refused is closed after it.");
        }
        if (options.tellingCompletion()) {
            sentences.add("Every message is followed by `complete` when the server is done with it, and everything that"
                    + " was said in a group by `group_complete`.");
        }
        options.expires()
                .filter(idle -> idle.compareTo(Duration.ZERO) > 0)
                .ifPresent(idle -> sentences.add(
                        "A connection on which nothing happens for " + inWords(idle) + " is closed with 4410."));
        return String.join(" ", sentences);
    }

    private static String inWords(Duration idle) {
        long seconds = idle.toSeconds();
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        if (seconds > 0 && seconds % 60 == 0) {
            return seconds / 60 + " min";
        }
        return idle.toMillis() / 1000.0 + " s";
    }
}
