package io.channelbox.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionCountsTest {

    private static final UserId ANN = new UserId("ann");

    private final List<String> told = new ArrayList<>();
    private Runnable whileAllIsSaid = () -> {};
    private final Backplane backplane = (Backplane) Proxy.newProxyInstance(
            Backplane.class.getClassLoader(), new Class<?>[] {Backplane.class}, (proxy, method, args) -> {
                if (method.getName().equals("entered")) {
                    told.add("all " + ((Map<?, ?>) args[1]).values());
                    whileAllIsSaid.run();
                    return Map.of();
                }
                told.add(method.getName());
                return true;
            });
    private final Link link = new Link(backplane, "node", Runnable::run, () -> 0, 1, () -> {});
    private final ConnectionCounts counts = new ConnectionCounts("node", backplane, link, () -> 0);

    @Test
    void whoLeavesWhileAllIsSaidDoesNotWaitAndIsCountedAfterwards() {
        counts.enter(ANN, 5);
        counts.enter(ANN, 5);
        counts.wereForgotten();
        whileAllIsSaid = () -> onAnotherThread(() -> counts.leave(ANN));

        counts.sayAgainIfDue();
        whileAllIsSaid = () -> {};
        counts.wereForgotten();
        counts.sayAgainIfDue();

        assertEquals(List.of("enter", "enter", "all [2]", "leave", "all [1]"), told);
    }

    @Test
    void whoLeavesWhileAllIsSaidInVainIsCountedAllTheSame() {
        counts.enter(ANN, 5);
        counts.wereForgotten();
        whileAllIsSaid = () -> {
            onAnotherThread(() -> counts.leave(ANN));
            throw new StoreException("no room");
        };

        assertThrows(StoreException.class, counts::sayAgainIfDue);

        assertEquals(List.of("enter", "all [1]", "leave"), told);
    }

    private static void onAnotherThread(Runnable work) {
        try {
            CompletableFuture.runAsync(work).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("it waits", e);
        }
    }
}
