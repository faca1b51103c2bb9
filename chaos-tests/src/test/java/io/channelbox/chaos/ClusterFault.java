package io.channelbox.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is done to nodes, to the Redis that they share, and to the lines between these and to the clients. */
sealed interface ClusterFault {

    /** A node is killed in the middle of whatever it does, and comes back. */
    record KillNode(int node, Duration pause) implements ClusterFault {}

    /** A node does nothing for a while, and does not know. */
    record PauseNode(int node, Duration time) implements ClusterFault {}

    /** Redis is killed, and comes back with what is on its disk. */
    record KillRedis(Duration pause) implements ClusterFault {}

    /** A node's connections with Redis break. */
    record CutRedis(int node) implements ClusterFault {}

    /** Nothing goes through between a node and Redis for a while, and neither hears of it. */
    record FreezeRedis(int node, Duration time) implements ClusterFault {}

    /** A client's connection breaks. */
    record CutClient(int client) implements ClusterFault {}

    /** Nothing goes through a client's line for a while. */
    record FreezeClient(int client, Duration time) implements ClusterFault {}

    /** Every client's connection breaks at once. */
    record CutClients() implements ClusterFault {}

    /** A fault and how long nothing else is done before it. */
    record Planned(Duration after, ClusterFault fault) {}

    /** Returns faults for so long, the same for the same seed. Each sort is among them, and pauses that the others notice and do not. */
    static List<Planned> plan(Random random, int nodes, int clients, Duration time) {
        var planner = new Planner(random, nodes, clients);
        planner.beginWithEachSort();
        while (planner.planned.compareTo(time) < 0) {
            planner.add(200 + random.nextInt(1_300), planner.any());
        }
        return List.copyOf(planner.plan);
    }

    /** Draws. */
    final class Planner {

        private final Random random;
        private final int nodes;
        private final int clients;
        private final List<Planned> plan = new ArrayList<>();
        private Duration planned = Duration.ZERO;

        private Planner(Random random, int nodes, int clients) {
            this.random = random;
            this.nodes = nodes;
            this.clients = clients;
        }

        private void beginWithEachSort() {
            int first = random.nextInt(nodes);
            add(500, new CutClient(client()));
            add(200, new FreezeClient(client(), millis(1_000, 5_000)));
            add(200, new CutRedis(node()));
            add(500, new KillNode(first, millis(0, 1_000)));
            add(1_000, new PauseNode((first + 1) % nodes, millis(500, 2_000)));
            add(2_500, new KillRedis(millis(0, 1_500)));
            add(2_500, new FreezeRedis((first + 2) % nodes, millis(1_000, 4_000)));
            add(1_000, new CutClients());
            add(500, new PauseNode((first + 1) % nodes, ChaosNode.TIMEOUT.plus(millis(1_000, 3_000))));
        }

        private void add(int afterMillis, ClusterFault fault) {
            Duration after = Duration.ofMillis(afterMillis);
            plan.add(new Planned(after, fault));
            planned = planned.plus(after);
        }

        private ClusterFault any() {
            return switch (random.nextInt(20)) {
                case 0, 1 -> new KillNode(node(), millis(0, 3_000));
                case 2, 3 -> new PauseNode(node(), millis(200, 3_000));
                case 4 -> new PauseNode(node(), ChaosNode.TIMEOUT.plus(millis(500, 4_000)));
                case 5 -> new KillRedis(millis(0, 6_000));
                case 6, 7, 8 -> new CutRedis(node());
                case 9, 10 -> new FreezeRedis(node(), millis(200, 7_000));
                case 11 -> new CutClients();
                case 12, 13, 14 -> new FreezeClient(client(), millis(200, 6_000));
                default -> new CutClient(client());
            };
        }

        private int node() {
            return random.nextInt(nodes);
        }

        private int client() {
            return random.nextInt(clients);
        }

        private Duration millis(int from, int to) {
            return Duration.ofMillis(from + random.nextInt(to - from));
        }
    }
}
