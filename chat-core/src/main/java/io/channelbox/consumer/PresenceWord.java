package io.channelbox.consumer;

import io.channelbox.message.TypeName;
import java.util.Objects;
import java.util.Optional;

/** What a peer may say of presence in a topic, where the topic has no messages of these names itself. */
sealed interface PresenceWord {

    /** Who is here? */
    @TypeName("presence")
    record Show() implements PresenceWord {}

    /** What the user says of themselves: {@code online}, {@code away} or {@code busy}, and a text. */
    @TypeName("status")
    record Status(String status, Optional<String> text) implements PresenceWord {

        /** Refuses missing parts. */
        public Status {
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(text, "text");
        }
    }

    /** Whether the user is writing something. */
    @TypeName("typing")
    record Typing(boolean typing) implements PresenceWord {}
}
