package io.channelbox.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.Signal;
import io.channelbox.channel.CloseStatus;
import io.channelbox.fake.Peer;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceAcrossNodesTest {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration A_TURN = Duration.ofSeconds(40);

    private final Rooms rooms = new Rooms(2);

    @Test
    void whoComesOnOneNodeIsToldOnAll() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");

        assertEquals(List.of("state 0:", "1: +ann", "2: +bob"), rooms.words(0, ann));
        assertEquals(List.of("state 0: ann", "1: +bob"), rooms.words(1, bob));
        assertEquals(new PresenceCount(2, 2), rooms.on(1).presence.count(Room.NAME));
        assertTrue(rooms.on(1).presence.isOnline(new UserId("ann")));
    }

    @Test
    void whoLeavesOnOneNodeIsMissedOnAllAfterTheGraceTime() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        rooms.words(0, ann);

        rooms.cut(1, bob);
        rooms.pass(GRACE.minusSeconds(1));
        assertEquals(List.of(), rooms.words(0, ann));
        rooms.pass(Duration.ofSeconds(1));

        assertEquals(List.of("3: -bob"), rooms.words(0, ann));
    }

    @Test
    void aUserIsHereWhileOneDeviceIsOnWhateverNode() {
        Peer ann = rooms.enter(0, "ann");
        Peer one = rooms.enter(0, "bob");
        Peer two = rooms.enter(1, "bob");
        assertEquals(List.of("state 0:", "1: +ann", "2: +bob", "3: ~bob"), rooms.words(0, ann));

        rooms.cut(0, one);
        assertEquals(List.of("4: ~bob"), rooms.words(0, ann));
        rooms.cut(1, two);
        rooms.pass(GRACE);

        assertEquals(List.of("5: -bob"), rooms.words(0, ann));
    }

    @Test
    void aReturnOnAnotherNodeWithinTheGraceTimeIsNotNoticed() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(0, "bob");
        rooms.words(0, ann);

        rooms.cut(0, bob);
        rooms.pass(GRACE.minusSeconds(1));
        Peer again = rooms.enter(1, "bob");
        rooms.pass(GRACE.multipliedBy(2));

        assertEquals(List.of(), rooms.words(0, ann));
        assertEquals(List.of("state 0: ann", "1: +bob"), rooms.words(1, again));
    }

    @Test
    void aLeaveOnOneNodeAndAReturnOnAnotherAtOnceLeaveThemHere() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(0, "bob");
        rooms.words(0, ann);

        bob.channel().ended(CloseStatus.ABNORMAL); // and its lane has not run
        Peer again = rooms.on(1).enter("bob");
        rooms.pass(GRACE.multipliedBy(2));

        assertEquals(List.of(), rooms.words(0, ann));
        assertEquals(new PresenceCount(2, 2), rooms.on(0).presence.count(Room.NAME));
        assertEquals(2, rooms.on(1).presence.members(Room.NAME).size());
        assertTrue(again.channel().isOpen());
    }

    @Test
    void aStatusAndBeingAwayAreToldOnAllNodes() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        rooms.words(0, ann);

        rooms.on(1).presence.status(bob.channel(), PresenceStatus.BUSY, "in a call");

        assertEquals(List.of("3: ~bob"), rooms.words(0, ann));
        assertEquals(PresenceStatus.BUSY, status(0, "bob"));
    }

    @Test
    void aStatusIsToldOfAGroupThatItsNodeHasNobodyIn() {
        Peer ann = rooms.enter(0, "ann");
        Peer tab = rooms.on(1).open("ann", "Ann");
        rooms.words(0, ann);

        rooms.on(1).presence.status(tab.channel(), PresenceStatus.BUSY, "");

        assertEquals(List.of("2: ~ann"), rooms.words(0, ann));
    }

    @Test
    void manyChangesAtOnceAreToldAsOne() {
        rooms.enter(0, "ann");
        rooms.enter(1, "bob");
        rooms.node(1).told.clear();
        for (int i = 0; i < 100; i++) {
            Peer peer = rooms.on(1).open("user-" + i, "user-" + i);
            rooms.on(1).test.box.group(Room.NAME).join(peer.channel());
            rooms.on(1).presence.track(Room.NAME, peer.channel());
        }

        rooms.settle();

        assertEquals(1, rooms.node(1).told.size());
        assertEquals(102, rooms.on(0).presence.count(Room.NAME).users());
    }

    @Test
    void whatCouldNotBeToldIsToldLater() {
        Peer ann = rooms.enter(0, "ann");
        rooms.words(0, ann);
        rooms.node(1).mute = true;
        rooms.enter(1, "bob");
        rooms.pass(Duration.ofSeconds(5));
        assertEquals(List.of(), rooms.words(0, ann));

        rooms.node(1).mute = false;
        rooms.pass(Duration.ofSeconds(1));

        assertEquals(List.of("2: +bob"), rooms.words(0, ann));
    }

    @Test
    void whatWasNotHeardIsMadeUpForAfterwards() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        rooms.words(0, ann);
        rooms.node(0).deaf = true;
        rooms.cut(1, bob);
        rooms.enter(1, "eve");
        rooms.pass(GRACE);
        assertEquals(List.of(), rooms.words(0, ann));

        rooms.node(0).deaf = false;
        rooms.reconnected(0);
        assertEquals(List.of("3: +eve"), rooms.words(0, ann));
        rooms.pass(GRACE);

        assertEquals(List.of("4: -bob"), rooms.words(0, ann));
    }

    @Test
    void whatHappenedWhileNobodyOfThisNodeWasHereIsKnownToWhoComesNext() {
        rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        rooms.cut(1, bob); // whose grace time keeps the group in mind
        rooms.enter(0, "eve");

        Peer joe = rooms.enter(1, "joe");

        assertEquals(List.of("state 1: ann bob", "2: +eve +joe"), rooms.words(1, joe));
    }

    @Test
    void nothingIsRememberedOfAGroupThatOnlyOtherNodesHaveSomebodyIn() {
        rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        rooms.cut(1, bob);

        rooms.pass(GRACE);

        assertEquals(0, rooms.on(1).presence.remembered());
    }

    @Test
    void thoseOfANodeThatIsGoneLeaveOnceAndTogether() {
        Peer ann = rooms.enter(0, "ann");
        rooms.enter(1, "bob");
        rooms.enter(1, "eve");
        rooms.words(0, ann);
        rooms.kill(1);

        rooms.gone(1, 0);

        List<String> words = rooms.words(0, ann);
        assertEquals(1, words.size());
        assertTrue(words.get(0).contains("-bob") && words.get(0).contains("-eve"), words::toString);
        assertEquals(List.of("node-1"), rooms.node(0).forgotten);
    }

    @Test
    void whoeverSweepsTellsTheOthersAndASecondSweepTellsNothing() {
        Rooms three = new Rooms(3);
        Peer ann = three.enter(0, "ann");
        Peer joe = three.enter(2, "joe");
        three.enter(1, "bob");
        three.words(0, ann);
        three.words(2, joe);
        three.kill(1);

        three.gone(1, 0);
        three.gone(1, 2);

        assertEquals(List.of("4: -bob"), three.words(0, ann));
        assertEquals(List.of("3: -bob"), three.words(2, joe));
    }

    @Test
    void whoIsBackOnAnotherNodeStaysWhenTheFirstIsGone() {
        Peer ann = rooms.enter(0, "ann");
        rooms.enter(1, "bob");
        rooms.kill(1);
        rooms.enter(0, "bob");
        rooms.words(0, ann);

        rooms.gone(1, 0);

        assertEquals(List.of("4: ~bob"), rooms.words(0, ann));
        assertEquals(new PresenceCount(2, 2), rooms.on(0).presence.count(Room.NAME));
    }

    @Test
    void aNodeIsNotForgottenBeforeWhatItLeftIsTakenAway() {
        Peer ann = rooms.enter(0, "ann");
        rooms.enter(1, "bob");
        rooms.words(0, ann);
        rooms.kill(1);
        rooms.store.failing = true;

        rooms.gone(1, 0);
        assertEquals(List.of(), rooms.node(0).forgotten);
        rooms.store.failing = false;
        rooms.gone(1, 0);

        assertEquals(List.of("3: -bob"), rooms.words(0, ann));
        assertEquals(List.of("node-1"), rooms.node(0).forgotten);
    }

    @Test
    void aPausedNodeComesBackWithItsUsersAndWithoutDoubles() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        rooms.on(1).presence.status(bob.channel(), PresenceStatus.BUSY, "thinking");
        rooms.words(0, ann);
        rooms.words(1, bob);
        PresenceMember before = member(0, "bob");

        rooms.gone(1, 0);
        assertEquals(List.of("4: -bob"), rooms.words(0, ann));
        rooms.pass(Duration.ofSeconds(3));
        rooms.forgotten(1);
        rooms.forgotten(1);
        rooms.pass(GRACE);

        assertEquals(List.of("5: +bob"), rooms.words(0, ann));
        assertEquals(before, member(0, "bob"));
        assertEquals(2, rooms.memory.read(Room.NAME).size());
        rooms.cut(1, bob);
        rooms.pass(GRACE);
        assertEquals(List.of("6: -bob"), rooms.words(0, ann));
    }

    @Test
    void theUsersOfANodeThatIsSweptThoughItLivesAreHereAgainAndTheirPeersDoNotNotice() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        Peer eve = rooms.enter(1, "eve");
        rooms.words(0, ann);
        rooms.words(1, bob);

        rooms.node(0).receiver().nodeGone("node-1"); // which has come back before this is done
        rooms.settle();

        assertEquals(3, rooms.memory.read(Room.NAME).size());
        assertEquals(3, rooms.on(0).presence.members(Room.NAME).size());
        assertEquals(List.of(), rooms.words(1, bob));
        List<String> words = rooms.words(0, ann);
        assertTrue(words.get(words.size() - 1).contains("+bob"), words::toString);
        rooms.cut(1, bob, eve);
        rooms.pass(GRACE.multipliedBy(2));
        assertEquals(1, rooms.memory.read(Room.NAME).size());
        assertEquals(0, rooms.on(1).presence.remembered());
    }

    @Test
    void whatWasToldAndLostOnTheWayIsFoundInTurn() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        rooms.pass(A_TURN);
        rooms.words(0, ann);
        rooms.node(0).deaf = true;
        rooms.enter(1, "eve");
        rooms.cut(1, bob);
        rooms.pass(GRACE);
        rooms.node(0).deaf = false; // and nobody says that it was
        assertEquals(List.of(), rooms.words(0, ann));

        rooms.pass(A_TURN.plus(GRACE));

        assertEquals(List.of("3: +eve", "4: -bob"), rooms.words(0, ann));
    }

    @Test
    void aStatusThatWasLostOnTheWayIsFoundInTurn() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        rooms.pass(A_TURN);
        rooms.words(0, ann);
        rooms.node(0).deaf = true;
        rooms.on(1).presence.status(bob.channel(), PresenceStatus.BUSY, "in a call");
        rooms.settle();
        rooms.node(0).deaf = false;

        rooms.pass(A_TURN);

        assertEquals(List.of("3: ~bob"), rooms.words(0, ann));
    }

    @Test
    void aGroupInWhichNothingChangesIsNotReadAgain() {
        rooms.enter(0, "ann");
        rooms.enter(1, "bob");
        rooms.pass(A_TURN);
        rooms.store.groupsRead = 0;

        rooms.pass(A_TURN.multipliedBy(5));

        assertEquals(0, rooms.store.groupsRead);
    }

    @Test
    void nobodyNoticesThatTheStoreHasLostAllWhenAllNodesTellItAgain() {
        Peer ann = rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        Peer eve = rooms.enter(1, "eve");
        rooms.cut(1, eve);
        rooms.words(0, ann);
        rooms.words(1, bob);

        rooms.memory.removeNode("node-0");
        rooms.memory.removeNode("node-1");
        rooms.forgotten(0);
        rooms.pass(Duration.ofSeconds(3));
        rooms.forgotten(1);
        rooms.pass(GRACE.minusSeconds(4));
        assertEquals(List.of(), rooms.words(0, ann));
        assertEquals(List.of(), rooms.words(1, bob));
        assertEquals(3, rooms.on(0).presence.count(Room.NAME).users());
        rooms.pass(GRACE);

        assertEquals(List.of("4: -eve"), rooms.words(0, ann));
    }

    @Test
    void whoLeftBeforeAllWasToldAgainIsNotHere() {
        rooms.enter(0, "ann");
        Peer bob = rooms.enter(1, "bob");
        rooms.gone(1, 0);
        rooms.node(1).receiver().forgotten();
        bob.channel().ended(CloseStatus.ABNORMAL);

        rooms.pass(GRACE.multipliedBy(2));

        assertFalse(rooms.on(0).presence.isOnline(new UserId("bob")));
        assertEquals(0, rooms.on(1).presence.remembered());
    }

    @Test
    void thousandsAreToldAgainInParts() {
        for (int i = 0; i < 1_000; i++) {
            Peer peer = rooms.on(1).open("user-" + i, "user-" + i);
            rooms.on(1).test.box.group(Room.NAME).join(peer.channel());
            rooms.on(1).presence.track(Room.NAME, peer.channel());
        }
        rooms.settle();
        rooms.gone(1, 0);
        assertEquals(0, rooms.on(0).presence.count(Room.NAME).users());

        rooms.forgotten(1);

        assertEquals(1_000, rooms.on(0).presence.count(Room.NAME).users());
    }

    @Test
    void whoseNameWasTakenWhileTheirNodeWasAwayIsReplaced() {
        Rooms strict = new Rooms(2, presence -> presence.names(NamePolicy.REJECT_NEW));
        Peer bob = strict.on(1).enter("bob", "Bob");
        strict.gone(1, 0);
        strict.on(0).enter("eve", "BOB");

        strict.forgotten(1);

        assertEquals(List.of(CloseStatus.REPLACED.code()), bob.closeCodes());
        assertEquals(1, strict.memory.read(Room.NAME).size());
    }

    @Test
    void whoTakesANameHasTheOtherClosedOnItsNode() {
        Rooms strict = new Rooms(2, presence -> presence.names(NamePolicy.REPLACE_OLD));
        Peer bob = strict.on(1).enter("bob", "Bob");
        strict.settle();
        strict.node(0).mute = true;

        strict.on(0).enter("eve", "BOB");
        strict.settle();
        strict.node(0).mute = false;
        strict.pass(Duration.ofSeconds(1));

        assertTrue(strict.node(0)
                .told
                .contains(new Signal.Close(
                        bob.channel().id(), CloseStatus.REPLACED.code(), CloseStatus.REPLACED.reason())));
    }

    @Test
    void aPresenceThatClosesTellsTheOtherNodes() {
        Peer ann = rooms.enter(0, "ann");
        rooms.enter(1, "bob");
        rooms.words(0, ann);

        rooms.on(1).presence.close();

        assertEquals(List.of("3: -bob"), rooms.words(0, ann));
    }

    @Test
    void twoPresencesOfABoxWithOneStoreBothHearOfANodeThatIsGone() {
        List<String> left = new ArrayList<>();
        Room here = rooms.on(0);
        Presence second = Presence.in(here.test.box)
                .onChange(change ->
                        change.leaves().forEach(member -> left.add(member.id().value())))
                .build();
        Peer ann = here.open("ann", "Ann");
        here.test.box.group(Room.NAME).join(ann.channel());
        second.track(Room.NAME, ann.channel());
        rooms.enter(1, "bob");
        rooms.kill(1);

        rooms.gone(1, 0);

        assertEquals(List.of("bob"), left);
        second.close();
        assertEquals(List.of(), rooms.memory.read(Room.NAME));
    }

    @Test
    void aNodeThatWasGoneBeforeThereWasAPresenceIsSweptByItToo() {
        rooms.enter(1, "bob");
        rooms.kill(1);
        rooms.on(0).presence.close();
        rooms.gone(1, 0);
        assertEquals(1, rooms.memory.read(Room.NAME).size());

        Presence late = Presence.in(rooms.on(0).test.box).build();
        rooms.settle();

        assertEquals(List.of(), late.members(Room.NAME));
    }

    private PresenceStatus status(int number, String user) {
        return member(number, user).status();
    }

    private PresenceMember member(int number, String user) {
        return rooms.on(number).presence.members(Room.NAME).stream()
                .filter(member -> member.id().value().equals(user))
                .findFirst()
                .orElseThrow();
    }
}
