package io.channelbox.examples.typed;

import io.channelbox.codec.Codec;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.examples.typed.ClientMessage.Chat;
import io.channelbox.examples.typed.RoomTopic.RoomEvent;
import io.channelbox.examples.typed.ServerMessage.Entry;
import io.channelbox.examples.typed.ServerMessage.History;
import io.channelbox.history.HistoryPage;
import io.channelbox.message.Message;
import io.channelbox.message.UserId;

/** What was said in a room, on its page or in its topic, as it is told to those who come later. */
final class RoomHistory {

    /** How what was said is kept. */
    static final Codec<Object> CODEC = TypedJsonCodec.ofTypes(Dialect.STYLE, Chat.class, RoomEvent.class);

    private RoomHistory() {}

    static History of(HistoryPage page) {
        return new History(
                page.entries().stream().map(entry -> entryOf(entry.message())).toList());
    }

    private static Entry entryOf(Message message) {
        String username = message.sender().map(UserId::value).orElse("");
        return new Entry(username, textOf(message), Dialect.timestamp(message.sentAt()));
    }

    private static String textOf(Message message) {
        Object said = CODEC.decode(message.payload().frame());
        return said instanceof RoomEvent event ? event.body() : ((Chat) said).text();
    }
}
