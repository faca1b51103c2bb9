package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.TestBox;
import io.channelbox.message.Frame;
import io.channelbox.message.TypeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A consumer that works on the thread that reads from its peer. */
@Timeout(20)
class ConsumerSessionOnReaderTest {

    private static final Duration PING = Duration.ofSeconds(20);
    private static final Duration PONG = Duration.ofSeconds(10);

    private final TestBox test = new TestBox(builder -> builder.pings(PING, PONG));
    private final RecordingConnection connection = new RecordingConnection();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Noting consumer = new Noting();

    /** Notes its callbacks, and does what a test adds. */
    private final class Noting extends ChannelConsumer<String> {
        private Consumer<String> receiving = text -> {};

        @Override
        protected void onConnect(Channel me) {
            told.add("connect");
        }

        @Override
        protected void onReceive(Channel me, String text) {
            told.add(text);
            receiving.accept(text);
            told.add("/" + text);
        }

        @Override
        protected void onDisconnect(Channel me, CloseStatus status) {
            told.add("disconnect " + status.code());
        }
    }

    @Test
    void aConsumerWithNothingElseToDoWorksOnTheThreadThatReads() {
        ConsumerSession session = connected();

        session.receiveHere(Frame.text("a"));

        assertEquals(List.of("a", "/a"), told);
        assertEquals(0, test.executor.waiting());
    }

    @Test
    void whatCameBeforeIsDoneBeforeByTheExecutor() {
        ConsumerSession session = open(test.box);

        session.receiveHere(Frame.text("a"));
        assertEquals(List.of(), told, "onConnect is still to come");
        test.executor.run();

        assertEquals(List.of("connect", "a", "/a"), told);
    }

    @Test
    void aMessageThatComesOnTheThreadOfACallbackWaitsForItsEnd() {
        ConsumerSession session = connected();
        consumer.receiving = text -> {
            if (text.equals("a")) {
                session.receiveHere(Frame.text("b"));
                session.receive(Frame.text("c"));
            }
        };

        session.receiveHere(Frame.text("a"));

        assertEquals(List.of("a", "/a", "b", "/b", "c", "/c"), told);
    }

    @Test
    void aChannelThatEndsDuringACallbackIsToldSoOnceAndAfterIt() {
        ConsumerSession session = connected();
        consumer.receiving = text -> {
            session.closed(CloseStatus.NORMAL);
            session.closed(CloseStatus.ABNORMAL);
        };

        session.receiveHere(Frame.text("a"));
        session.receiveHere(Frame.text("never read"));
        test.executor.run();

        assertEquals(List.of("a", "/a", "disconnect 1000"), told);
    }

    @Test
    void anErrorEndsTheChannelAndIsNotTheContainers() {
        ConsumerSession session = connected();
        consumer.receiving = text -> {
            throw new AssertionError("an application's");
        };

        session.receiveHere(Frame.text("a"));
        test.executor.run();

        assertEquals(List.of("a", "disconnect 1011"), told);
        assertEquals(List.of(1011), connection.closeCodes());
    }

    @Test
    void anExecutorThatTakesNothingIsNotNeeded() {
        ConsumerSession session = connected();
        consumer.receiving = text -> session.closed(CloseStatus.NORMAL);
        test.executor.refuse(true);

        session.receiveHere(Frame.text("a"));

        assertEquals(List.of("a", "/a", "disconnect 1000"), told);
    }

    @Test
    void whatEndedWithoutTheExecutorDoesNotEndTwice() {
        var whenTaken = new AtomicReference<Runnable>(() -> {}); // after the look whether the channel is open
        var test = new TestBox(builder -> builder.nanoTime(() -> {
            whenTaken.getAndSet(() -> {}).run();
            return 0;
        }));
        ConsumerSession session = open(test.box);
        test.executor.run();
        test.executor.refuse(true);
        whenTaken.set(() -> session.closed(CloseStatus.NORMAL));

        session.receiveHere(Frame.text("a"));

        assertEquals(
                List.of("disconnect 1000"),
                told.subList(1, told.size()).stream()
                        .filter(text -> text.startsWith("d"))
                        .toList());
    }

