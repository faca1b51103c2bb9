package io.channelbox.jakarta.websocket;

import static java.util.Objects.requireNonNull;

import io.channelbox.auth.PathTemplate;
import io.channelbox.auth.Subprotocols;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerDescription;
import io.channelbox.consumer.ConsumerOptions;
import io.channelbox.consumer.EndpointDescription;
import java.util.function.Supplier;

/** A consumer on a path, and what is spoken there. */
record Mount(
        PathTemplate path,
        ConsumerOptions options,
        Supplier<? extends ChannelConsumer<?>> factory,
        Subprotocols subprotocols) {

    Mount {
        requireNonNull(path, "path");
        requireNonNull(options, "options");
        requireNonNull(factory, "factory");
        requireNonNull(subprotocols, "subprotocols");
    }

    Mount(PathTemplate path, ConsumerOptions options, Supplier<? extends ChannelConsumer<?>> factory) {
        this(path, options, factory, Subprotocols.NONE);
    }

    /** Returns the same mount of an application that speaks these. */
    Mount speaking(Subprotocols own) {
        return new Mount(path, options, factory, describe().speaking(own));
    }

    /**
     * Makes a consumer to look at.
     *
     * @throws IllegalStateException when something is wrong with it
     */
    EndpointDescription describe() {
        return new EndpointDescription(path, options, ConsumerDescription.of(factory));
    }

    /** Tells whether some path belongs to both. */
    boolean overlaps(Mount other) {
        String[] mine = segments(path);
        String[] its = segments(other.path);
        if (mine.length != its.length) {
            return false;
        }
        for (int i = 0; i < mine.length; i++) {
            if (!isParameter(mine[i]) && !isParameter(its[i]) && !mine[i].equals(its[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns the end of a raw path that has as many segments as ours: what stands before it is where the application is mounted. */
    String tailOf(String rawPath) {
        int start = rawPath.length();
        for (int slashes = segments(path).length - 1; slashes > 0 && start > 0; slashes--) {
            start = rawPath.lastIndexOf('/', start - 1);
        }
        return start <= 0 ? rawPath : rawPath.substring(start);
    }

    /** Returns the narrowest pattern in the language of servlets that covers the path. */
    String urlPattern() {
        int parameter = path.value().indexOf('{');
        return parameter < 0 ? path.value() : path.value().substring(0, parameter) + "*";
    }

    private static String[] segments(PathTemplate path) {
        return path.value().split("/", -1);
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
