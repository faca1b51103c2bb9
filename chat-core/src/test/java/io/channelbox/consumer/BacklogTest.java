package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.message.Frame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BacklogTest {

    private static final Duration LONG = Duration.ofDays(1);
    private static final Frame FRAME = Frame.binary(new byte[72]); // weighs 200 with what every frame weighs

    private final Backlog backlog = new Backlog(1_000);

    @Test
    void itTakesAsMuchAsItMay() {
        for (int i = 0; i < 5; i++) {
            assertTrue(backlog.add(FRAME));
        }

        assertFalse(backlog.add(FRAME));
        assertFalse(backlog.add(Frame.text("")));
        backlog.remove(FRAME);
        assertTrue(backlog.add(FRAME));
    }

    @Test
    void oneFrameMayAlwaysWait() {
        Frame large = Frame.binary(new byte[5_000]);

        assertTrue(backlog.add(large));
        assertFalse(backlog.add(Frame.text("")));
    }

    @Test
    void aboveOneHalfItIsHalfFull() {
        fill(2);
        assertFalse(backlog.isHalfFull());
        fill(1);
        assertTrue(backlog.isHalfFull());
        backlog.remove(FRAME);
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

        backlog.remove(FRAME);
        assertFalse(waiting.isDone());
        backlog.remove(FRAME);

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

    private void fill(int frames) {
        for (int i = 0; i < frames; i++) {
            assertTrue(backlog.add(FRAME));
        }
    }

    private CompletableFuture<Boolean> wait(Duration atMost) {
        return CompletableFuture.supplyAsync(() -> backlog.awaitRoom(atMost));
    }
}
