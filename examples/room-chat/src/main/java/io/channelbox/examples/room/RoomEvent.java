package io.channelbox.examples.room;

import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.history.HistoryPage;
import io.channelbox.message.TypeName;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * What happens in a room, for everyone in it and for its history. This is how it is kept, and how the page is told; what the
 * original clients are told of it instead, {@link Dialect} says.
 */
sealed interface RoomEvent {

    /** Somebody has said something. */
    @TypeName("said")
    record Said(String user, String content, Instant timestamp) implements RoomEvent {}

    /** Somebody has come with their first device. */
    @TypeName("arrived")
    record Arrived(String user, Instant timestamp) implements RoomEvent {}

    /** Somebody has gone with their last device. */
    @TypeName("left")
    record Left(String user, Instant timestamp) implements RoomEvent {}

    /** How it is kept. */
    TypedJsonCodec<RoomEvent> KEPT = TypedJsonCodec.of(RoomEvent.class, JsonStyle.DEFAULT);

    /** Returns what is on a page of a room's history, in somebody's words. */
    static <W> List<W> on(HistoryPage page, Function<RoomEvent, W> words) {
        return page.payloads().stream()
                .map(payload -> words.apply(KEPT.decode(payload.frame())))
                .toList();
    }
}
