package io.channelbox.examples.system.rest;

import io.channelbox.conversation.ChatMessageId;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.conversation.moderation.Term;
import io.channelbox.message.PeerException;
import io.channelbox.message.Problem;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes of the parts of requests what they stand for, or says what is wrong with them. */
final class Asked {

    /** Said of what is missing. */
    static final String MISSING = "Field required";

    private Asked() {}

    /** Returns what has to be there. */
    static <T> T require(String place, @Nullable T value) {
        if (value == null) {
            throw wrong(place, MISSING);
        }
        return value;
    }

    static ConversationId conversation(String place, long id) {
        if (id < 1) {
            throw wrong(place, "must be at least 1");
        }
        return new ConversationId(id);
    }

    /** Returns the conversation of a path. */
    static ConversationId conversation(long id) {
        return conversation("path.conversation_id", id);
    }

    static ChatMessageId message(String place, long id) {
        if (id < 1) {
            throw wrong(place, "must be at least 1");
        }
        return new ChatMessageId(id);
    }

    /** Returns the message of a path. */
    static ChatMessageId message(long id) {
        return message("path.message_id", id);
    }

    static UserId user(String place, String id) {
        try {
            return new UserId(id);
        } catch (IllegalArgumentException e) {
            throw wrong(place, "must be the id of a user");
        }
    }

    /** Returns how many are asked for, which is never more than are given at once. */
    static int limit(int limit) {
        if (limit < 1) {
            throw wrong("query.limit", "must be at least 1");
        }
        return Math.min(limit, Conversations.LARGEST_PAGE);
    }

    /** Returns the number of what the page before ended with. */
    static OptionalLong before(Optional<Long> number) {
        return number.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** Returns how long something holds: without an end, if none is asked for. */
    static Term term(@Nullable Long seconds) {
        if (seconds == null) {
            return Term.open();
        }
        if (seconds < 1 || seconds > Term.LONGEST.toSeconds()) {
            throw wrong("seconds", "must be from 1 to " + Term.LONGEST.toSeconds());
        }
        return Term.of(Duration.ofSeconds(seconds));
    }

    /** Returns why something is done, which need not be said. */
    static String reason(@Nullable String reason) {
        return Objects.requireNonNullElse(reason, "");
    }

    /** Returns what is made of the part of a request at this place, where whatever is wrong is told. */
    static <T> T at(String place, Supplier<T> made) {
        try {
            return made.get();
        } catch (PeerException e) {
            throw e.problems().isEmpty() ? e : wrong(place, e.problems().get(0).text());
        }
    }

    static PeerException wrong(String place, String text) {
        return PeerException.invalid(List.of(new Problem(place, text)));
    }
}
