package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.TestBox;
import io.channelbox.message.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BackPressureTest {

    private static final Duration LONG = Duration.ofDays(1);
    private static final Frame FRAME = Frame.text("x".repeat(72)); // 200 with what every frame weighs

    private final TestBox test = new TestBox();
    private final RecordingConnection connection = new RecordingConnection();
    private final ConsumerSession session = ConsumerSession.open(
            test.box,
            new Silent(),
            connection,
            Handshake.at("/").build(),
            User.named("ann"),
            ConsumerOptions.DEFAULT.withLargestBacklog(1_000));

    @AfterEach
    void closeBox() {
        test.box.close(Duration.ZERO);
    }

    @Test
    void aConsumerIsBusyWhenMoreThanHalfOfItsBacklogWaits() {
        receive(2);
        assertFalse(session.isBusy());
        receive(1);
        assertTrue(session.isBusy());

        test.executor.run();

        assertFalse(session.isBusy());
    }

    @Test
    void whoReadsFromThePeerMayWaitForTheConsumer() throws Exception {
        receive(5);
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> session.awaitRoom(LONG));

        test.executor.run();
        reading.get(10, TimeUnit.SECONDS);
        receive(5);

        assertTrue(session.channel().isOpen());
    }

    @Test
    void nobodyWaitsForAChannelThatHasEnded() throws Exception {
        receive(5);
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> session.awaitRoom(LONG));

        session.closed(CloseStatus.ABNORMAL);

        reading.get(10, TimeUnit.SECONDS);
    }

    @Test
    void nobodyWaitsLongerThanTold() {
        receive(5);

        session.awaitRoom(Duration.ZERO);

        assertTrue(session.isBusy());
    }

    @Test
    void whoDoesNotWaitFillsTheBacklogAndIsClosed() {
        receive(6);
        test.executor.run();

        assertFalse(session.channel().isOpen());
        assertEquals(List.of(CloseStatus.OVERLOAD), connection.closes());
    }

    private void receive(int frames) {
        for (int i = 0; i < frames; i++) {
            session.receive(FRAME);
        }
    }

    private static final class Silent extends ChannelConsumer<String> {

        @Override
        protected void onReceive(Channel me, String message) {}
    }
}
