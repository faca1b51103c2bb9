package io.channelbox.examples.typed;

/**
 * Something that was said, as everyone in the room is told:
 * {@code {"action":"chat","payload":"hello","username":"ann"}}. A name beside the payload is no part of a message in this
 * dialect, so this frame is written out; it is read as a {@link ClientMessage.Chat}.
 */
record Said(String action, String payload, String username) {

    static final String ACTION = "chat";

    Said(String text, String username) {
        this(ACTION, text, username);
    }
}
