package io.channelbox.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChecklistTest {

    private static final int ROOM = 7;

    private final Counters counters = new Counters();
    private final Checklist checklist = new Checklist(new int[] {3, ROOM}, 2);

    @Test
    void whatComesOnceAndInOrderIsFaultless() {
        note(0);
        note(1);

        assertFaults(0, 0, 0);
        assertEquals(3, checklist.owed(ROOM, 1, 5));
    }

    @Test
    void whatIsLeftOutIsMissing() {
        note(0);
        note(100);

        assertFaults(99, 0, 0);
    }

    @Test
    void whatComesLateIsOutOfOrderAndNotMissing() {
        note(0);
        note(2);

        assertTrue(note(1));

        assertFaults(0, 0, 1);
    }

    @Test
    void whatComesTwiceIsDoubled() {
        note(0);
        note(1);

        assertFalse(note(0));
        assertFalse(note(1));

        assertFaults(0, 2, 0);
    }

    @Test
    void whatIsOfAnotherRoomIsAStray() {
        assertFalse(checklist.note(4, 1, 0, counters));

        assertEquals(1, counters.strays);
    }

    private boolean note(int sequence) {
        return checklist.note(ROOM, 1, sequence, counters);
    }

    private void assertFaults(int missing, int doubled, int outOfOrder) {
        assertEquals(missing, counters.missing);
        assertEquals(doubled, counters.doubled);
        assertEquals(outOfOrder, counters.outOfOrder);
    }
}
