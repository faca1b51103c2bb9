package io.channelbox.examples.room;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What a client of {@link RoomConsumer} sends: the {@code type} says which of the other fields count.
 *
 * @param ref a name that the client gives to this frame, if it wants to know what became of it
 */
@JsonNaming(SnakeCaseStrategy.class)
record RoomRequest(
        @Nullable String type,
        @Nullable String content,
        @Nullable String toUser,
        @Nullable Boolean isTyping,
        @Nullable String ref) {}
