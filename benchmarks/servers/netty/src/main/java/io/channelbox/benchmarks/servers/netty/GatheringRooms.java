package io.channelbox.benchmarks.servers.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rooms by loop: what came while a loop wrote leaves as one write to each of its channels. */
final class GatheringRooms implements Rooms {

    private final Map<EventLoop, LoopRooms> loops = new ConcurrentHashMap<>();

    @Override
    public void join(String room, Channel channel) {
        loops.computeIfAbsent(channel.eventLoop(), LoopRooms::new).join(room, channel);
    }

    @Override
    public void publish(String room, ByteBuf frame) {
        loops.values().forEach(loop -> loop.publish(room, frame.retainedDuplicate()));
        frame.release();
    }
}
