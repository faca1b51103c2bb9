package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Connection;
import io.channelbox.channel.GatheringConnection;
import io.channelbox.message.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What every transport's {@link Connection} does. Implement it in a test class of your transport, for each server it runs on. */
public interface ConnectionContract {

    /** How long anything may take that has to cross a network. */
    int SECONDS = 20;

    /** A connection and its far end. */
    interface Link extends AutoCloseable {

        /** Returns the server's side. */
        Connection connection();

        /** Waits for the next frame that arrives at the far end, put together if it came in parts. */
        Frame nextFrame() throws Exception;

        /** Waits until the far end is closed, and returns with what. */
        CloseStatus closed() throws Exception;

        /** Makes the far end read nothing any more. */
        void stopReading();

        /** Lets go of both ends. */
        @Override
        void close();
    }

    /** Returns a new open connection. */
    Link open() throws Exception;

    @Test
    default void textArrivesAsItIs() throws Exception {
        try (Link link = open()) {
            for (String text : List.of("hello", "", "grüße \uD83D\uDE00", "a\0b")) {
                send(link, Frame.text(text));

                assertEquals(Frame.text(text), link.nextFrame());
            }
        }
    }

    @Test
    default void bytesArriveAsTheyAre() throws Exception {
        try (Link link = open()) {
            Frame frame = Frame.binary(new byte[] {0, 1, 127, -128, -1});

            send(link, frame);
            send(link, frame); // the same frame again: sending must not use it up

            assertEquals(frame, link.nextFrame());
            assertEquals(frame, link.nextFrame());
        }
    }

    @Test
    default void textThatCannotBeEncodedArrivesMendedAndTheConnectionLives() throws Exception {
        try (Link link = open()) {
            send(link, Frame.text("a\uD800b"));
            send(link, Frame.text("after"));

            assertEquals(Frame.text("a\uFFFDb"), link.nextFrame());
            assertEquals(Frame.text("after"), link.nextFrame());
        }
    }

    @Test
    default void aMegabyteArrivesWhole() throws Exception {
        try (Link link = open()) {
            Frame text = Frame.text("0123456789abcdeü".repeat(1 << 16));

            send(link, text);

            assertEquals(text, link.nextFrame());
        }
    }

