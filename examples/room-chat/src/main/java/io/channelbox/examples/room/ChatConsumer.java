package io.channelbox.examples.room;

import static java.util.Objects.requireNonNull;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.codec.Codec;
import io.channelbox.consumer.ChannelConsumer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A room in one of three sockets, {@code /chat/{room_id}}. Who comes is told {@code system}, then {@code history}, which ends
 * with that same arrival.
 */
final class ChatConsumer extends ChannelConsumer<ChatFrame.Say> {

    static final Codec<ChatFrame.Say> JSON =
            Dialect.of("chat", ChatFrame.Say.class, ChatConsumer::inOurWords, message -> {
                throw new IllegalArgumentException("private messages have a socket of their own");
            });

    private final Arrivals arrivals;
    private final RoomPresence presence;
    private @Nullable Group room;

    ChatConsumer(Arrivals arrivals, RoomPresence presence) {
        this.arrivals = arrivals;
        this.presence = presence;
    }

    @Override
    protected Codec<ChatFrame.Say> codec() {
        return JSON;
    }

    @Override
    protected void onConnect(Channel me) {
        Group entered = group(RoomName.of(RoomConsumer.KIND, me.handshake().path("room_id")));
        var joined = new RoomEvent.Arrived(me.user().name(), now());
        arrivals.arrive(entered, me.user(), () -> entered.broadcast(joined, savingHistory()), () -> {});
        room = entered;
        entered.joinWithHistory(me, latest(RoomConsumer.SHOWN), (page, out) -> {
            out.accept(joined);
            out.accept(new ChatFrame.History(RoomEvent.on(page, ChatConsumer::inOurWords)));
        });
        presence.enter(me, entered.name());
    }

    @Override
    protected void onReceive(Channel me, ChatFrame.Say said) {
        String content = MessageText.in("message", said.message());
        requireNonNull(room).broadcast(new RoomEvent.Said(me.user().name(), content, now()), savingHistory());
    }

    @Override
    protected void onDisconnect(Channel me, CloseStatus status) {
        if (room != null) {
            Group left = room;
            var notice = new RoomEvent.Left(me.user().name(), now());
            arrivals.depart(left, me.user(), () -> left.broadcast(notice, savingHistory()));
        }
    }

    private static ChatFrame inOurWords(RoomEvent event) {
        if (event instanceof RoomEvent.Said said) {
            return new ChatFrame.Said(said.user(), said.content(), said.timestamp());
        }
        if (event instanceof RoomEvent.Arrived arrived) {
            return new ChatFrame.Notice(arrived.user() + " joined the chat", arrived.timestamp());
        }
        var left = (RoomEvent.Left) event;
        return new ChatFrame.Notice(left.user() + " left the chat", left.timestamp());
    }

    private Instant now() {
        return box().clock().instant();
    }
}
