package io.channelbox.benchmarks;

import io.channelbox.channel.BroadcastResult;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.Group;
import io.channelbox.channel.LeaveStatus;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A text of 128 bytes is said to a group whose members' connections take it at once: what the library itself costs per delivery. The
 * counter is the figure; one operation is one broadcast.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FanOutBenchmark {

    private static final String TEXT =
            "Shall we meet at the usual place at eight? ".repeat(3).substring(0, 128);

    /** A box, and one room that everybody speaks in. */
    @State(Scope.Benchmark)
    public static class House {

        /** How many are in a room. */
        @Param({"1", "10", "100", "1000", "10000"})
        public int members;

        private final ChannelBox box = Members.boxDropping(); // several speak faster than one thread carries
        private final Group lobby = box.group("room:lobby");
        private final AtomicInteger rooms = new AtomicInteger();

        /** Fills the lobby. */
        @Setup
        public void enter() {
            Members.fill(lobby, box, members);
        }

        /** Ends. */
        @TearDown
        public void end() {
            Members.close(box);
        }
    }

    /** A room that one thread speaks in. */
    @State(Scope.Thread)
    public static class Room {

        private @Nullable Group group;

        /** Fills the room. */
        @Setup
        public void enter(House house) {
            Group empty = house.box.group("room:" + house.rooms.incrementAndGet());
            Members.fill(empty, house.box, house.members);
            group = empty;
        }
    }

    /** Somebody who cannot decide. */
    @State(Scope.Thread)
    public static class Guest {

        private @Nullable Channel channel;

        /** Comes to the house, into none of its rooms. */
        @Setup
        public void enter(House house) {
            channel = Members.enter(house.box, "guest");
        }
    }

    /** What arrived. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Arrived {

        /** Frames that members got. */
        public long deliveries;

        /** Begins anew. */
        @Setup(Level.Iteration)
        public void begin() {
            deliveries = 0;
        }
    }

    /** Each thread speaks in a room of its own. */
    @Benchmark
    public BroadcastResult ownRoom(Room room, Arrived arrived) {
        return said(Objects.requireNonNull(room.group), arrived);
    }

    /** All threads speak in one room. */
    @Benchmark
    public BroadcastResult oneRoom(House house, Arrived arrived) {
        return said(house.lobby, arrived);
    }

    /** One thread speaks in a room in which another lets somebody come and go. */
    @Benchmark
    @org.openjdk.jmh.annotations.Group("churn")
    @GroupThreads(1)
    public BroadcastResult said(House house, Arrived arrived) {
        return said(house.lobby, arrived);
    }

    /** The other thread. */
    @Benchmark
    @org.openjdk.jmh.annotations.Group("churn")
    @GroupThreads(1)
    public LeaveStatus cameAndWent(House house, Guest guest) {
        Channel channel = Objects.requireNonNull(guest.channel);
        house.lobby.join(channel);
        return house.lobby.leave(channel);
    }

    private static BroadcastResult said(Group group, Arrived arrived) {
        BroadcastResult result = group.broadcast(TEXT);
        arrived.deliveries += result.queued();
        return result;
    }
}
