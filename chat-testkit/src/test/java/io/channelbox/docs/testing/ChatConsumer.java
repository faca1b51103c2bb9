package io.channelbox.docs.testing;

import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.TypedConsumer;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;

final class ChatConsumer extends TypedConsumer<ChatConsumer.Say> {

    @TypeName("say")
    record Say(String text) {}

    sealed interface Told {}

    @TypeName("joined")
    record Joined(String user) implements Told {}

    @TypeName("said")
    record Said(String user, String text) implements Told {}

    @Override
    protected void onConnect(Channel me) {
        join(room());
        broadcast(room(), new Joined(me.user().name()));
    }

    @Override
    protected void handlers(Handlers<Say> on) {
        on.answer(Say.class, this::say);
    }

    private BroadcastResult say(Say say) {
        if (say.text().isBlank()) {
            throw PeerException.invalid("'text' must not be empty");
        }
        return broadcast(room(), new Said(channel().user().name(), say.text()), savingHistory());
    }

    private String room() {
        return "chat:" + channel().handshake().path("room");
    }
}
