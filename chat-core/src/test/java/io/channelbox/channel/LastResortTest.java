package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.User;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes on when everything else is stuck. */
@Timeout(60)
class LastResortTest {

    private final TestBox test = new TestBox();

    @Test
    void aPeerThatIsGivenUpWhileItIsBeingClosedHearsWhatItWasClosedFor() {
        Peer ann = test.enter("ann");
        ann.connection().sending(Sends.LATER);
        ann.channel().send("under way");

        ann.channel().close(CloseStatus.FORBIDDEN);
        test.time.pass(Duration.ofSeconds(7));
        test.executor.run();

        assertEquals(List.of(4403), ann.closeCodes());
    }

    @Test
    void pingsDoNotPileUpWhileTheExecutorIsBusy() {
        Peer ann = test.enter("ann");

        test.time.pass(Duration.ofMinutes(10));

        assertEquals(1, test.executor.waiting());
        assertTrue(ann.channel().isOpen());
    }

    @Test
    void connectionsAreClosedWhileEveryConsumerBlocks() throws Exception {
        var blocking = new CountDownLatch(1);
        try (ChannelBox box = ChannelBox.builder().build()) {
            IntStream.range(0, 300).forEach(i -> box.executor().execute(() -> awaitIt(blocking)));
            var connection = new RecordingConnection();
            Channel ann = box.open(connection, Opening.of(User.named("ann"), TextCodec.PLAIN));
            connection.tell(ann);
            var ended = new CompletableFuture<CloseStatus>();
            ann.onClose(ended::complete);

            ann.close(CloseStatus.FORBIDDEN);

            assertEquals(CloseStatus.FORBIDDEN, ended.get(30, TimeUnit.SECONDS));
            blocking.countDown();
        }
    }

    @Test
    void aChannelOfAnotherBoxNeitherLeavesNorBelongs() {
        var other = new TestBox();
        Peer there = other.enter("ann", "room");

        assertThrows(
                IllegalArgumentException.class, () -> test.box.group("room").leave(there.channel()));

        assertFalse(test.box.group("room").contains(there.channel()));
        assertTrue(other.box.group("room").contains(there.channel()));
    }

    @Test
    void aChannelIsNotClosedWithWhatMayNotBeSent() {
        Peer ann = test.enter("ann");

        assertThrows(IllegalArgumentException.class, () -> ann.channel().close(CloseStatus.ABNORMAL));

        assertTrue(ann.channel().isOpen());
    }

    @Test
    void aChannelThatIsOpenedWhileTheBoxClosesIsNotLeftBehind() {
        var connection = new RecordingConnection();
        var closing = new TestBox(settings -> settings);
        closing.box.close();

        assertThrows(
                IllegalStateException.class,
                () -> closing.box.open(connection, Opening.of(User.named("ann"), TextCodec.PLAIN)));

        assertTrue(closing.box.isClosed());
        assertEquals(List.of(), closing.box.channels());
    }

    @Test
    void timesThatAreAsGoodAsForEverAreForEver() {
        var patient = new TestBox(settings ->
                settings.expires(Duration.ofSeconds(Long.MAX_VALUE)).sendTimeout(Duration.ofSeconds(Long.MAX_VALUE)));
        Peer ann = patient.enter("ann");

        patient.time.pass(Duration.ofDays(1));

        assertTrue(ann.channel().isOpen());
        ann.channel().ended(CloseStatus.NORMAL);
        patient.executor.run();
        patient.box.close(Duration.ofSeconds(Long.MAX_VALUE));
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
