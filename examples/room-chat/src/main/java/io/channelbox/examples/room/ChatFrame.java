package io.channelbox.examples.room;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link ChatConsumer}, {@link PresenceConsumer} and {@link DirectConsumer} send: JSON with the name of the frame in {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface ChatFrame {

    @JsonTypeName("message")
    record Said(String user, String content, Instant timestamp) implements ChatFrame {}

    @JsonTypeName("system")
    record Notice(String message, Instant timestamp) implements ChatFrame {}

    @JsonTypeName("history")
    record History(List<ChatFrame> messages) implements ChatFrame {}

    @JsonTypeName("status")
    record Status(String user, String status, Instant timestamp) implements ChatFrame {}

    @JsonTypeName("users")
    record Users(long count) implements ChatFrame {}

    @JsonTypeName("direct_message")
    record Direct(String from, String content, Instant timestamp) implements ChatFrame {}

    /** What clients of a chat and of private messages send. */
    record Say(@Nullable String message) {}
}
