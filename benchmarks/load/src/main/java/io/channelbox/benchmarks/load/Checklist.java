package io.channelbox.benchmarks.load;

import java.util.Arrays;

/** What one client has had of the senders in its rooms, sequence by sequence. */
final class Checklist {

    private static final int REMEMBERED = Long.SIZE;

    private final int[] rooms;
    private final int senders;

    // By room and sender: the sequence expected next, and which of those before it came (the last one is the lowest
    // bit).
    private final int[] expected;
    private final long[] seen;

    /** For a client of these rooms, each with so many senders. */
    Checklist(int[] rooms, int senders) {
        this.rooms = rooms.clone();
        this.senders = senders;
        this.expected = new int[rooms.length * senders];
        this.seen = new long[expected.length];
        Arrays.fill(seen, -1);
    }

    /** Notes a delivery, and counts what is wrong with it. Answers whether it is new. */
    boolean note(int room, int sender, int sequence, Counters counters) {
        int place = placeOf(room) * senders + sender;
        if (place < 0) {
            counters.strays++;
            return false;
        }
        int ahead = sequence - expected[place];
        if (ahead >= 0) {
            counters.missing += ahead;
            seen[place] = ahead + 1 >= REMEMBERED ? 1 : (seen[place] << (ahead + 1)) | 1;
            expected[place] = sequence + 1;
            return true;
        }
        return noteLate(place, -ahead - 1, counters);
    }

    private boolean noteLate(int place, int behind, Counters counters) {
        if (behind >= REMEMBERED || (seen[place] & (1L << behind)) != 0) {
            counters.doubled++;
            return false;
        }
        seen[place] |= 1L << behind;
        counters.missing--;
        counters.outOfOrder++;
        return true;
    }

    /** How many of a sender's messages have not come yet, beyond those known to be missing. */
    int owed(int room, int sender, int sent) {
        return sent - expected[placeOf(room) * senders + sender];
    }

    private int placeOf(int room) {
        for (int i = 0; i < rooms.length; i++) {
            if (rooms[i] == room) {
                return i;
            }
        }
        return -1;
    }
}
