package io.channelbox.examples.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link RoomConsumer} sends: JSON with the name of the frame in {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonNaming(SnakeCaseStrategy.class)
sealed interface RoomFrame {

    @JsonTypeName("message")
    record Said(String user, String content, Instant timestamp) implements RoomFrame {}

    @JsonTypeName("system")
    record Notice(String content, Instant timestamp) implements RoomFrame {}

    @JsonTypeName("typing")
    record Typing(String user, boolean isTyping) implements RoomFrame {}

    @JsonTypeName("private")
    record Private(String fromUser, String content, Instant timestamp) implements RoomFrame {}

    @JsonTypeName("history")
    record History(List<RoomFrame> messages) implements RoomFrame {}

    @JsonTypeName("online_users")
    record OnlineUsers(List<String> users) implements RoomFrame {}

    /** Answers a frame that had a {@code ref}: it was said, now or when it came before. */
    @JsonTypeName("ack")
    record Ack(String ref) implements RoomFrame {}

    /** Answers a frame that was not understood, or not allowed. */
    @JsonTypeName("error")
    record Mistake(
            String code,
            String message,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String ref) implements RoomFrame {}
}
