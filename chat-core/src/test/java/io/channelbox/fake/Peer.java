package io.channelbox.fake;

import io.channelbox.channel.Channel;
import java.util.List;

/** Both ends of one channel. */
public record Peer(Channel channel, RecordingConnection connection) {

    /** Returns the texts that have arrived. */
    public List<String> texts() {
        return connection.texts();
    }

    /** Returns the codes the connection was told to close with. */
    public List<Integer> closeCodes() {
        return connection.closeCodes();
    }
}
