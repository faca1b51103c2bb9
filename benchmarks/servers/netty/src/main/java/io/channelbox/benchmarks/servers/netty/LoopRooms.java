package io.channelbox.benchmarks.servers.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** The members of all rooms whose channels are on one loop. */
final class LoopRooms {

    private record Publication(String room, ByteBuf frame) {}

    private static final class Room {

        private final List<Channel> members = new ArrayList<>();
        private final List<ByteBuf> waiting = new ArrayList<>();
    }

    private final EventLoop loop;
    private final Queue<Publication> published = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    // Touched on the loop only.
    private final Map<String, Room> rooms = new HashMap<>();

    LoopRooms(EventLoop loop) {
        this.loop = loop;
    }

    /** Called on the loop. */
    void join(String room, Channel channel) {
        List<Channel> members = rooms.computeIfAbsent(room, name -> new Room()).members;
        members.add(channel);
        channel.closeFuture().addListener(closed -> members.remove(channel));
    }

    /** Called on any thread. */
    void publish(String room, ByteBuf frame) {
        published.add(new Publication(room, frame));
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(this::writeAll);
        }
    }

    private void writeAll() {
        scheduled.set(false);
        List<Room> touched = new ArrayList<>();
        for (Publication next = published.poll(); next != null; next = published.poll()) {
            Room room = rooms.get(next.room);
            if (room == null) {
                next.frame.release();
                continue;
            }
            if (room.waiting.isEmpty()) {
                touched.add(room);
            }
            room.waiting.add(next.frame);
        }
        touched.forEach(LoopRooms::write);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A write that fails is a channel that closes.
    private static void write(Room room) {
        ByteBuf burst = room.waiting.size() == 1 ? room.waiting.get(0) : joined(room.waiting);
        room.waiting.clear();
        // A copy: a member that cannot take it is closed, and then is one no more.
        for (Channel member : List.copyOf(room.members)) {
            member.writeAndFlush(burst.retainedDuplicate());
        }
        burst.release();
    }

    private static ByteBuf joined(List<ByteBuf> frames) {
        int length = frames.stream().mapToInt(ByteBuf::readableBytes).sum();
        ByteBuf joined = Unpooled.directBuffer(length);
        for (ByteBuf frame : frames) {
            joined.writeBytes(frame);
            frame.release();
        }
        return joined;
    }
}
