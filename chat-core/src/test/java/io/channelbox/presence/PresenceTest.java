package io.channelbox.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.fake.Peer;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.List;
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
}
