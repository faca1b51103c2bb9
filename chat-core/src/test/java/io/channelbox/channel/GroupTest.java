package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Deliveries;
import io.channelbox.broker.PublishOptions;
import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.JsonCodec;
import io.channelbox.codec.TextCodec;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.ChannelId;
import io.channelbox.message.Frame;
import io.channelbox.message.GroupName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupTest {

    private final TestBox test = new TestBox();
    private final ChannelBox box = test.box;

    // Joining and leaving

    @Test
    void theFirstMemberMakesTheGroupAndTheNextOneJoinsIt() {
        Peer ann = test.enter("ann");
        Peer bob = test.enter("bob");

        assertEquals(JoinStatus.GROUP_CREATED, room().join(ann.channel()));
        assertEquals(JoinStatus.JOINED, room().join(bob.channel()));

        assertEquals(2, room().size());
        assertEquals(List.of(ann.channel(), bob.channel()), room().members());
    }

    @Test
    void joiningTwiceChangesNothingAndDeliversOnce() {
        Peer ann = test.enter("ann", "room");

        assertEquals(JoinStatus.ALREADY_MEMBER, room().join(ann.channel()));
        room().broadcast("hello");

        assertEquals(1, room().size());
        assertEquals(List.of("hello"), ann.texts());
    }

    @Test
    void aChannelThatHasEndedCanJoinNothing() {
        Peer ann = test.enter("ann");
        ann.channel().ended(CloseStatus.NORMAL);

        JoinStatus status = room().join(ann.channel());

        assertEquals(JoinStatus.CHANNEL_ENDED, status);
        assertFalse(status.isMember());
        assertEquals(Set.of(), box.groups());
    }

    @Test
    void leavingTellsWhatReallyHappenedToThisChannel() {
        Peer ann = test.enter("ann", "room");
        Peer bob = test.enter("bob", "room");
        Peer cid = test.enter("cid");

        assertEquals(LeaveStatus.NOT_A_MEMBER, room().leave(cid.channel()));
        assertEquals(LeaveStatus.LEFT, room().leave(ann.channel()));
        assertEquals(LeaveStatus.NOT_A_MEMBER, room().leave(ann.channel()));
        assertEquals(LeaveStatus.GROUP_REMOVED, room().leave(bob.channel()));
        assertEquals(LeaveStatus.NO_SUCH_GROUP, room().leave(bob.channel()));

        assertEquals(Set.of(), box.groups());
    }

    @Test
    void leavingOneOfThreeGroupsLeavesTheOthers() {
        Peer ann = test.enter("ann", "g1");
        box.group("g2").join(ann.channel());
        box.group("g3").join(ann.channel());

        box.group("g2").leave(ann.channel());
        List.of("g1", "g2", "g3").forEach(name -> box.group(name).broadcast(name));

        assertEquals(
                Set.of(GroupName.of("g1"), GroupName.of("g3")), ann.channel().groups());
        assertEquals(List.of("g1", "g3"), ann.texts());
    }

    @Test
    void theGroupOfAChannelOfAnotherBoxIsRefused() {
        Peer stranger = new TestBox().enter("ann");

        assertThrows(IllegalArgumentException.class, () -> room().join(stranger.channel()));
        assertThrows(
                IllegalArgumentException.class,
                () -> room().joinWithHistory(stranger.channel(), HistoryQuery.latest(1), page -> page.payloads()));

        assertEquals(Set.of(), box.groups());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$inbox:bob", "$x", "a\u0000b", "\ud800"})
    void aNameThatIsNoneIsRefusedAtTheDoor(String name) {
        assertThrows(IllegalArgumentException.class, () -> box.group(name));
    }

    @Test
    void whatIsHandedOutIsASnapshot() {
        Peer ann = test.enter("ann", "room");
        List<Channel> members = room().members();
        Set<GroupName> groups = box.groups();
        Set<GroupName> hers = ann.channel().groups();
        List<Channel> channels = box.channels();

        ann.channel().ended(CloseStatus.NORMAL);

        assertEquals(List.of(ann.channel()), members);
        assertEquals(Set.of(GroupName.of("room")), groups);
        assertEquals(Set.of(GroupName.of("room")), hers);
        for (Collection<?> each : List.of(members, groups, hers, channels)) {
            assertThrows(UnsupportedOperationException.class, each::clear);
        }
        assertEquals(List.of(), room().members());
        assertEquals(List.of(), box.channels());
    }

    @Test
    void flushingForgetsWhoIsWhereAndLeavesTheChannelsOpen() {
        Peer ann = test.enter("ann", "room");

        box.flushGroups();

        assertEquals(Set.of(), box.groups());
        assertTrue(ann.channel().isOpen());
        assertEquals(1, box.sendToUser(new UserId("ann"), "still here").queued());
    }

    @Test
    void listenersHearOfGroupsComingAndGoing() {
        Peer ann = test.enter("ann");
        test.events.clear();

        room().join(ann.channel());
        room().leave(ann.channel());

        var name = GroupName.of("room");
        assertEquals(
                List.of(
                        new ChatEvent.GroupCreated(name),
                        new ChatEvent.Joined(ann.channel().id(), name),
                        new ChatEvent.Left(ann.channel().id(), name),
                        new ChatEvent.GroupEmptied(name)),
                test.events);
    }

    // Broadcasting

    @Test
    void everyMemberGetsItTheSenderIncludedAndNobodyElse() {
        Peer ann = test.enter("ann", "room");
        Peer bob = test.enter("bob", "room");
        Peer cid = test.enter("cid", "elsewhere");

        BroadcastResult result = room().broadcast("hello");

        assertEquals(2, result.queued());
        assertEquals(List.of("hello"), ann.texts());
        assertEquals(List.of("hello"), bob.texts());
        assertEquals(List.of(), cid.texts());
    }

    @Test
    void aBroadcastToNobodySaysSo() {
        BroadcastResult result = room().broadcast("hello");

        assertTrue(result.reachedNobody());
        assertEquals(Set.of(), box.groups());
        assertEquals(List.of(), room().members());
    }

    @Test
    void oneConnectionCanBeLeftOutAndTheUsersOtherDeviceGetsIt() {
        Peer phone = test.enter("ann", "room");
        Peer laptop = test.enter("ann", "room");

        room().broadcast("hello", PublishOptions.DEFAULT.except(phone.channel().id()));

        assertEquals(List.of(), phone.texts());
        assertEquals(List.of("hello"), laptop.texts());
    }

    @Test
    void aUserCanBeLeftOutOnAllDevices() {
        Peer phone = test.enter("ann", "room");
        Peer laptop = test.enter("ann", "room");
        Peer bob = test.enter("bob", "room");

        BroadcastResult result = room().broadcast("hello", PublishOptions.DEFAULT.exceptUser(new UserId("ann")));

        assertEquals(List.of(), phone.texts());
        assertEquals(List.of(), laptop.texts());
        assertEquals(List.of("hello"), bob.texts());
        assertEquals(1, result.queued());
    }

    @Test
    void itGoesOnlyToThoseForWhomEveryConditionHolds() {
        Peer ann = test.enter("ann", "room");
        Peer bob = test.enter("bob", "room");
        Peer bea = test.enter("bea", "room");

        room().broadcast(
                        "hello",
                        PublishOptions.DEFAULT
                                .onlyTo(who -> who.user().name().startsWith("b"))
                                .onlyTo(who -> who.user().name().endsWith("a")));

        assertEquals(List.of(), ann.texts());
        assertEquals(List.of(), bob.texts());
        assertEquals(List.of("hello"), bea.texts());
    }

    @Test
    void aFewCanGetSomethingElse() {
        Peer ann = test.enter("ann", "room");
        Peer bob = test.enter("bob", "room");

        room().broadcast(
                        "is_mine=false",
                        PublishOptions.DEFAULT.varying(who ->
                                who.user().name().equals("ann") ? Optional.of("is_mine=true") : Optional.empty()));

        assertEquals(List.of("is_mine=true"), ann.texts());
        assertEquals(List.of("is_mine=false"), bob.texts());
    }

    @Test
    void aFrameThatSomebodyGetsInsteadArrivesAsItIs() {
        Peer ann = test.enter("ann", JsonCodec.of(Object.class));
        room().join(ann.channel());

        room().broadcast(
                        Map.of("text", "to all"),
                        PublishOptions.DEFAULT.varying(who -> Optional.of(Frame.text("as it is"))));

        assertEquals(List.of("as it is"), ann.texts());
    }

    @Test
    void aConditionThatThrowsKeepsItFromNobodyElse() {
        Peer ann = test.enter("ann", "room");
        Peer bob = test.enter("bob", "room");
        Peer cid = test.enter("cid", "room");
        for (Throwable thrown : List.of(new IllegalStateException("no"), new AssertionError("no"))) {
            BroadcastResult result = room().broadcast("hello", PublishOptions.DEFAULT.onlyTo(who -> {
                if (who.user().name().equals("bob")) {
                    throw sneaky(thrown);
                }
                return true;
            }));

            assertEquals(2, result.queued());
            assertEquals(1, result.dropped());
        }
        assertEquals(2, ann.texts().size());
        assertEquals(List.of(), bob.texts());
        assertEquals(2, cid.texts().size());
    }

    @Test
    void eachMemberGetsItInTheFormatItSpeaksAndEachFormatIsWrittenOnce() {
        var written = new AtomicInteger();
        var json = JsonCodec.of(Object.class);
        var text = TextCodec.of("counted", payload -> {
            written.incrementAndGet();
            return "text " + payload;
        });
        Peer ann = join(test.enter("ann", json));
        Peer bob = join(test.enter("bob", text));
        IntStream.range(0, 20).forEach(i -> join(test.enter("u" + i, text)));
        Peer cid = join(test.enter("cid", BinaryCodec.of("bytes", payload -> new byte[] {7})));

        room().broadcast(Map.of("n", 1), PublishOptions.DEFAULT.savingHistory());

        assertEquals(1, written.get());
        assertEquals(List.of("{\"n\":1}"), ann.texts());
        assertEquals(List.of("text {n=1}"), bob.texts());
        assertEquals(List.of(Frame.binary(new byte[] {7})), cid.connection().frames());
    }

    @Test
    void whatOneMembersFormatCannotSayIsSaidToNobodyAndNotKept() {
        Peer ann = test.enter("ann", "room");
        Peer bob = join(test.enter("bob", BinaryCodec.PLAIN));

        assertThrows(
                IllegalArgumentException.class,
                () -> room().broadcast(Map.of("n", 1), PublishOptions.DEFAULT.savingHistory()));

        assertEquals(List.of(), ann.texts());
        assertEquals(List.of(), bob.connection().frames());
        assertTrue(room().history(HistoryQuery.latest(10)).isEmpty());
    }

    @Test
    void whatTheHistoryCannotKeepIsSaidToNobody() {
        Peer ann = test.enter("ann", "room");

        assertThrows(
                IllegalArgumentException.class,
                () -> room().broadcast(new Object(), PublishOptions.DEFAULT.savingHistory()));

        assertEquals(List.of(), ann.texts());
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILING", "THROWING", "THROWING_ERROR"})
    void aBrokenMemberInTheMiddleIsTakenOutAndTheOthersGetIt(Sends broken) {
        Peer ann = test.enter("ann", "room");
        Peer bob = test.enter("bob", "room");
        Peer cid = test.enter("cid", "room");
        bob.connection().sending(broken);

        room().broadcast("one");
        BroadcastResult next = room().broadcast("two");
        test.executor.run();

        assertEquals(List.of("one", "two"), ann.texts());
        assertEquals(List.of("one", "two"), cid.texts());
        assertEquals(2, next.queued());
        assertFalse(room().contains(bob.channel()));
        assertEquals(
                List.of(ann.channel(), cid.channel()),
                box.channels().stream()
                        .sorted((a, b) -> a.user().id().compareTo(b.user().id()))
                        .toList());
    }

    @Test
    void aClosingMemberIsCountedAsClosed() {
        Peer ann = test.enter("ann", "room");
        ann.channel().close();

        BroadcastResult result = room().broadcast("hello");

        assertEquals(1, result.closed());
        assertFalse(result.reachedNobody());
    }

    @Test
    void anEventIsForThoseWhoHearEventsAndAClosingOneOfThemIsCountedAsClosed() {
        Peer hears = test.enter("hears", "room");
        Peer closing = test.enter("closing", "room");
        test.enter("deaf", "room");
        hears.channel().onEvent(event -> true);
        closing.channel().onEvent(event -> true);
        closing.channel().close();

        BroadcastResult result = room().broadcast("look here", PublishOptions.DEFAULT.asEvent());

        assertEquals(new Deliveries(1, 0, 1), result.published().deliveries());
    }

    @Test
    void aFullMemberIsCountedAsThePolicySays() {
        var dropping = new TestBox(builder -> builder.outbox(new OutboxLimits(100, 1, OverflowPolicy.DROP_NEWEST)));
        Peer ann = dropping.enter("ann", "room");
        ann.connection().sending(Sends.LATER);
        Group group = dropping.box.group("room");

        assertEquals(1, group.broadcast("in flight").queued());
        assertEquals(1, group.broadcast("waiting").queued());
        assertEquals(1, group.broadcast("too much").dropped());

        assertEquals(1, dropping.events(ChatEvent.FramesDropped.class).size());
        assertTrue(ann.channel().isOpen());
    }

    @Test
    void theKindOfAGroupDecidesWhatHappensWhenTooMuchWaits() {
        var kinds = new TestBox(builder -> builder.outbox(OutboxLimits.DEFAULT.withFrames(1))
                .groups("typing", GroupSettings.DEFAULT.onOverflow(OverflowPolicy.DROP_NEWEST)));
        Peer ann = kinds.enter("ann", "typing:1");
        kinds.box.group("room:1").join(ann.channel());
        ann.connection().sending(Sends.LATER);
        kinds.box.group("room:1").broadcast("in flight");
        kinds.box.group("room:1").broadcast("waiting");

        assertEquals(1, kinds.box.group("typing:1").broadcast("...").dropped());
        assertEquals(1, kinds.box.group("room:1").broadcast("too much").closed());

        kinds.executor.run();
        assertEquals(List.of(4413), ann.closeCodes());
    }

    @Test
    void aSlowMemberIsClosedWithItsCodeAndTheOthersGetEverything() {
        var small = new TestBox(builder -> builder.outbox(OutboxLimits.DEFAULT.withBytes(100)));
        Peer ann = small.enter("ann", "room");
        Peer slow = small.enter("slow", "room");
        slow.connection().sending(Sends.LATER);

        IntStream.range(0, 10_000).forEach(i -> small.box.group("room").broadcast("message " + i));
        small.executor.run();

        assertEquals(10_000, ann.texts().size());
        assertEquals(1, slow.texts().size());
        assertEquals(List.of(4413), slow.closeCodes());
        assertEquals(1, small.events(ChatEvent.ChannelOverflowed.class).size());
        assertEquals(1, small.box.group("room").size());
    }

    @Test
    void aBroadcastFromInsideABroadcastIsRefusedWithTheCure() {
        var caught = new ArrayList<String>();
        test.enter("ann", "room");

        room().broadcast("hello", PublishOptions.DEFAULT.onlyTo(who -> {
            caught.add(assertThrows(IllegalStateException.class, () -> room().broadcast("again"))
                    .getMessage());
            return true;
        }));

        assertTrue(caught.get(0).contains("Hand it to an executor"), caught.get(0));
    }

    @Test
    void everyMessageHasItsOwnIdAndItsOwnTime() {
        PublishOptions saving = PublishOptions.DEFAULT.savingHistory();
        BroadcastResult first = room().broadcast("one", saving);
        test.time.pass(Duration.ofSeconds(1));
        BroadcastResult second = room().broadcast("two", saving);

        var entries = room().history(HistoryQuery.latest(10)).entries();

        assertNotEquals(first.message(), second.message());
        assertEquals(first.message(), entries.get(0).message().id());
        assertEquals(second.message(), entries.get(1).message().id());
        assertEquals(
                entries.get(0).message().sentAt().plusSeconds(1),
                entries.get(1).message().sentAt());
    }

    @Test
    void theSameKeyAgainIsNotSaidAgain() {
        Peer ann = test.enter("ann", "room");
        PublishOptions once = PublishOptions.DEFAULT.savingHistory().withIdempotencyKey("k1");

        BroadcastResult first = room().broadcast("hello", once);
        BroadcastResult again = room().broadcast("hello", once);

        assertFalse(first.isRepeated());
        assertTrue(again.isRepeated());
        assertEquals(first.position(), again.position());
        assertEquals(List.of("hello"), ann.texts());
        assertEquals(1, room().historyStats().count());
    }

    // One channel, one user, several groups

    @Test
    void oneChannelIsReachedByItsId() {
        Peer ann = test.enter("ann");
        Peer bob = test.enter("bob");

        assertEquals(SendResult.QUEUED, box.sendTo(ann.channel().id(), "psst"));
        assertEquals(SendResult.NO_SUCH_CHANNEL, box.sendTo(ChannelId.random(), "psst"));

        assertEquals(List.of("psst"), ann.texts());
        assertEquals(List.of(), bob.texts());
    }

    @Test
    void aChannelThatIsClosingOrGoneTakesNothing() {
        Peer ann = test.enter("ann");
        ann.channel().close();
        assertEquals(SendResult.CLOSED, box.sendTo(ann.channel().id(), "psst"));

        test.executor.run();

        assertEquals(SendResult.NO_SUCH_CHANNEL, box.sendTo(ann.channel().id(), "psst"));
        assertEquals(SendResult.CLOSED, ann.channel().send("psst"));
        assertEquals(List.of(), ann.texts());
    }

    @Test
    void aUserIsReachedOnAllDevices() {
        Peer phone = test.enter("ann");
        Peer laptop = test.enter("ann");
        Peer bob = test.enter("bob");

        BroadcastResult result = box.sendToUser(new UserId("ann"), "psst");
        BroadcastResult nobody = box.sendToUser(new UserId("nobody"), "psst");

        assertEquals(2, result.queued());
        assertTrue(nobody.reachedNobody());
        assertEquals(List.of("psst"), phone.texts());
        assertEquals(List.of("psst"), laptop.texts());
        assertEquals(List.of(), bob.texts());
        assertEquals(List.of(phone.channel(), laptop.channel()), box.channelsOf(new UserId("ann")));
    }

    @Test
    void anInboxIsNoGroupAnyoneSees() {
        Peer ann = test.enter("ann");

        assertEquals(Set.of(), box.groups());
        assertEquals(Set.of(), ann.channel().groups());
    }

    @Test
    void aUserNameWithAnyLettersHasAnInboxOfItsOwn() {
        Peer odd = test.enter("a_b:c $d/é😀");
        Peer other = test.enter("a_b");

        box.sendToUser(new UserId("a_b:c $d/é😀"), "psst");

        assertEquals(List.of("psst"), odd.texts());
        assertEquals(List.of(), other.texts());
    }

    @Test
    void whoIsInSeveralOfTheGroupsGetsItOnce() {
        Peer both = test.enter("ann", "g1");
        box.group("g2").join(both.channel());
        Peer second = test.enter("bob", "g2");

        Map<GroupName, BroadcastResult> results = box.broadcast(
                List.of(GroupName.of("g1"), GroupName.of("g2"), GroupName.of("g1"), GroupName.of("g3")),
                "hello",
                PublishOptions.DEFAULT);

        assertEquals(List.of("hello"), both.texts());
        assertEquals(List.of("hello"), second.texts());
        List<BroadcastResult> each = List.copyOf(results.values());
        assertEquals(3, each.size());
        assertEquals(1, each.get(0).queued());
        assertEquals(1, each.get(1).queued());
        assertTrue(each.get(2).reachedNobody());
    }

    @Test
    void theExclusionsHoldForSeveralGroupsToo() {
        Peer ann = test.enter("ann", "g1");
        box.group("g2").join(ann.channel());
        Peer bob = test.enter("bob", "g2");

        box.broadcast(
                List.of(GroupName.of("g1"), GroupName.of("g2")),
                "hello",
                PublishOptions.DEFAULT.except(ann.channel().id()));

        assertEquals(List.of(), ann.texts());
        assertEquals(List.of("hello"), bob.texts());
    }

    @Test
    void whoLeavesOneOfTheGroupsMeanwhileStillGetsItThroughTheOther() throws Exception {
        Peer ann = test.enter("ann", "g1");
        box.group("g2").join(ann.channel());
        try (var elsewhere = new Elsewhere()) {
            var leaving = PublishOptions.DEFAULT.onlyTo(who -> {
                elsewhere.run(() -> box.group("g1").leave(ann.channel()));
                return true;
            });

            box.broadcast(List.of(GroupName.of("g1"), GroupName.of("g2")), "hello", leaving);
        }

        assertEquals(List.of("hello"), ann.texts());
    }

    @Test
    void whatCannotBeWrittenForOneOfTheGroupsIsSaidToNone() {
        Peer ann = test.enter("ann", "g1");
        Peer bob = test.enter("bob", BinaryCodec.PLAIN);
        box.group("g2").join(bob.channel());

        assertThrows(
                IllegalArgumentException.class,
                () -> box.broadcast(
                        List.of(GroupName.of("g1"), GroupName.of("g2")), Map.of("n", 1), PublishOptions.DEFAULT));

        assertEquals(List.of(), ann.texts());
    }

    @Test
    void broadcastsOfOneThreadArriveInTheirOrder() {
        Peer ann = test.enter("ann", "room");

        IntStream.range(0, 100).forEach(i -> room().broadcast("m" + i));

        assertEquals(IntStream.range(0, 100).mapToObj(i -> "m" + i).toList(), ann.texts());
    }

    @Test
    void twoBoxesShareNothing() {
        var other = new TestBox();
        Peer here = test.enter("ann", "room");
        Peer there = other.enter("ann", "room");

        room().broadcast("here", PublishOptions.DEFAULT.savingHistory());

        assertEquals(List.of("here"), here.texts());
        assertEquals(List.of(), there.texts());
        assertEquals(0, other.box.group("room").historyStats().count());
        assertEquals(SendResult.NO_SUCH_CHANNEL, other.box.sendTo(here.channel().id(), "psst"));
        assertNotEquals(room(), other.box.group("room"));
        assertEquals(room(), box.group(GroupName.of("room")));
    }

    private Group room() {
        return box.group("room");
    }

    private Peer join(Peer peer) {
        room().join(peer.channel());
        return peer;
    }

    private static RuntimeException sneaky(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    @Test
    void whatIsSaidAfterACommitIsSaidOnceTheTransactionHasCommittedAndNeverIfItHasNot() {
        var test = new TestBox();
        Peer ann = test.enter("ann", "room");
        List<Runnable> waiting = new ArrayList<>();

        test.box.group("room").broadcastAfterCommit(waiting::add, "kept", PublishOptions.DEFAULT);
        test.box.group("room").broadcastAfterCommit(action -> {}, "rolled back", PublishOptions.DEFAULT);
        assertEquals(List.of(), ann.texts());
        waiting.forEach(Runnable::run);

        assertEquals(List.of("kept"), ann.texts());
    }
}
