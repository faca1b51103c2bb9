package io.channelbox.benchmarks.load;

/**
 * Who is in which room, and who speaks.
 *
 * @param senders in each room
 * @param window how many messages each sender keeps on their way when the server is to have all it can take
 * @param size of a payload, in bytes
 */
record Shape(int rooms, int clients, int roomsPerClient, int senders, int window, int size) {

    // Rooms of one client that are far apart, so that no two clients of a hundred share all of theirs.
    private static final int[] OFFSETS = {0, 1, 3, 7, 12, 20, 31, 44, 59, 77};

    Shape {
        if (roomsPerClient > OFFSETS.length) {
            throw new IllegalArgumentException(
                    "a client must be in at most " + OFFSETS.length + " rooms, was " + roomsPerClient);
        }
        if (size < Payload.SMALLEST) {
            throw new IllegalArgumentException("size must be at least " + Payload.SMALLEST + ", was " + size);
        }
    }

    /** Members that say nothing, in rooms of ten. */
    static Shape idle(int clients) {
        return new Shape(clients / 10, clients, 1, 0, 0, Payload.SMALLEST);
    }

    int members() {
        return clients * roomsPerClient / rooms;
    }

    /** The room of a client, from 0 to how many it is in. */
    int roomOf(int client, int index) {
        return (client + OFFSETS[index]) % rooms;
    }
}
