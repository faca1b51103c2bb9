package io.channelbox.examples.lobby;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.ChannelConsumer;

final class LobbyConsumer extends ChannelConsumer<String> { // a new one for each connection

    @Override
    protected void onConnect(Channel me) {
        join("lobby");
        broadcast("lobby", me.user().name() + " joined.");
    }

    @Override
    protected void onReceive(Channel me, String text) {
        String line = text.strip().replaceAll("\\R", " "); // or one could write lines in another's name
        if (!line.isEmpty()) {
            broadcast("lobby", me.user().name() + ": " + line);
        }
    }

    @Override
    protected void onDisconnect(Channel me, CloseStatus status) { // it has left the lobby by itself
        broadcast("lobby", me.user().name() + " left.");
    }
}
