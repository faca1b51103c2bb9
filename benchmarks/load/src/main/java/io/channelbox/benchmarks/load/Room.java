package io.channelbox.benchmarks.load;

/** One room of the load. */
final class Room {

    private final int id;
    private int readers;

    Room(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    String name() {
        return Payload.room(id);
    }

    /** How many members read, and are waited for. */
    int readers() {
        return readers;
    }

    void addReader() {
        readers++;
    }

    void removeReader() {
        readers--;
    }
}
