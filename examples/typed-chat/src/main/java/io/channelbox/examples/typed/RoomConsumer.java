package io.channelbox.examples.typed;

import static java.util.Objects.requireNonNull;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.channel.RemovedFromGroup;
import io.channelbox.codec.Codec;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.consumer.AuthenticationReply;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.examples.typed.ClientMessage.Chat;
import io.channelbox.examples.typed.ClientMessage.Ping;
import io.channelbox.examples.typed.RoomTopic.RoomEvent;
import io.channelbox.examples.typed.ServerMessage.Pong;
import io.channelbox.examples.typed.ServerMessage.UserJoined;
import io.channelbox.examples.typed.ServerMessage.UserLeft;
import io.channelbox.message.PeerException;
import org.jspecify.annotations.Nullable;

/**
 * One device in a room, {@code /ws/chat/{room_id}/}. Who comes is told {@code authentication}, {@code history}, also
 * when it is empty, and {@code user_joined} as everyone is. What is said is on disk before anybody is told, who said it included.
 */
final class RoomConsumer extends TypedConsumer<ClientMessage> {

    private static final int SHOWN = 50;
    private static final Codec<ClientMessage> JSON =
            TypedJsonCodec.of(ClientMessage.class, Dialect.STYLE).validatedBy(AnnotationValidator.INSTANCE);

    private final Rooms rooms;
    private @Nullable Room entered;

    RoomConsumer(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    protected void handlers(Handlers<ClientMessage> on) {
        on.answer(Ping.class, ping -> new Pong());
        on.answer(Chat.class, this::say);
        on.onEvent(RemovedFromGroup.class, this::goOut);
        on.sends(AuthenticationReply.class, ServerMessage.class, Chat.class, RoomEvent.class);
    }

    @Override
    protected void onConnect(Channel me) {
        Room room =
                rooms.find(me.handshake().path("room_id")).orElseThrow(() -> new CloseException(CloseStatus.NOT_FOUND));
        group(room.group()).joinWithHistory(me, latest(SHOWN), RoomHistory::of);
        entered = room;
        announce(new UserJoined(me.user().name(), room.name(), now()));
    }

    private BroadcastResult say(Chat chat) {
        Channel me = channel();
        return group(room().group())
                .broadcast(
                        new Said(chat.text(), me.user().name()),
                        savingHistory().ofKind(Said.ACTION).markedAsSaidBy(me));
    }

    private void goOut(RemovedFromGroup removed) {
        throw new CloseException(CloseStatus.FORBIDDEN.because("You are no longer a member of this room."));
    }

    @Override
    protected void onDisconnect(Channel me, CloseStatus status) {
        if (entered != null) {
            announce(new UserLeft(me.user().name(), entered.name(), now()));
        }
    }

    @Override
    protected Codec<ClientMessage> codec() {
        return JSON;
    }

    @Override
    protected Mistake errorReply(PeerException mistake) {
        return Mistake.of(mistake);
    }

    /** The room says it, not the user, who may have been put out of it. */
    private void announce(ServerMessage notice) {
        Group room = box().group(room().group());
        room.broadcast(notice, PublishOptions.DEFAULT.markedAsSaidBy(channel()));
    }

    private Room room() {
        return requireNonNull(entered);
    }

    private String now() {
        return Dialect.timestamp(box().clock().instant());
    }
}
