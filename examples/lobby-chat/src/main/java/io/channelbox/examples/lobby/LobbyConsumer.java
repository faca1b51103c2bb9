package io.channelbox.examples.lobby;

import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.consumer.ChannelConsumer;

/** One visitor of the lobby: hears everyone, is heard by everyone, and holds a name meanwhile. */
final class LobbyConsumer extends ChannelConsumer<String> {

    private final Names names;
    private boolean isIn;

    LobbyConsumer(Names names) {
        this.names = names;
    }

    @Override
    protected void onConnect(Channel me) {
        isIn = names.take(me.user().name());
        if (!isIn) { // free when the handshake asked, but another was faster
            throw new CloseException(CloseStatus.REPLACED.because("this name is taken"));
        }
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
    protected void onDisconnect(Channel me, CloseStatus status) {
        if (isIn) {
            broadcast("lobby", me.user().name() + " left.");
            names.release(me.user().name());
        }
    }
}
