package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.broker.Deliveries;
import io.channelbox.broker.Delivery;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.Envelope;
import io.channelbox.codec.TextCodec;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.HookedStore;
import io.channelbox.fake.ManualTime;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.Frame;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What members that read slowly are spared: older states, and what was worth something only then. */
class DeliveryTest {

    private static final PublishOptions STATE = PublishOptions.DEFAULT.asState("ann");
    private static final PublishOptions EPHEMERAL = PublishOptions.DEFAULT.asEphemeral();

    private final TestBox test = new TestBox(builder -> builder.outbox(OutboxLimits.DEFAULT.withFrames(8)));

    @Test
    void aSlowMemberGetsTheLatestStateAndAFastOneGetsThemAll() {
        Peer slow = slow("slow");
        Peer fast = test.enter("fast", "room");

        room().broadcast("away", STATE);
        room().broadcast("hello");
        BroadcastResult latest = room().broadcast("online", STATE);
        slow.connection().completeAll();

        assertEquals(new Deliveries(2, 0, 0), latest.published().deliveries());
        assertEquals(List.of("in flight", "hello", "online"), slow.texts());
        assertEquals(List.of("away", "hello", "online"), fast.texts());
        assertEquals(
                List.of(new ChatEvent.StatesCoalesced(slow.channel().id(), 1)),
                test.events(ChatEvent.StatesCoalesced.class));
    }

    @Test
    void aThousandStatesTakeTheRoomOfOne() {
        Peer slow = slow("slow");

        IntStream.range(0, 1_000).forEach(i -> room().broadcast(i, STATE));
        slow.connection().completeAll();

        assertEquals(List.of("in flight", "999"), slow.texts());
        assertTrue(slow.channel().isOpen());
    }

    @Test
    void theSameKeyInAnotherGroupIsAnotherState() {
        Peer slow = slow("slow");
        test.box.group("other").join(slow.channel());

        room().broadcast("here", STATE);
        test.box.group("other").broadcast("there", STATE);
        slow.channel().send("own", Envelope.NONE, Delivery.state("ann"));
        slow.connection().completeAll();

        assertEquals(List.of("in flight", "here", "there", "own"), slow.texts());
    }

    @Test
    void whoHasHalfAnOutboxWaitingIsNotToldWhatIsEphemeral() {
        Peer slow = slow("slow");
        IntStream.range(0, 4).forEach(i -> room().broadcast(i));

        BroadcastResult result = room().broadcast("typing", EPHEMERAL);

        assertEquals(new Deliveries(0, 1, 0), result.published().deliveries());
        assertEquals(
                List.of(new ChatEvent.EphemeralDropped(slow.channel().id(), 1)),
                test.events(ChatEvent.EphemeralDropped.class));
    }

    @Test
    void whatIsEphemeralGoesBeforeAChannelIsClosedForBeingSlow() {
        Peer slow = slow("slow");
        room().broadcast("typing", EPHEMERAL);
        room().broadcast("typing still", EPHEMERAL);

        IntStream.range(0, 8).forEach(i -> room().broadcast(i));
        assertTrue(slow.channel().isOpen());
        assertEquals(
                List.of(new ChatEvent.EphemeralDropped(slow.channel().id(), 2)),
                test.events(ChatEvent.EphemeralDropped.class));

        room().broadcast("too much");
        assertFalse(slow.channel().isOpen());
        assertEquals(1, test.events(ChatEvent.ChannelOverflowed.class).size());
    }

    @Test
    void aKindOfGroupSaysWhatMayBecomeOfWhatItDoesNotKeep() {
        var declared = new TestBox(builder -> builder.outbox(OutboxLimits.DEFAULT.withFrames(2))
                .groups(
                        "cursors",
                        GroupSettings.DEFAULT.saving(Retention.DEFAULT).delivering(Delivery.EPHEMERAL)));
        Peer slow = declared.enter("slow", "cursors:1");
        slow.connection().sending(Sends.LATER);
        Group cursors = declared.box.group("cursors:1");
        cursors.broadcast("kept, so it arrives");
        cursors.broadcast("so does this");

        BroadcastResult ephemeral = cursors.broadcast("not kept", PublishOptions.DEFAULT.withoutHistory());
        BroadcastResult message = cursors.broadcast(
                "must arrive", PublishOptions.DEFAULT.withoutHistory().asMessage());

        assertEquals(1, ephemeral.dropped());
        assertEquals(1, message.queued());
    }

    @Test
    void whatIsKeptIsPromisedToArrive() {
        var kept = PublishOptions.DEFAULT.savingHistory();

        var refused = assertThrows(IllegalArgumentException.class, () -> kept.asState("ann"));
        assertThrows(IllegalArgumentException.class, kept::asEphemeral);
        assertThrows(IllegalArgumentException.class, STATE::savingHistory);

        assertTrue(String.valueOf(refused.getMessage()).contains("Leave out savingHistory()"));
    }

    @Test
    void statesAndWhatIsEphemeralAreNotKeptWhereOthersAre() {
        var keeping = new TestBox(builder -> builder.groups("room", GroupSettings.DEFAULT.saving(Retention.DEFAULT)));
        Group room = keeping.box.group("room:1");

        room.broadcast("away", STATE);
        room.broadcast("typing", EPHEMERAL);
        room.broadcast("hello", PublishOptions.DEFAULT.asMessage());

        assertEquals(1, room.historyStats().count());
    }

    @Test
    void whatFollowsAStateIsLeftOutWithIt() {
        Peer slow = test.enter(Opening.of(User.named("slow"), TextCodec.PLAIN).withTrailer(Frame.text("done")));
        room().join(slow.channel());
        slow.connection().sending(Sends.LATER);
        slow.channel().send("in flight");

        IntStream.range(0, 100).forEach(i -> room().broadcast(i, STATE));
        room().broadcast("typing", EPHEMERAL);
        slow.connection().completeAll();

        assertEquals(List.of("in flight", "99", "done", "typing", "done"), slow.texts());
    }

    @Test
    void whoReadsTheHistoryIsSparedTheSame() {
        var time = new ManualTime();
        var store = new HookedStore(time);
        var reading = new TestBox(builder -> builder.history(store).outbox(OutboxLimits.DEFAULT.withFrames(4)));
        Peer ann = reading.enter("ann");
        Group room = reading.box.group("room");
        store.afterRead(() -> {
            room.broadcast("typing", EPHEMERAL);
            room.broadcast("away", STATE);
            assertEquals(1, room.broadcast("typing again", EPHEMERAL).dropped());
            room.broadcast("hello");
            room.broadcast("online", STATE);
        });

        room.joinWithHistory(ann.channel(), HistoryQuery.latest(10), page -> page.payloads());

        assertEquals(List.of("[]", "typing", "hello", "online"), ann.texts());
        assertEquals(1, reading.events(ChatEvent.EphemeralDropped.class).size());
    }

    private Peer slow(String user) {
        Peer slow = test.enter(user, "room");
        slow.connection().sending(Sends.LATER);
        slow.channel().send("in flight");
        return slow;
    }

    private Group room() {
        return test.box.group("room");
    }
}
