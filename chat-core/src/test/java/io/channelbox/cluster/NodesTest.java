package io.channelbox.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.broker.Receiver;
import io.channelbox.history.InMemoryHistoryStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NodesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final List<Object> gone = new ArrayList<>();
    private long now;

    /** Returns something whose methods answer by their names. */
    private static <T> T answering(Class<T> type, Function<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) ->
                        method.getReturnType() == void.class ? null : answers.apply(method.getName())));
    }

    private final Backplane backplane = answering(Backplane.class, name -> switch (name) {
        case "alive" -> true;
        case "claimGone" -> List.of("two");
        case "history" -> new InMemoryHistoryStore(InstantSource.fixed(Instant.EPOCH));
        default -> throw new UnsupportedOperationException(name);
    });
    private final Threads threads = answering(Threads.class, name -> (Executor) Runnable::run);
    private final Receiver receiver = (Receiver) Proxy.newProxyInstance(
            Receiver.class.getClassLoader(), new Class<?>[] {Receiver.class}, (proxy, method, args) -> {
                gone.add(args[0]);
                return null;
            });
    private final Shard shard = new Shard(
            backplane,
            new Shard.Setting(
                    "one",
                    threads,
                    () -> now,
                    Duration.ofSeconds(5),
                    Duration.ZERO,
                    false,
                    (of, group) -> {
                        throw new UnsupportedOperationException("no group is heard");
                    },
                    () -> {}));
    private final Nodes nodes = new Nodes("one", new Shards(List.of(shard)), Runnable::run, () -> now, TIMEOUT, false);

    @Test
    void aNodeWhoseBeatsAreLateNoticesWhoIsGoneAlsoWithTheShortestTimeout() {
        nodes.begin();

        for (int beat = 0; beat < 2; beat++) {
            now += Duration.ofMillis(700).toNanos();
            nodes.tick(receiver);
        }

        assertEquals(List.of("two"), gone);
    }
}
