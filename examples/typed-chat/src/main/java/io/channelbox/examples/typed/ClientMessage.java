package io.channelbox.examples.typed;

import com.fasterxml.jackson.annotation.JsonValue;
import io.channelbox.message.TypeName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What a client in a room may send. */
sealed interface ClientMessage {

    /** Says something to everyone in the room: {@code {"action":"chat","payload":"hello"}}. */
    @TypeName("chat")
    record Chat(
            @JsonValue @NotBlank @Size(max = LONGEST_TEXT) String text) implements ClientMessage {}

    /** Asks whether anyone is there: {@code {"action":"ping","payload":null}}. */
    @TypeName("ping")
    record Ping() implements ClientMessage {}

    /** How many characters may be said at once. */
    int LONGEST_TEXT = 2_000;
}
