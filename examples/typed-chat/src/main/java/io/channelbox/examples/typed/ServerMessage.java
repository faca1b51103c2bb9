package io.channelbox.examples.typed;

import com.fasterxml.jackson.annotation.JsonValue;
import io.channelbox.message.TypeName;
import java.util.List;

/** What clients in a room are sent besides what is said. */
sealed interface ServerMessage {

    /** What was said before, oldest first. */
    @TypeName("history")
    record History(@JsonValue List<Entry> entries) implements ServerMessage {}

    /** Somebody has come, on one of their devices. */
    @TypeName("user_joined")
    record UserJoined(String username, String roomName, String timestamp) implements ServerMessage {}

    /** Somebody has gone, on one of their devices. */
    @TypeName("user_left")
    record UserLeft(String username, String roomName, String timestamp) implements ServerMessage {}

    /** Yes, somebody is there. */
    @TypeName("pong")
    record Pong() implements ServerMessage {}

    /** Something that was said before. */
    record Entry(String username, String message, String timestamp) {}
}