    @Test
    default void textAndBytesInTurnArriveInOrder() throws Exception {
        try (Link link = open()) {
            List<Frame> sent = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                sent.add(Frame.text("text " + i));
                sent.add(Frame.binary(new byte[] {(byte) i}));
            }
            for (Frame frame : sent) {
                send(link, frame);
            }

            for (Frame frame : sent) {
                assertEquals(frame, link.nextFrame());
            }
        }
    }

    @Test
    default void aPingCompletes() throws Exception {
        try (Link link = open()) {
            var pinged = new Awaited();

            link.connection().ping(pinged);

            pinged.await();
        }
    }

    @Test
    default void theFarEndLearnsCodeAndReasonOfAClose() throws Exception {
        try (Link link = open()) {
            link.connection().close(new CloseStatus(4001, "because"));

            assertEquals(new CloseStatus(4001, "because"), link.closed());
        }
    }

    @Test
    default void whatWasSentBeforeACloseArrives() throws Exception {
        try (Link link = open()) {
            send(link, Frame.text("last"));
            link.connection().close(CloseStatus.NORMAL);

            assertEquals(Frame.text("last"), link.nextFrame());
            assertEquals(1000, link.closed().code());
        }
    }

    @Test
    default void closingTwiceIsHarmless() throws Exception {
        try (Link link = open()) {
            link.connection().close(new CloseStatus(4001, "first"));
            link.connection().close(new CloseStatus(4002, "second"));

            assertEquals(4001, link.closed().code());
        }
    }

    @Test
    default void aStatusThatMayNotBeSentClosesAllTheSame() throws Exception {
        try (Link link = open()) {
            link.connection().close(CloseStatus.ABNORMAL);

            link.closed();
        }
    }

    @Test
    default void aSendAfterACloseFails() throws Exception {
        try (Link link = open()) {
            link.connection().close(CloseStatus.NORMAL);
            link.closed();

            assertThrows(Exception.class, () -> send(link, Frame.text("too late")));
        }
    }

    @Test
    default void aSendToSomeoneWhoDoesNotReadDoesNotWait() throws Exception {
        try (Link link = open()) {
            link.stopReading();
            Frame large = Frame.binary(new byte[4 << 20]);

            CompletableFuture<Void> returned = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 8; i++) { // more than any socket buffers
                    var sent = new Awaited();
                    link.connection().send(large, sent);
                    if (!sent.isDone()) {
                        return; // one send at a time: the rest would wait for this one
                    }
                }
            });

            returned.get(SECONDS, TimeUnit.SECONDS);
            assertTrue(returned.isDone());
        }
    }

    @Test
    default void severalAtOnceArriveInOrderEachAsItIs() throws Exception {
        try (Link link = open()) {
            List<Frame> sent = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                sent.add(Frame.text("text " + i + "x".repeat(i * 100)));
                sent.add(Frame.binary(new byte[i * 50]));
            }

            sendAll(link, sent).await();
            sendAll(link, sent).await(); // the same frames again: sending must not use them up

            for (int i = 0; i < 2; i++) {
                assertArrive(sent, link);
            }
        }
    }

    @Test
    default void oneOfSeveralMayBeHuge() throws Exception {
        Frame huge = Frame.text("0123456789abcdeü".repeat(1 << 16));
        for (List<Frame> sent : List.of(
                List.of(huge, Frame.text("one"), Frame.text("two")),
                List.of(Frame.text("one"), huge, Frame.text("two")),
                List.of(Frame.text("one"), Frame.text("two"), huge))) {
            try (Link link = open()) {
                Awaited completion = sendAll(link, sent);

                assertArrive(sent, link);
                completion.await();
            }
        }
    }

    @Test
    default void severalAtOnceReachOneWhoReadsSlowly() throws Exception {
        try (Link link = open()) {
            List<Frame> sent = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                sent.add(Frame.text(i + "x".repeat(100_000))); // together more than the sockets take
            }

            Awaited first = sendAll(link, sent);
            assertArrive(sent, link);
            first.await();
            sendAll(link, sent.subList(0, 2)).await();

            assertArrive(sent.subList(0, 2), link);
        }
    }

    @Test
    default void severalSentBeforeACloseArrive() throws Exception {
        try (Link link = open()) {
            List<Frame> sent = List.of(Frame.text("last"), Frame.binary(new byte[] {1}), Frame.text("words"));

            sendAll(link, sent).await();
            link.connection().close(CloseStatus.NORMAL);

            assertArrive(sent, link);
            assertEquals(1000, link.closed().code());
        }
    }

    @Test
    default void severalAtOnceAfterACloseFail() throws Exception {
        try (Link link = open()) {
            link.connection().close(CloseStatus.NORMAL);
            link.closed();

            assertThrows(
                    Exception.class,
                    () -> sendAll(link, List.of(Frame.text("too"), Frame.text("late")))
                            .await());
        }
    }

    @Test
    default void severalAtOnceToSomeoneWhoDoesNotReadDoNotWaitAndCanBeClosed() throws Exception {
        try (Link link = open()) {
            link.stopReading();
            List<Frame> large = Collections.nCopies(8, Frame.binary(new byte[4 << 20]));

            CompletableFuture.runAsync(() -> {
                        sendAll(link, large);
                        link.connection().close(new CloseStatus(4001, "enough"));
                    })
                    .get(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void assertArrive(List<Frame> expected, Link link) throws Exception {
        for (Frame frame : expected) {
            assertEquals(frame, link.nextFrame());
        }
    }

    /** At once where the connection can, and else one by one, as the library does. */
    private static Awaited sendAll(Link link, List<Frame> frames) {
        if (link.connection() instanceof GatheringConnection gathering) {
            var sent = new Awaited();
            gathering.sendAll(frames, sent);
            return sent;
        }
        return sendInTurn(link, frames);
    }

    /** Each when the one before it has been sent, and never from within the call that sends that one. */
    private static Awaited sendInTurn(Link link, List<Frame> frames) {
        CompletableFuture<Boolean> sent = CompletableFuture.completedFuture(true);
        for (Frame frame : frames) {
            sent = sent.thenCompose(before -> start(link, frame).outcome);
        }
        return new Awaited(sent);
    }

    private static void send(Link link, Frame frame) throws Exception {
        start(link, frame).await();
    }

    private static Awaited start(Link link, Frame frame) {
        var sent = new Awaited();
        link.connection().send(frame, sent);
        return sent;
    }

    /** A completion that can be waited for. */
    final class Awaited implements Connection.Completion {

        private final CompletableFuture<Boolean> outcome;

        /** One that nobody has completed yet. */
        public Awaited() {
            this(new CompletableFuture<>());
        }

        private Awaited(CompletableFuture<Boolean> outcome) {
            this.outcome = outcome;
        }

        @Override
        public void succeeded() {
            outcome.complete(true);
        }

        @Override
        public void failed(Throwable cause) {
            outcome.completeExceptionally(cause);
        }

        /** Tells whether it has completed, well or not. */
        public boolean isDone() {
            return outcome.isDone();
        }

        /** Waits until it has completed well. */
        public void await() throws ExecutionException, TimeoutException, InterruptedException {
            outcome.get(SECONDS, TimeUnit.SECONDS);
        }
    }
}
