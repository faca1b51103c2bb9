package io.channelbox.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.Verb;
import io.channelbox.channel.CloseStatus;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Room room = new Room();

    @Test
    void whoComesIsToldWhoIsHereAndThenOfItsOwnComing() {
        Peer ann = room.enter("ann");
        Peer bob = room.enter("bob");

        assertEquals(List.of("state 0:", "1: +ann", "2: +bob"), room.words(ann));
        assertEquals(List.of("state 1: ann", "2: +bob"), room.words(bob));
    }

    @Test
    void whoLeavesIsMissedAfterTheGraceTime() {
        Peer ann = room.enter("ann");
        Peer bob = room.enter("bob");
        room.told(ann);

        room.cut(bob);
        room.pass(GRACE.minusSeconds(1));
        assertEquals(List.of(), room.words(ann));
        assertTrue(room.presence.isOnline(new UserId("bob")));
        room.pass(Duration.ofSeconds(1));

        assertEquals(List.of("3: -bob"), room.words(ann));
        assertFalse(room.presence.isOnline(new UserId("bob")));
    }

    @Test
    void whoReturnsWithinTheGraceTimeWasNeverAway() {
        Peer ann = room.enter("ann");
        Peer bob = room.enter("bob");
        room.told(ann);

        room.cut(bob);
        room.pass(GRACE.minusSeconds(1));
        Peer again = room.enter("bob");
        room.pass(GRACE.multipliedBy(2));

        assertEquals(List.of(), room.words(ann));
        assertEquals(List.of("state 2: ann bob"), room.words(again));
        assertEquals(new PresenceCount(2, 2), room.presence.count(Room.NAME));
    }

    @Test
    void aUserIsHereWhileOneDeviceIs() {
        Peer ann = room.enter("ann");
        Peer one = room.enter("bob");
        Peer two = room.enter("bob");
        Peer three = room.enter("bob");
        assertEquals(List.of("state 0:", "1: +ann", "2: +bob", "3: ~bob", "4: ~bob"), room.words(ann));
        assertEquals(new PresenceCount(2, 4), room.presence.count(Room.NAME));

        room.cut(one, two);
        room.pass(GRACE.multipliedBy(2));
        assertEquals(List.of("5: ~bob"), room.words(ann));
        room.cut(three);
        room.pass(GRACE);

        assertEquals(List.of("6: -bob"), room.words(ann));
    }

    @Test
    void nothingIsLeftOfThoseWhoLeft() {
        Peer ann = room.enter("ann");
        Peer bob = room.enter("bob");
        room.cut(ann, bob);

        room.pass(GRACE);

        assertEquals(0, room.presence.remembered());
        assertEquals(0, room.store.size());
    }

    @Test
    void comingAndGoingAtOnceIsNoticedByNobodyWithoutAGraceTime() {
        Room quick = new Room(settings -> settings.grace(Duration.ZERO));
        Peer ann = quick.enter("ann");
        quick.told(ann);
        Peer bob = quick.open("bob", "bob");
        quick.test.box.group(Room.NAME).join(bob.channel());
        quick.presence.track(Room.NAME, bob.channel());
        bob.channel().ended(CloseStatus.ABNORMAL);

        assertEquals(List.of(), quick.words(ann));

        Peer eve = quick.enter("eve");
        quick.cut(eve);
        assertEquals(List.of("2: +eve", "3: -eve"), quick.words(ann));
    }

    @Test
    void whoDoesNotWantToSeeItsOwnComingFindsItInTheState() {
        Room polite = new Room(Presence.Builder::withoutOwnJoin);
        Peer ann = polite.enter("ann");
        Peer bob = polite.enter("bob");

        assertEquals(List.of("state 1: ann", "2: +bob"), polite.words(ann));
        assertEquals(List.of("state 2: ann bob"), polite.words(bob));
    }

    @Test
    void whatChangesAtOnceIsToldAtOnce() {
        Peer ann = room.enter("ann");
        room.told(ann);
        for (String user : List.of("bob", "eve", "joe")) {
            Peer peer = room.open(user, user);
            room.test.box.group(Room.NAME).join(peer.channel());
            room.presence.track(Room.NAME, peer.channel());
        }

        assertEquals(List.of("2: +bob +eve +joe"), room.words(ann));
    }

    @Test
    void whoIsNoMemberIsNotHere() {
        Peer ann = room.open("ann", "Ann");

        room.presence.track(Room.NAME, ann.channel());
        room.settle();

        assertEquals(List.of(), room.presence.members(Room.NAME));
        assertEquals(0, room.presence.remembered());
    }

    @Test
    void whoIsUntrackedIsGoneAtOnceAndStaysAMember() {
        Peer ann = room.enter("ann");
        Peer bob = room.enter("bob");
        room.told(ann);

        room.presence.untrack(Room.NAME, bob.channel());

        assertEquals(List.of("3: -bob"), room.words(ann));
        assertEquals(2, room.test.box.group(Room.NAME).size());
    }

    @Test
    void aStatusIsTheUsersOnAllDevicesAndANewTabDoesNotWipeIt() {
        Peer ann = room.enter("ann");
        assertTrue(room.presence.status(ann.channel(), PresenceStatus.BUSY, " in a call "));
        room.settle();

        room.enter("ann");

        PresenceMember member = room.presence.members(Room.NAME).get(0);
        assertEquals(PresenceStatus.BUSY, member.status());
        assertEquals(Optional.of("in a call"), member.text());
        assertEquals(2, member.devices());
    }

    @Test
    void aStatusSurvivesTheGraceTimeAndNoMore() {
        Peer ann = room.enter("ann");
        room.presence.status(ann.channel(), PresenceStatus.AWAY, "lunch");
        room.cut(ann);
        room.pass(Duration.ofSeconds(9));
        Peer again = room.enter("ann");
        assertEquals(
                PresenceStatus.AWAY, room.presence.members(Room.NAME).get(0).status());

        room.cut(again);
        room.pass(Duration.ofSeconds(10));
        room.enter("ann");

        assertEquals(
                PresenceStatus.ONLINE, room.presence.members(Room.NAME).get(0).status());
    }

    @Test
    void whoIsNowhereHasNoStatus() {
        assertFalse(room.presence.status(room.open("ann", "Ann").channel(), PresenceStatus.BUSY, ""));
    }

    @Test
    void aStatusIsRefusedWhenItIsNone() {
        Peer ann = room.enter("ann");

        for (String text : List.of("a".repeat(141), "a\nb", "a\u202eb", "\ud800")) {
            var refusal = assertThrows(
                    PeerException.class, () -> room.presence.status(ann.channel(), PresenceStatus.ONLINE, text));
            assertEquals(PeerException.INVALID, refusal.code());
        }
        assertThrows(PeerException.class, () -> room.presence.status(ann.channel(), PresenceStatus.OFFLINE, ""));
        assertTrue(room.presence.status(ann.channel(), PresenceStatus.ONLINE, "\ud83c\udf1e".repeat(140)));
    }

    @Test
    void whoDoesNothingIsAwayUntilTheNextMessage() {
        Peer ann = room.enter("ann");
        Peer tab = room.enter("ann");
        room.told(ann);

        room.pass(Duration.ofMinutes(4));
        tab.channel().used();
        room.pass(Duration.ofMinutes(4));
        assertEquals(List.of(), room.told(ann), "one device is active");
        ann.channel().heard();
        room.pass(Duration.ofMinutes(2));
        assertEquals(
                PresenceStatus.AWAY, room.presence.members(Room.NAME).get(0).status());
        ann.channel().used();
        room.pass(Duration.ofSeconds(1));

        assertEquals(
                PresenceStatus.ONLINE, room.presence.members(Room.NAME).get(0).status());
        assertEquals(2, room.told(ann).size());
    }

    @Test
    void whoIsBusyStaysSoWhateverTheDevicesDo() {
        Peer ann = room.enter("ann");
        room.presence.status(ann.channel(), PresenceStatus.BUSY, "");

        room.pass(Duration.ofMinutes(6));

        assertEquals(
                PresenceStatus.BUSY, room.presence.members(Room.NAME).get(0).status());
    }

    @Test
    void aRosterNamesThoseWhoAreNotHereToo() {
        room.enter("ann", "Ann");

        List<PresenceMember> roster = room.presence.roster(Room.NAME, List.of(new UserId("zoe"), new UserId("ann")));

        assertEquals(
                List.of("zoe OFFLINE", "Ann ONLINE"),
                roster.stream().map(each -> each.name() + " " + each.status()).toList());
    }

    @Test
    void aListenerHearsEachChangeOnce() {
        List<String> heard = new ArrayList<>();
        Room loud = new Room(settings -> settings.onChange(change -> {
                    throw new IllegalStateException("the others still hear");
                })
                .onChange(change -> heard.add("+" + change.joins().size() + " -"
                        + change.leaves().size() + " ~" + change.updates().size())));
        Peer ann = loud.enter("ann");
        loud.enter("ann");
        loud.presence.untrack(Room.NAME, ann.channel());
        loud.settle();

        assertEquals(List.of("+1 -0 ~0", "+0 -0 ~1", "+0 -0 ~1"), heard);
    }

    @Test
    void aNameThatIsTakenIsRefusedWhateverItsCaseAndForTheGraceTimeToo() {
        Room strict = new Room(settings -> settings.names(NamePolicy.REJECT_NEW));
        Peer ann = strict.enter("ann", "Ann");
        strict.enter("ann", "Ann");
        Peer other = strict.open("ann-2", "ANN");
        strict.test.box.group(Room.NAME).join(other.channel());

        var refusal = assertThrows(PeerException.class, () -> strict.presence.track(Room.NAME, other.channel()));
        assertEquals(Presence.NAME_TAKEN, refusal.code());
        assertEquals(1, strict.presence.members(Room.NAME).size());

        strict.cut(ann);
        strict.test.box.disconnectUser(new UserId("ann"), CloseStatus.NORMAL);
        strict.pass(Duration.ofSeconds(9));
        assertThrows(PeerException.class, () -> strict.presence.track(Room.NAME, other.channel()));
        strict.pass(Duration.ofSeconds(2));
        strict.presence.track(Room.NAME, other.channel());
        assertEquals(
                new UserId("ann-2"), strict.presence.members(Room.NAME).get(0).id());
    }

    @Test
    void whoComesByANameDrivesOutWhoHadIt() {
        Room strict = new Room(settings -> settings.names(NamePolicy.REPLACE_OLD));
        Peer ann = strict.enter("ann", "Ann");
        Peer watcher = strict.enter("bob");
        strict.told(watcher);

        strict.enter("ann-2", "aNN");

        assertEquals(List.of(4409), ann.closeCodes());
        assertEquals(List.of("3: +ann-2 -ann"), strict.words(watcher));
    }

    @Test
    void whoMayNotJoinDrivesNobodyOut() {
        Room strict = new Room(
                settings -> settings.names(NamePolicy.REPLACE_OLD),
                box -> box.access(request -> request.verb() != Verb.JOIN
                        || !request.user().id().value().equals("eve")));
        Peer ann = strict.enter("ann", "Ann");
        Peer eve = strict.open("eve", "Ann");

        assertThrows(NotAllowedException.class, () -> strict.presence.claim(Room.NAME, eve.channel()));

        assertEquals(List.of(), ann.closeCodes());
    }

    @Test
    void aLargeGroupIsToldCountsOnceASecondAndNamesAgainWhenItIsSmall() {
        Room large = new Room(settings -> settings.namesUpTo(5));
        Peer ann = large.enter("ann");
        List<Peer> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(large.enter("user-" + i));
        }
        assertEquals("6: 6/6", large.words(ann).get(6));
        Peer late = large.enter("late");
        large.enter("later");
        assertEquals(List.of(), large.words(ann));
        assertEquals(List.of("state 6: 6/6"), large.words(late));
        large.pass(Duration.ofSeconds(1));
        assertEquals(List.of("7: 8/8"), large.words(ann));

        others.subList(0, 4).forEach(peer -> large.presence.untrack(Room.NAME, peer.channel()));
        large.pass(Duration.ofSeconds(1));

        assertEquals(List.of("state 8: ann user-4 late later"), large.words(ann));
    }

    @Test
    void whoReadsSlowlyIsToldTheLatestCountOnly() {
        Room large = new Room(settings -> settings.namesUpTo(1));
        Peer ann = large.enter("ann");
        large.enter("bob");
        large.told(ann);
        ann.connection().sending(RecordingConnection.Sends.LATER);

        for (int i = 0; i < 4; i++) {
            large.enter("user-" + i);
            large.pass(Duration.ofSeconds(1));
        }
        ann.connection().completeAll();

        assertEquals(List.of("3: 3/3", "6: 6/6"), large.words(ann));
    }

    @Test
    void whoClosesItIsNotHereAnyMoreAndTellsNobody() {
        Peer ann = room.enter("ann");
        Peer bob = room.enter("bob");
        room.told(ann);
        room.leave(bob);
        Peer late = room.open("late", "Late");
        room.test.box.group(Room.NAME).join(late.channel());

        room.presence.close();
        room.presence.track(Room.NAME, late.channel());
        room.cut(ann);
        room.pass(GRACE);

        assertEquals(List.of(), room.told(ann));
        assertEquals(List.of(), room.told(late));
        assertEquals(0, room.store.size());
        assertEquals(0, room.presence.remembered());
    }

    @Test
    void closingLeavesAloneWhoAnotherNodeTracks() {
        Peer ann = room.enter("ann");
        Presence other = Presence.in(room.test.box).store(room.store).build();
        Peer bob = room.open("bob", "Bob");
        room.test.box.group(Room.NAME).join(bob.channel());
        other.track(Room.NAME, bob.channel());
        room.settle();

        other.close();

        assertEquals(
                List.of(ann.channel().user().id()),
                room.presence.members(Room.NAME).stream()
                        .map(PresenceMember::id)
                        .toList());
    }

    @Test
    void whoIsTrackedAgainIsToldTheStateAgainAndNobodyElseIs() {
        Peer ann = room.enter("ann");
        Peer bob = room.enter("bob");
        room.told(ann);
        room.told(bob);

        room.presence.track(Room.NAME, ann.channel());
        assertEquals(List.of("state 2: ann bob"), room.words(ann));
        assertEquals(List.of(), room.words(bob));

        room.enter("eve");
        assertEquals(List.of("3: +eve"), room.words(ann));
        assertEquals(List.of("3: +eve"), room.words(bob));
    }

    @Test
    void aStoreThatFailsIsAskedAgain() {
        var flaky = new FlakyStore(room.store);
        Room shaky = new Room(settings -> settings.store(flaky));
        Peer ann = shaky.enter("ann");
        Peer bob = shaky.enter("bob");
        shaky.told(ann);

        flaky.failing = true;
        shaky.cut(bob);
        shaky.pass(Duration.ofSeconds(3));
        flaky.failing = false;
        shaky.pass(Duration.ofSeconds(12));

        assertEquals(List.of("3: -bob"), shaky.words(ann));
        shaky.cut(ann);
        shaky.pass(Duration.ofSeconds(11));
        assertEquals(0, shaky.presence.remembered());
    }

    @Test
    void whileTheStoreFailsNoMoreIsRememberedFromSecondToSecond() {
        var flaky = new FlakyStore(room.store);
        Room shaky = new Room(settings -> settings.store(flaky), box -> box.executor(Runnable::run));
        shaky.enter("ann");
        flaky.failing = true;
        shaky.presence.inLane(Room.NAME, at -> at.changedHere(new UserId("ann")));
        for (int i = 0; i < 2; i++) {
            shaky.presence.inLane(Room.NAME, at -> shaky.presence.store().read(Room.NAME));
        }
        shaky.pass(Duration.ofSeconds(1));
        int remembered = shaky.presence.remembered();

        shaky.pass(Duration.ofSeconds(100));

        assertEquals(remembered, shaky.presence.remembered());
    }

    @Test
    void whoLeavesWhileTheStoreFailsOnTheirComingIsNotTrackedAfterwards() {
        var flaky = new FlakyStore(room.store);
        Room shaky = new Room(settings -> settings.store(flaky).grace(Duration.ZERO));
        Peer ann = shaky.open("ann", "ann");
        shaky.test.box.group(Room.NAME).join(ann.channel());
        shaky.presence.track(Room.NAME, ann.channel());

        flaky.failing = true;
        shaky.settle();
        flaky.failing = false;
        shaky.cut(ann);
        shaky.pass(Duration.ofSeconds(2));

        assertEquals(0, shaky.presence.remembered());
    }

    @Test
    void whoReturnsWhileTheStoreFailsOnTheirComingIsForgottenWithTheSecondStay() {
        var flaky = new FlakyStore(room.store);
        Room shaky = new Room(settings -> settings.store(flaky).grace(Duration.ZERO));
        Peer ann = shaky.open("ann", "ann");
        shaky.test.box.group(Room.NAME).join(ann.channel());
        shaky.presence.track(Room.NAME, ann.channel());

        flaky.failing = true;
        shaky.settle();
        flaky.failing = false;
        shaky.presence.track(Room.NAME, ann.channel());
        shaky.pass(Duration.ofSeconds(2));
        shaky.cut(ann);
        shaky.pass(Duration.ofSeconds(2));

        assertEquals(0, shaky.presence.remembered());
    }

    @Test
    void anErrorInOneStepLeavesThoseBehindItToBeDone() {
        var flaky = new FlakyStore(room.store);
        Room shaky = new Room(settings -> settings.store(flaky).grace(Duration.ZERO));
        Peer ann = shaky.enter("ann");
        Peer bob = shaky.enter("bob");

        ann.channel().ended(CloseStatus.ABNORMAL);
        bob.channel().ended(CloseStatus.ABNORMAL);
        flaky.broken = true;
        shaky.settle();
        flaky.broken = false;
        shaky.pass(Duration.ofSeconds(2));

        assertEquals(List.of(), shaky.presence.members(Room.NAME));
        assertEquals(0, shaky.presence.remembered());
    }

    @Test
    void whoSpeaksIsActiveThoughTheStoreFailedOnTheirSilence() {
        var flaky = new FlakyStore(room.store);
        Room shaky = new Room(settings -> settings.store(flaky).awayAfter(Duration.ofSeconds(5)));
        Peer bob = shaky.enter("bob");
        shaky.pass(Duration.ofSeconds(4));

        flaky.failing = true;
        shaky.pass(Duration.ofSeconds(1));
        flaky.failing = false;
        bob.channel().used();
        shaky.pass(Duration.ofSeconds(2));

        assertEquals(
                PresenceStatus.ONLINE, shaky.presence.members(Room.NAME).get(0).status());
    }

    @Test
    void whenTheExecutorRefusesItIsToldASecondLater() {
        Peer ann = room.enter("ann");
        room.told(ann);
        Peer bob = room.open("bob", "bob");
        room.test.box.group(Room.NAME).join(bob.channel());

        room.test.executor.refuse(true);
        room.presence.track(Room.NAME, bob.channel());
        room.test.executor.refuse(false);
        assertEquals(List.of(), room.words(ann));
        room.pass(Duration.ofSeconds(1));

        assertEquals(List.of("2: +bob"), room.words(ann));
    }

    @Test
    void aChannelThatWasReplacedByItselfIsToldTheStateAgain() {
        Peer ann = room.enter("ann");
        room.leave(ann);
        room.told(ann);

        room.join(ann);

        assertEquals(List.of("state 1: ann"), room.words(ann));
        assertEquals(1, room.presence.members(Room.NAME).get(0).devices());
    }
}
