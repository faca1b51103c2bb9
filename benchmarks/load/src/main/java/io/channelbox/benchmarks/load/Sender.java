package io.channelbox.benchmarks.load;

import io.channelbox.benchmarks.load.Dialect.Envelope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One client that speaks to one room, and who knows when all members have what it said. */
final class Sender {

    /** More than are ever on their way. */
    private static final int TRACKED = 4096;

    private final int index;
    private final Room room;
    private final Client client;
    private final byte[] frame;
    private final ByteBuffer outgoing;
    private final int masked;
    private final int payload;
    private final int[] unread = new int[TRACKED];
    private int sent;
    private int inFlight;

    /**
     * @param index among the senders of the room
     * @param id among all senders
     */
    Sender(int index, int id, Room room, Client client, int size) {
        this.index = index;
        this.room = room;
        this.client = client;
        Envelope envelope = client.envelope(room.name());
        byte[] before = envelope.before().getBytes(StandardCharsets.UTF_8);
        this.frame = Frames.text(envelope.before() + Payload.template(size, room.id(), id) + envelope.after());
        this.outgoing = ByteBuffer.wrap(frame);
        int after = envelope.after().getBytes(StandardCharsets.UTF_8).length;
        this.masked = Frames.headerOf(before.length + size + after);
        this.payload = masked + before.length;
    }

    int index() {
        return index;
    }

    Room room() {
        return room;
    }

    int sent() {
        return sent;
    }

    int inFlight() {
        return inFlight;
    }

    /** Says the next message, which was meant to be said at this nanosecond. */
    void send(long intended) {
        Payload.stamp(frame, payload, masked, sent, intended);
        unread[sent % TRACKED] = room.readers();
        sent++;
        inFlight++;
        client.send(outgoing.clear());
    }

    /** Notes that one more member has a message. Answers whether all have it now. */
    boolean readByOne(int sequence) {
        int place = sequence % TRACKED;
        if (unread[place] == 0 || --unread[place] > 0) {
            return false;
        }
        inFlight--;
        return true;
    }

    /** Waits no more for what has not arrived. */
    void giveUp() {
        Arrays.fill(unread, 0);
        inFlight = 0;
    }
}
