package io.channelbox.examples.room;

import io.channelbox.message.PeerException;
import org.jspecify.annotations.Nullable;

/** What people may say at once: something, and at most 4,000 characters of it. */
final class MessageText {

    static final int LONGEST = 4_000;

    private MessageText() {}

    /** Returns the text of a field if it may be said. */
    static String in(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw PeerException.invalid("'" + field + "' is missing or empty");
        }
        if (text.length() > LONGEST) {
            throw PeerException.invalid("'" + field + "' has more than " + LONGEST + " characters");
        }
        return text;
    }
}
