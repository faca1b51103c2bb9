package io.channelbox.testkit;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.message.Payload;
import java.util.List;

/** The room that the kit's tests chat in, written as a user would. */
class ChatRoom extends ChannelConsumer<ChatRoom.Say> {

    record Say(String text) {}

    record Said(String user, String text) {}

    record Notice(String notice) {}

    record Past(List<Payload> past) {}

    private Group room;

    @Override
    protected void onConnect(Channel me) {
        room = group("chat:" + me.handshake().path("room_id"));
        room.joinWithHistory(me, latest(50), page -> new Past(page.payloads()));
        room.broadcast(new Notice(me.user().name() + " joined"));
    }

    @Override
    protected void onReceive(Channel me, Say say) {
        room.broadcast(new Said(me.user().name(), say.text()), savingHistory());
    }

    @Override
    protected void onDisconnect(Channel me, CloseStatus status) {
        room.broadcast(new Notice(me.user().name() + " left"));
    }
}
