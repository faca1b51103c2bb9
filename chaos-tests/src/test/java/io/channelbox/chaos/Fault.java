package io.channelbox.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is done to the clients' lines and to the server. */
sealed interface Fault {

    /** A client's connection breaks, and both ends see it. */
    record Cut(int client) implements Fault {}

    /** Everybody's connection breaks at once. */
    record CutAll() implements Fault {}

    /** Nothing goes through a client's line for a while, and nobody hears of it. */
    record Freeze(int client, Duration time) implements Fault {}

    /** The server shuts down in order, and comes back. */
    record Restart(Duration pause) implements Fault {}

    /** The server is killed in the middle of whatever it does, and comes back. */
    record Kill(Duration pause) implements Fault {}

    /** A fault and how long nothing else is done before it. */
    record Planned(Duration after, Fault fault) {}

    /** Returns faults for so long, the same for the same seed. Among them are at least one kill and one restart. */
    static List<Planned> plan(Random random, int clients, Duration time) {
        List<Planned> plan = new ArrayList<>();
        plan.add(new Planned(Duration.ofSeconds(1), new Cut(random.nextInt(clients))));
        plan.add(new Planned(Duration.ofMillis(500), new Freeze(random.nextInt(clients), Duration.ofSeconds(4))));
        plan.add(new Planned(Duration.ofMillis(500), new Kill(Duration.ofMillis(random.nextInt(1_000)))));
        plan.add(new Planned(Duration.ofSeconds(2), new Restart(Duration.ofMillis(random.nextInt(1_000)))));
        Duration planned = Duration.ofSeconds(8); // with what a server takes to come back
        while (planned.compareTo(time) < 0) {
            Duration after = Duration.ofMillis(100 + random.nextInt(900));
            Fault next = any(random, clients);
            plan.add(new Planned(after, next));
            planned = planned.plus(after).plus(next.takes());
        }
        return List.copyOf(plan);
    }

    private static Fault any(Random random, int clients) {
        return switch (random.nextInt(20)) {
            case 0 -> new Kill(Duration.ofMillis(random.nextInt(1_500)));
            case 1 -> new Restart(Duration.ofMillis(random.nextInt(1_500)));
            case 2 -> new CutAll();
            case 3, 4, 5, 6, 7 -> new Freeze(random.nextInt(clients), Duration.ofMillis(200 + random.nextInt(6_000)));
            default -> new Cut(random.nextInt(clients));
        };
    }

    /** Returns about how long nothing else is done. */
    private Duration takes() {
        return this instanceof Kill || this instanceof Restart ? Duration.ofSeconds(3) : Duration.ZERO;
    }
}
