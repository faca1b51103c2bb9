package io.channelbox.benchmarks.nodes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prints what several nodes over a Redis on this machine do and cost. {@code benchmarks/over-redis}, or with the names of some parts
 * and {@code --quick}.
 */
public final class SeveralNodes {

    private static final Map<String, Part> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("publish", PublishRates::measure);
        PARTS.put("latency", DeliveryLatency::measure);
        PARTS.put("joins", Joins::measure);
        PARTS.put("presence", PresenceReads::measure);
        PARTS.put("memory", Footprint::measure);
        PARTS.put("past", PastGroups::measure);
    }

    private SeveralNodes() {}

    /** What measures something of nodes over a Redis of its own, and prints it. */
    @FunctionalInterface
    interface Part {
        void measure(LocalRedis redis, Size size) throws Exception;
    }

    /** Measures the parts that the arguments name, or all. */
    public static void main(String[] args) throws Exception {
        List<String> arguments = List.of(args);
        Size size = arguments.contains("--quick") ? Size.QUICK : Size.FULL;
        List<String> names =
                arguments.stream().filter(name -> !name.equals("--quick")).toList();
        Optional<String> unknown =
                names.stream().filter(name -> !PARTS.containsKey(name)).findFirst();
        if (unknown.isPresent()) {
            System.err.println("There is no " + unknown.get() + ". The parts are " + PARTS.keySet());
            System.exit(2);
        }
        run(names.isEmpty() ? List.copyOf(PARTS.keySet()) : names, size);
        System.exit(0);
    }

    static void run(List<String> names, Size size) throws Exception {
        for (Map.Entry<String, Part> part : PARTS.entrySet()) {
            if (names.contains(part.getKey())) {
                measure(part.getKey(), part.getValue(), size);
            }
        }
    }

    private static void measure(String name, Part part, Size size) throws Exception {
        try (LocalRedis redis = LocalRedis.start()) {
            System.out.printf("%n%s, Redis %s, load %.1f%n", name, redis.info("redis_version"), Machine.load());
            part.measure(redis, size);
        }
    }
}
