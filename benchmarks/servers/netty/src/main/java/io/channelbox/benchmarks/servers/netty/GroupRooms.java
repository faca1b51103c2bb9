package io.channelbox.benchmarks.servers.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Netty's own groups: each frame is a write of its own to each channel. */
final class GroupRooms implements Rooms {

    private final Map<String, ChannelGroup> rooms = new ConcurrentHashMap<>();

    @Override
    public void join(String room, Channel channel) {
        rooms.computeIfAbsent(room, name -> new DefaultChannelGroup(name, GlobalEventExecutor.INSTANCE))
                .add(channel);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // A write that fails is a channel that closes.
    public void publish(String room, ByteBuf frame) {
        ChannelGroup members = rooms.get(room);
        if (members == null) {
            frame.release();
        } else {
            members.writeAndFlush(frame);
        }
    }
}
