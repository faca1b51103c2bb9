package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sweep finds: idle channels, dead peers, sends and closes that do not end. */
class LivenessTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestBox test = new TestBox(builder -> builder.expires(MINUTE).pings(Duration.ZERO, MINUTE));

    @Test
    void whatNeverExpiresNeverExpires() {
        var test = new TestBox(builder -> builder.pings(Duration.ZERO, MINUTE));
        Peer ann = test.enter("ann");

        pass(test, Duration.ofDays(1));

        assertTrue(ann.channel().isOpen());
    }

    @Test
    void anIdleChannelIsClosedWithItsCodeAndLeavesItsGroups() {
        Peer ann = test.enter("ann", "room");

        pass(MINUTE.minusSeconds(1));
        assertTrue(ann.channel().isOpen());
        pass(Duration.ofSeconds(1));

        assertEquals(List.of(4410), ann.closeCodes());
        assertEquals(0, test.box.group("room").size());
    }

    @Test
    void onlyTheIdleOneGoes() {
        Peer idle = test.enter("idle", "room");
        Peer live = test.enter("live", "room");
        pass(MINUTE.dividedBy(2));
        live.channel().received();

        pass(MINUTE.dividedBy(2));

        assertFalse(idle.channel().isOpen());
        assertTrue(live.channel().isOpen());
        assertEquals(List.of(live.channel()), test.box.group("room").members());
    }

    @Test
    void aFrameInAFrameOutAndATouchKeepAChannel() {
        Peer hears = test.enter("hears");
        Peer speaks = test.enter("speaks");
        Peer touched = test.enter("touched");
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofSeconds(50));
            hears.channel().send("hello");
            speaks.channel().received();
            touched.channel().touch();
        }

        assertTrue(hears.channel().isOpen());
        assertTrue(speaks.channel().isOpen());
        assertTrue(touched.channel().isOpen());
    }

    @Test
    void aSendThatHasNotCompletedKeepsNothingAlive() {
        var patient = new TestBox(
                builder -> builder.expires(MINUTE).pings(Duration.ZERO, MINUTE).sendTimeout(Duration.ofHours(1)));
        Peer ann = patient.enter("ann");
        ann.connection().sending(Sends.LATER);
        pass(patient, Duration.ofSeconds(50));
        ann.channel().send("hello");

        pass(patient, Duration.ofSeconds(10));

        assertFalse(ann.channel().isOpen());
    }

    @Test
    void aBroadcastKeepsAMemberAliveWhenItArrives() {
        Peer ann = test.enter("ann", "room");
        pass(Duration.ofSeconds(50));

        test.box.group("room").broadcast("hello");
        pass(Duration.ofSeconds(50));

        assertTrue(ann.channel().isOpen());
    }

    @Test
    void pingsAndPongsKeepNoIdleChannelAlive() {
        var pinging =
                new TestBox(builder -> builder.expires(MINUTE).pings(Duration.ofSeconds(20), Duration.ofSeconds(10)));
        Peer ann = pinging.enter("ann");

        pass(pinging, MINUTE);

        assertTrue(ann.connection().pings() > 0);
        assertEquals(List.of(4410), ann.closeCodes());
    }

    @Test
    void aChannelCanHaveATimeOfItsOwn() {
        Peer brief = test.enter(Opening.of(User.named("brief"), TextCodec.PLAIN).expiringAfter(Duration.ofSeconds(5)));
        Peer eternal =
                test.enter(Opening.of(User.named("eternal"), TextCodec.PLAIN).expiringAfter(Duration.ZERO));

        pass(Duration.ofSeconds(5));
        assertFalse(brief.channel().isOpen());
        pass(Duration.ofDays(1));

        assertTrue(eternal.channel().isOpen());
    }

    @Test
    void aSendThatDoesNotEndEndsTheChannel() {
        var stalling = new TestBox(builder -> builder.sendTimeout(Duration.ofSeconds(10)));
        Peer ann = stalling.enter("ann", "room");
        var told = new ArrayList<CloseStatus>();
        ann.channel().onClose(told::add);
        ann.connection().sending(Sends.LATER).neverClosing();
        ann.channel().send("hello");

        pass(stalling, Duration.ofSeconds(10));
        assertEquals(List.of(), told);
        pass(stalling, Duration.ofSeconds(1));

        assertEquals(List.of(CloseStatus.TOO_SLOW), told);
        assertEquals(List.of(4413), ann.closeCodes());
        assertEquals(0, stalling.box.group("room").size());
    }

    @Test
    void aCloseThatIsNeverAnsweredEndsTheChannelWithTheStatusThatWasAskedFor() {
        var told = new ArrayList<CloseStatus>();
        Peer ann = test.enter("ann", "room");
        ann.channel().onClose(told::add);
        ann.connection().neverClosing();
        ann.channel().close(CloseStatus.POLICY);

        pass(Duration.ofSeconds(4));
        assertEquals(List.of(), told);
        pass(Duration.ofSeconds(1));

        assertEquals(List.of(CloseStatus.POLICY), told);
        assertEquals(List.of(), test.box.channels());
    }

    @Test
    void aCloseThatWaitsForAStalledSendEndsAsWell() {
        Peer ann = test.enter("ann");
        ann.connection().sending(Sends.LATER).neverClosing();
        ann.channel().send("hello");
        ann.channel().close();

        pass(Duration.ofSeconds(5));

        assertEquals(List.of(), test.box.channels());
    }

    @Test
    void aPeerThatAnswersNoPingIsGone() {
        var pinging = pinging();
        Peer ann = pinging.enter("ann", "room");
        var told = new ArrayList<CloseStatus>();
        ann.channel().onClose(told::add);
        ann.connection().neverAnsweringPings().neverClosing();

        pass(pinging, Duration.ofSeconds(29));
        assertEquals(List.of(), told);
        pass(pinging, Duration.ofSeconds(1));

        assertEquals(List.of(CloseStatus.DEAD_PEER), told);
        assertEquals(1, ann.connection().pings());
        assertEquals(0, pinging.box.group("room").size());
    }

    @Test
    void aPeerThatAnswersLivesForEver() {
        var pinging = pinging();
        Peer ann = pinging.enter("ann");

        pass(pinging, Duration.ofMinutes(10));

        assertTrue(ann.channel().isOpen());
        assertEquals(30, ann.connection().pings());
    }

    @Test
    void whoeverSpeaksIsNotPinged() {
        var pinging = pinging();
        Peer ann = pinging.enter("ann");
        for (int i = 0; i < 10; i++) {
            pass(pinging, Duration.ofSeconds(19));
            ann.channel().heard();
        }

        assertEquals(0, ann.connection().pings());
    }

    @Test
    void anySignOfLifeAnswersAPing() {
        var pinging = pinging();
        Peer ann = pinging.enter("ann");
        ann.connection().neverAnsweringPings();
        pass(pinging, Duration.ofSeconds(25));

        ann.channel().received();
        pass(pinging, Duration.ofSeconds(15));

        assertTrue(ann.channel().isOpen());
    }

    @Test
    void whoWasNeverPingedIsNeverGone() {
        var pinging = new TestBox(builder ->
                builder.pings(Duration.ofSeconds(20), Duration.ofSeconds(10)).sendTimeout(Duration.ofHours(1)));
        Peer ann = pinging.enter("ann");
        ann.connection().sending(Sends.LATER);
        ann.channel().send("a send under way says as much as a ping");

        pass(pinging, Duration.ofMinutes(10));

        assertTrue(ann.channel().isOpen());
        assertEquals(0, ann.connection().pings());
    }

    @Test
    void aPingThatFailsEndsTheChannel() {
        var pinging = pinging();
        Peer ann = pinging.enter("ann");
        ann.connection().tell(ann.channel()::ended, () -> {
            throw new IllegalStateException("broken pipe");
        });

        pass(pinging, Duration.ofSeconds(20));

        assertEquals(List.of(), pinging.box.channels());
        assertEquals(List.of(1006), ann.closeCodes());
    }

    @Test
    void oneChannelThatCannotBeLookedAfterKeepsTheSweepFromNoOther() {
        Peer bad = test.enter("bad");
        bad.channel().onClose(status -> {
            throw new AssertionError("an application's error");
        });
        bad.connection().sending(Sends.LATER).neverClosing();
        bad.channel().send("stalled");
        Peer idle = test.enter("idle");

        pass(MINUTE);

        assertEquals(List.of(4410), idle.closeCodes());
        assertEquals(List.of(), test.box.channels());
    }

    private static TestBox pinging() {
        return new TestBox(builder -> builder.pings(Duration.ofSeconds(20), Duration.ofSeconds(10)));
    }

    private void pass(Duration time) {
        pass(test, time);
    }

    /** Lets time pass, and the executor work as it does. */
    private static void pass(TestBox test, Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            test.time.pass(Duration.ofSeconds(1));
            test.executor.run();
        }
    }
}
