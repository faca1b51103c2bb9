package io.channelbox.readme;

import com.fasterxml.jackson.annotation.JsonValue;
import io.channelbox.message.TypeName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

sealed interface Words {

    @TypeName("say")
    record Say(String text, Optional<String> roomName, List<Attachment> attachments) implements Words {
        public Say {
            Objects.requireNonNull(text, "text"); // told as: 'text' is missing
            if (text.isBlank()) {
                throw new IllegalArgumentException("text must not be blank");
            }
            attachments = attachments == null ? List.of() : List.copyOf(attachments);
        }
    }

    @TypeName("ping")
    record Ping() implements Words {}

    @TypeName("status")
    record Status(Mood mood, Instant since) implements Words {}

    enum Mood {
        HERE,
        AWAY
    }

    sealed interface Attachment {

        @TypeName("picture")
        record Picture(String url, int width) implements Attachment {}

        @TypeName("link")
        record Link(Url url) implements Attachment {}
    }

    record Url(@JsonValue String text) {}
}
