package io.channelbox.benchmarks.load;

import java.util.List;

/**
 * What is asked of a server.
 *
 * @param firstRoom of rooms that no other workload uses
 * @param idle how many connections do nothing meanwhile
 * @param slowMember whether a member stops reading
 */
record Workload(String name, String description, Shape shape, int firstRoom, int idle, boolean slowMember) {

    private static final Shape HUNDRED_LARGE = new Shape(1, 100, 1, 8, 4, 1024);

    /** In this order, since the first finds a server that has done nothing yet. */
    static List<Workload> all() {
        return List.of(
                new Workload(
                        "W4",
                        "one room of 100 x 128 B beside 10,000 idle connections, which come in a storm",
                        new Shape(1, 100, 1, 8, 4, 128),
                        0,
                        10_000,
                        false),
                of("W1", "one room of 1,000 x 128 B", new Shape(1, 1000, 1, 8, 2, 128), 0x1000),
                of("W2", "100 rooms of 10 x 128 B", new Shape(100, 1000, 1, 1, 2, 128), 0x2000),
                of("W3", "one room of 100 x 1 KiB", HUNDRED_LARGE, 0x3000),
                of("W5", "1,000 clients, each in 10 of 100 rooms, x 50 B", new Shape(100, 1000, 10, 1, 2, 50), 0x5000),
                new Workload("SLOW", "W3 with a member that stops reading", HUNDRED_LARGE, 0x6000, 0, true));
    }

    private static Workload of(String name, String description, Shape shape, int firstRoom) {
        return new Workload(name, description, shape, firstRoom, 0, false);
    }

    static Workload named(String name) {
        return all().stream()
                .filter(workload -> workload.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no workload " + name + ", only " + names()));
    }

    static List<String> names() {
        return all().stream().map(Workload::name).toList();
    }
}
