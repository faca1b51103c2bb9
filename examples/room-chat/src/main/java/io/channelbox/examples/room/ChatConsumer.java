package io.channelbox.examples.room;

import static java.util.Objects.requireNonNull;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.consumer.ChannelConsumer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A chat in one of three sockets, {@code /chat/{room_id}}. Who comes is told {@code system}, then {@code history}, which ends
 * with that same arrival.
 */
final class ChatConsumer extends ChannelConsumer<ChatFrame.Say> {

    static final String KIND = "chat";

    private final Arrivals arrivals;
    private @Nullable Group room;

    ChatConsumer(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    @Override
    protected void onConnect(Channel me) {
        Group entered = group(RoomName.of(KIND, me.handshake().path("room_id")));
        var joined = new ChatFrame.Notice(me.user().name() + " joined the chat", now());
        arrivals.arrive(entered, me.user(), () -> entered.broadcast(joined, savingHistory()), () -> {});
        room = entered;
        entered.joinWithHistory(me, latest(RoomConsumer.SHOWN), (page, out) -> {
            out.accept(joined);
            out.accept(new ChatFrame.History(page.payloads()));
        });
    }

    @Override
    protected void onReceive(Channel me, ChatFrame.Say said) {
        String content = MessageText.in("message", said.message());
        requireNonNull(room).broadcast(new ChatFrame.Said(me.user().name(), content, now()), savingHistory());
    }

    @Override
    protected void onDisconnect(Channel me, CloseStatus status) {
        if (room != null) {
            Group left = room;
            var notice = new ChatFrame.Notice(me.user().name() + " left the chat", now());
            arrivals.depart(left, me.user(), () -> left.broadcast(notice, savingHistory()));
        }
    }

    private Instant now() {
        return box().clock().instant();
    }
}
