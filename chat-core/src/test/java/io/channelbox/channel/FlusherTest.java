package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.auth.User;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.ManualExecutor;
import io.channelbox.fake.RecordingGatherer;
import io.channelbox.fake.TestBox;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who sends what broadcasts have queued. One thread may be at it, unless a test says otherwise. */
class FlusherTest {

    private final TestBox test = new TestBox();
    private final ManualExecutor executor = new ManualExecutor();
    private final Flusher flusher = new Flusher(executor, Runnable::run, 1);
    private final RecordingGatherer ann = new RecordingGatherer();
    private final RecordingGatherer bob = new RecordingGatherer();
    private final RecordingGatherer eve = new RecordingGatherer();

    @Test
    void whoeverBroadcastsSendsItToo() {
        Snapshot room = room("room", ann, bob);

        say(room, "hello");

        assertEquals(List.of(List.of("hello")), ann.writes());
        assertEquals(List.of(List.of("hello")), bob.writes());
        assertEquals(0, executor.waiting());
    }

    @Test
    void whatIsSaidDuringAFanOutLeavesTogether() {
        Snapshot room = room("room", ann, bob, eve);
        bob.duringNextSend(() -> {
            say(room, "second");
            say(room, "third");
        });

        say(room, "first");

        assertEquals(List.of(List.of("first"), List.of("second", "third")), ann.writes());
        assertEquals(List.of(List.of("first"), List.of("second", "third")), bob.writes());
        assertEquals(List.of(List.of("first", "second", "third")), eve.writes());
    }

    @Test
    void anotherGroupIsLeftToWhoeverIsAtIt() {
        Snapshot room = room("room", ann);
        Snapshot other = room("other", bob);
        var writes = new ArrayList<Integer>();
        ann.duringNextSend(() -> {
            say(other, "there");
            writes.add(bob.writes().size());
        });

        say(room, "here");

        assertEquals(List.of(0), writes);
        assertEquals(List.of(List.of("there")), bob.writes());
        assertEquals(0, executor.waiting());
    }

    @Test
    void aThreadThatHasSentToManyAsksForAnotherOne() {
        Snapshot large = large();
        Snapshot other = room("other", bob);
        ann.duringNextSend(() -> say(other, "there"));

        say(large, "here");
        assertEquals(List.of(), bob.writes());
        executor.run();

        assertEquals(List.of(List.of("there")), bob.writes());
    }

    @Test
    void aThreadGoesOnWhenTheExecutorRefuses() {
        executor.refuse(true);
        Snapshot large = large();
        Snapshot other = room("other", bob);
        ann.duringNextSend(() -> say(other, "there"));

        say(large, "here");

        assertEquals(List.of(List.of("there")), bob.writes());
    }

    @Test
    void aThreadThatDoesNotComeHoldsUpNobody() {
        Snapshot large = large();
        Snapshot other = room("other", bob);
        Snapshot third = room("third", eve);
        ann.duringNextSend(() -> say(other, "there"));

        say(large, "here");
        say(third, "everywhere");

        assertEquals(List.of(List.of("there")), bob.writes());
        assertEquals(List.of(List.of("everywhere")), eve.writes());
        assertEquals(1, executor.waiting());
    }

    @Test
    void whenAllThreadsAreHeldUpTheRescuerGoesOn() {
        Snapshot room = room("room", ann);
        Snapshot other = room("other", bob);
        var writes = new ArrayList<Integer>();
        ann.duringNextSend(
                () -> { // as if this send did not end
                    say(other, "there");
                    flusher.sweep();
                    writes.add(bob.writes().size());
                    flusher.sweep();
                    writes.add(bob.writes().size());
                });

        say(room, "here");

        assertEquals(List.of(0, 1), writes);
        assertEquals(List.of(List.of("there")), bob.writes());
    }

    @Test
    void membersOfALoopAreLeftToItWithOneTask() {
        var loop = new ManualExecutor();
        Snapshot room = room("room", ann.on(loop), bob.on(loop), eve);

        say(room, "hello");
        assertEquals(List.of(List.of("hello")), eve.writes());
        assertEquals(List.of(), ann.writes());
        assertEquals(1, loop.waiting());
        loop.run();

        assertEquals(List.of(List.of("hello")), ann.writes());
        assertEquals(List.of(List.of("hello")), bob.writes());
    }

    @Test
    void whatIsSaidBeforeALoopComesToItLeavesTogether() {
        var loop = new ManualExecutor();
        Snapshot room = room("room", ann.on(loop));

        say(room, "first");
        say(room, "second");
        assertEquals(1, loop.waiting());
        loop.run();

        assertEquals(List.of(List.of("first", "second")), ann.writes());
    }

    @Test
    void whatIsSaidWhileALoopIsAtItComesInItsNextTurn() {
        var loop = new ManualExecutor();
        Snapshot room = room("room", ann.on(loop), bob.on(loop));
        bob.duringNextSend(() -> say(room, "second"));

        say(room, "first");
        loop.run();

        assertEquals(List.of(List.of("first"), List.of("second")), ann.writes());
        assertEquals(List.of(List.of("first"), List.of("second")), bob.writes());
        assertEquals(0, loop.waiting());
    }

    @Test
    void eachLoopGetsItsOwnMembers() {
        var loop = new ManualExecutor();
        var other = new ManualExecutor();
        Snapshot room = room("room", ann.on(loop), bob.on(other));

        say(room, "hello");
        other.run();

        assertEquals(List.of(), ann.writes());
        assertEquals(List.of(List.of("hello")), bob.writes());
    }

    @Test
    void aLoopThatHasEndedKeepsNothing() {
        var loop = new ManualExecutor();
        loop.refuse(true);
        Snapshot room = room("room", ann.on(loop));

        say(room, "hello");

        assertEquals(List.of(List.of("hello")), ann.writes());
    }

    @Test
    void aMemberWhoseConnectionFailsKeepsNothingFromTheOthers() {
        Snapshot room = room("room", ann, bob);
        ann.duringNextSend(() -> {
            throw new AssertionError("broken");
        });

        say(room, "hello");

        assertEquals(List.of(List.of("hello")), bob.writes());
    }

    private Snapshot large() {
        return room(
                "large",
                IntStream.range(0, 256)
                        .mapToObj(i -> i == 0 ? ann : new RecordingGatherer())
                        .toArray(RecordingGatherer[]::new));
    }

    private Snapshot room(String name, RecordingGatherer... members) {
        return Snapshot.of(List.of(members).stream()
                .map(connection -> Membership.live(open(connection), GroupName.of(name)))
                .toList());
    }

    private Channel open(RecordingGatherer connection) {
        return test.box.open(connection, Opening.of(User.named("someone"), TextCodec.PLAIN));
    }

    private void say(Snapshot room, String text) {
        for (Membership member : room.members()) {
            member.channel().outbox().put(Frame.text(text), OverflowPolicy.CLOSE);
        }
        flusher.queued(room);
        flusher.flush();
    }
}
