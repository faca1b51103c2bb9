package io.channelbox.readme;

import io.channelbox.channel.Channel;
import io.channelbox.channel.Group;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.message.Payload;
import io.channelbox.message.PeerException;
import java.time.Instant;
import java.util.List;

final class RoomConsumer extends ChannelConsumer<RoomConsumer.Say> {

    record Say(String text) {}

    record Said(String user, String text, Instant at) {}

    record Past(List<Payload> messages) {}

    private Group room;

    @Override
    protected void onConnect(Channel me) {
        room = group("room:" + me.handshake().path("room_id"));
        room.joinWithHistory(me, latest(50), page -> new Past(page.payloads())); // no gap, no repeat
    }

    @Override
    protected void onReceive(Channel me, Say say) {
        if (say.text() == null || say.text().isBlank()) {
            throw PeerException.invalid("'text' must not be empty");
        }
        room.broadcast(new Said(me.user().name(), say.text(), box().clock().instant()), savingHistory());
    }
}