    @Test
    void aReplyThatComesLaterKeepsNoThread() {
        var later = new CompletableFuture<String>();
        var session = ConsumerSession.open(
                test.box,
                new Answering(later),
                connection,
                Handshake.at("/").build(),
                User.named("ann"),
                ConsumerOptions.DEFAULT);
        test.executor.run();

        session.receiveHere(Frame.text("{\"type\":\"ask\"}"));
        session.receiveHere(Frame.text("{\"type\":\"ask\"}"));
        assertEquals(List.of("asked"), told);
        later.complete("answer");
        test.executor.run();

        assertEquals(List.of("asked", "asked"), told);
    }

    sealed interface In {}

    @TypeName("ask")
    record Ask() implements In {}

    private final class Answering extends TypedConsumer<In> {

        private final CompletableFuture<String> later;

        Answering(CompletableFuture<String> later) {
            this.later = later;
        }

        @Override
        protected void handlers(Handlers<In> on) {
            on.answerLater(Ask.class, ask -> {
                told.add("asked");
                return later;
            });
        }
    }

    @Test
    void aPeerIsNotTakenForDeadWhileItsReaderWorksNorRightAfter() {
        ConsumerSession session = connected();
        connection.neverAnsweringPings();
        consumer.receiving = text -> pass(PING.plus(PONG).multipliedBy(10));

        session.receiveHere(Frame.text("a"));
        pass(PING.plus(PONG).minusSeconds(1));
        assertTrue(session.channel().isOpen());
        pass(Duration.ofSeconds(1));

        assertFalse(session.channel().isOpen(), "now it could have answered");
    }

    @Test
    void aPingThatWasSentBeforeTheReaderBeganToWorkEndsNothing() {
        ConsumerSession session = connected();
        connection.neverAnsweringPings();
        consumer.receiving = text -> {
            session.channel().touch();
            pass(PING.plus(PONG));
        };
        pass(PING);

        session.receiveHere(Frame.text("a"));
        pass(PONG);

        assertEquals(1, connection.pings());
        assertTrue(session.channel().isOpen());
    }

    @Test
    void aMessageThatComesDuringACallbackDoesNotMakeItsReaderReadAgain() {
        ConsumerSession session = connected();
        connection.neverAnsweringPings();
        consumer.receiving = text -> {
            if (text.equals("a")) {
                session.receiveHere(Frame.text("b"));
                pass(PING.plus(PONG).multipliedBy(2));
            }
        };

        session.receiveHere(Frame.text("a"));

        assertTrue(session.channel().isOpen());
    }

    @Test
    void closingTheBoxWaitsForWhoWorksOnAReader() throws Exception {
        try (ChannelBox box = ChannelBox.builder().executor(Runnable::run).build()) {
            ConsumerSession session = open(box);
            var working = new CompletableFuture<Void>();
            consumer.receiving = text -> {
                working.complete(null);
                while (!box.isClosed()) {
                    Thread.onSpinWait();
                }
            };
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> session.receiveHere(Frame.text("a")));
            working.get(10, TimeUnit.SECONDS);

            box.close(Duration.ofSeconds(10));
            told.add("closed");

            reading.get(10, TimeUnit.SECONDS);
            assertEquals(List.of("connect", "a", "/a", "disconnect 1001", "closed"), told);
        }
    }

    @Test
    void manyMessagesThatAreBroughtAtOnceAreHandledInOrderAndByTheExecutorAfterAFew() {
        ConsumerSession session = connected();
        consumer.receiving = text -> {
            if (text.equals("first")) {
                IntStream.range(0, 10).forEach(i -> session.receive(Frame.text(Integer.toString(i))));
            }
        };

        session.receiveHere(Frame.text("first"));
        assertEquals("/2", told.get(told.size() - 1));
        test.executor.run();

        assertEquals("/9", told.get(told.size() - 1));
    }

    private ConsumerSession connected() {
        ConsumerSession session = open(test.box);
        test.executor.run();
        told.clear();
        return session;
    }

    private ConsumerSession open(ChannelBox box) {
        ConsumerSession session = ConsumerSession.open(
                box, consumer, connection, Handshake.at("/").build(), User.named("ann"), ConsumerOptions.DEFAULT);
        connection.tell(session::closed, session::heard);
        return session;
    }

    /** Lets time pass, and the executor work as it does. */
    private void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            test.time.pass(Duration.ofSeconds(1));
            test.executor.run();
        }
    }
}
