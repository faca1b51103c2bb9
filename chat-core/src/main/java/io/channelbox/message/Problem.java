package io.channelbox.message;

import java.util.Objects;

/**
 * One thing that is wrong with what a peer sent.
 *
 * @param path where, as the peer wrote it, for example {@code payload.items[2].name}; empty when it is about the whole message
 * @param text what, for people
 */
public record Problem(String path, String text) {

    /** Refuses missing parts. */
    public Problem {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
    }

    /** Returns the same problem with something that is itself a part of what is at this path. */
    public Problem within(String parent) {
        boolean joined = parent.isEmpty() || path.isEmpty() || path.startsWith("[");
        return new Problem(joined ? parent + path : parent + "." + path, text);
    }

    /** Returns both as one text. */
    @Override
    public String toString() {
        return path.isEmpty() ? text : "'" + path + "' " + text;
    }
}
