package io.channelbox.consumer;

import java.util.Objects;

/**
 * Turns snapshots of a text that grows, such as a bot's answer while it is being written, into what is new in each, so that a
 * client is sent every character once. Used by one thread at a time.
 */
public final class TextDeltas {

    private String told = "";

    /** Makes one that has been told nothing. */
    public TextDeltas() {}

    /**
     * What is new in a snapshot.
     *
     * @param text what to append; after a rewrite, the whole text
     * @param rewritten whether the text does not begin with what was there before: the client begins anew
     */
    public record Delta(String text, boolean rewritten) {

        /** Refuses a missing text. */
        public Delta {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Returns what is new in the whole text so far. */
    public Delta next(String snapshot) {
        boolean grows = snapshot.startsWith(told);
        Delta delta = new Delta(grows ? snapshot.substring(told.length()) : snapshot, !grows);
        told = snapshot;
        return delta;
    }

    /** Begins another text. */
    public void reset() {
        told = "";
    }
}
