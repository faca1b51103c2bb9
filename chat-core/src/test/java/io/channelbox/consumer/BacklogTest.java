package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BacklogTest {

    private static final Duration LONG = Duration.ofDays(1);

    private final Backlog backlog = new Backlog(1_000);

    @Test
    void itTakesAsMuchAsItMay() {
        for (int i = 0; i < 5; i++) {
            assertTrue(backlog.add(200));
        }

        assertFalse(backlog.add(200));
        assertFalse(backlog.add(1));
        backlog.remove(200);
        assertTrue(backlog.add(200));
    }

    @Test
    void oneMessageMayAlwaysWait() {
        assertTrue(backlog.add(5_000));
        assertFalse(backlog.add(1));
    }

    @Test
    void aboveOneHalfItIsHalfFull() {
        fill(2);
        assertFalse(backlog.isHalfFull());
        fill(1);
        assertTrue(backlog.isHalfFull());
        backlog.remove(200);
        assertFalse(backlog.isHalfFull());
    }

    @Test
    void whereThereIsRoomNobodyWaits() {
        fill(2);

        assertFalse(backlog.awaitRoom(LONG));
    }

    @Test
    void whoWaitsGoesOnWhenThereIsRoom() throws Exception {
        fill(4);
        CompletableFuture<Boolean> waiting = wait(LONG);

        backlog.remove(200);
        assertFalse(waiting.isDone());
        backlog.remove(200);

        assertEquals(false, waiting.get(10, TimeUnit.SECONDS));
    }

    @Test
    void whoWaitsGoesOnAtTheEnd() throws Exception {
        fill(5);
        CompletableFuture<Boolean> waiting = wait(LONG);

        backlog.end();

        assertEquals(false, waiting.get(10, TimeUnit.SECONDS));
        assertFalse(backlog.awaitRoom(LONG));
    }

    @Test
    void whoHasWaitedLongEnoughIsTold() {
        fill(5);

        assertTrue(backlog.awaitRoom(Duration.ofMillis(1)));
    }

    @Test
    void whoseThreadIsWantedElsewhereGoesOn() {
        fill(5);
        Thread.currentThread().interrupt();

        assertFalse(backlog.awaitRoom(LONG));
        assertTrue(Thread.interrupted());
    }

    private void fill(int messages) {
        for (int i = 0; i < messages; i++) {
            assertTrue(backlog.add(200));
        }
    }

    private CompletableFuture<Boolean> wait(Duration atMost) {
        return CompletableFuture.supplyAsync(() -> backlog.awaitRoom(atMost));
    }
}
