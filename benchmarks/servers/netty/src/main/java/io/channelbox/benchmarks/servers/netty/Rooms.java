package io.channelbox.benchmarks.servers.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** Who is in which room. A channel that closes is in none. */
interface Rooms {

    /** Puts the channel into the room. Called on the channel's loop. */
    void join(String room, Channel channel);

    /** Writes the frame to all in the room, and releases it. */
    void publish(String room, ByteBuf frame);
}
