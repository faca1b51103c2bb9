package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.Subprotocols;
import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.ChannelInterceptor;
import io.channelbox.channel.CloseException;
import io.channelbox.channel.CloseStatus;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.Frame;
import io.channelbox.message.PeerException;
import io.channelbox.message.StoreException;
import io.channelbox.message.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ConsumerSessionTest {

    record Say(String text) {}

    private final TestBox test = new TestBox();
    private final RecordingConnection connection = new RecordingConnection();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    /** Notes its callbacks, and does what a test adds. */
    private class Noting extends ChannelConsumer<Say> {
        private Consumer<Channel> connecting = me -> {};
        private Consumer<String> receiving = text -> {};
        private Runnable disconnecting = () -> {};

        @Override
        protected void onConnect(Channel me) {
            told.add("connect");
            connecting.accept(me);
        }

        @Override
        protected void onReceive(Channel me, Say message) {
            told.add(message.text());
            receiving.accept(message.text());
        }

        @Override
        protected void onDisconnect(Channel me, CloseStatus status) {
            told.add("disconnect " + status.code());
            disconnecting.run();
        }
    }

    private final Noting consumer = new Noting();

    @Test
    void callbacksComeInTheirOrder() {
        ConsumerSession session = open(consumer);
        receive(session, "a", "b");
        session.closed(CloseStatus.NORMAL);
        assertEquals(List.of(), told, "never on the thread of the transport");

        test.executor.run();

        assertEquals(List.of("connect", "a", "b", "disconnect 1000"), told);
    }

    @Test
    void whatOnConnectSendsArrivesFirst() {
        consumer.connecting = me -> me.send(new Say("welcome"));
        consumer.receiving = text -> consumer.channel().send(new Say("re: " + text));

        ConsumerSession session = open(consumer);
        receive(session, "hello");
        test.box.sendToUser(new UserId("ann"), new Say("too early for the inbox"));
        test.executor.run();

        assertEquals(List.of("{\"text\":\"welcome\"}", "{\"text\":\"re: hello\"}"), connection.texts());
    }

    @Test
    void aCheckedExceptionThatAnotherLanguageThrowsEndsTheConnectionLikeAnyOther() {
        consumer.receiving = text -> sneak(new IOException("undeclared"));

        ConsumerSession session = open(consumer);
        receive(session, "a", "b");
        test.executor.run();
        session.closed(CloseStatus.SERVER_ERROR);
        test.executor.run();

        assertEquals(List.of("connect", "a", "disconnect 1011"), told);
    }

    /** Throws what no signature tells of. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneak(Exception undeclared) throws E {
        throw (E) undeclared;
    }

    @Test
    void whenTheProcessHasNoThreadsTheConsumerStillHearsOfTheEnd() {
        var poor = new AtomicBoolean();
        var box = ChannelBox.builder()
                .executor(work -> {
                    if (poor.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    work.run();
                })
                .build();
        ConsumerSession session = open(box, consumer, ConsumerOptions.DEFAULT);

        poor.set(true);
        session.closed(CloseStatus.NORMAL);

        assertEquals(List.of("connect", "disconnect 1000"), told);
    }

    @Test
    void callbacksOfOneConnectionNeverRunTwoAtATimeOnAnyNumberOfThreads() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        var box = ChannelBox.builder().executor(threads).build();
        var running = new AtomicInteger();
        var overlaps = new AtomicInteger();
        var done = new CountDownLatch(1);
        consumer.receiving = text -> {
            if (running.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            running.decrementAndGet();
        };
        consumer.disconnecting = done::countDown;
        try {
            ConsumerSession session = open(box, consumer, ConsumerOptions.DEFAULT);
            List<String> numbers =
                    IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
            numbers.forEach(number -> receive(session, number));
            session.closed(CloseStatus.NORMAL);
            done.await();

            assertEquals(0, overlaps.get());
            assertEquals(numbers, told.subList(1, 2_001));
        } finally {
            box.close();
            threads.shutdownNow();
        }
    }

    @Test
    void everyConnectionHasAConsumerOfItsOwn() {
        class Counting extends ChannelConsumer<String> {
            private int count;

            @Override
            protected void onReceive(Channel me, String message) {
                me.send(++count);
            }
        }
        ConsumerSession first = open(new Counting());
        first.receive(Frame.text("x"));
        first.receive(Frame.text("x"));
        ConsumerSession second = open(new Counting());
        second.receive(Frame.text("x"));

        test.executor.run();

        assertEquals(List.of("1", "2", "1"), connection.texts());
    }

    @Test
    void aConsumerThatIsHandedOutTwiceIsRefusedWithTheCure() {
        open(consumer);

        var refused = assertThrows(IllegalStateException.class, () -> open(consumer));

        assertTrue(String.valueOf(refused.getMessage()).contains("MyConsumer::new"));
        assertEquals(1, test.box.channels().size());
    }

    @Test
    void aHelperUsedInTheConstructorIsRefusedWithTheCure() {
        class TooEarly extends ChannelConsumer<String> {
            TooEarly() {
                join("room");
            }

            @Override
            protected void onReceive(Channel me, String message) {}
        }

        var refused = assertThrows(IllegalStateException.class, TooEarly::new);

        assertTrue(String.valueOf(refused.getMessage()).contains("onConnect"));
    }

    static Stream<Arguments> waysToFail() {
        return Stream.of(
                Arguments.of(new PeerException("not_invited", "you are not invited"), 1008),
                Arguments.of(new CloseException(4403, "go away"), 4403),
                Arguments.of(new IllegalStateException("a secret"), 1011),
                Arguments.of(new StoreException("a secret", new IOException()), 1013),
                Arguments.of(new AssertionError("a secret"), 1011));
    }

    @ParameterizedTest
    @MethodSource("waysToFail")
    void whateverOnConnectThrowsRefusesTheConnectionAndIsFollowedByOneDisconnect(Throwable thrown, int code) {
        consumer.connecting = me -> sneak(thrown);

        ConsumerSession session = open(consumer);
        receive(session, "never read");
        test.executor.run();
        session.closed(CloseStatus.ABNORMAL);
        test.executor.run();

        assertEquals(List.of("connect", "disconnect " + code), told);
        assertEquals(List.of(code), connection.closeCodes());
        assertFalse(connection.texts().toString().contains("secret"));
        assertFalse(connection.closes().toString().contains("secret"));
        assertEquals(List.of(), test.box.channels());
    }

    @Test
    void aPeerThatIsRefusedIsToldWhy() {
        consumer.connecting = me -> {
            throw new PeerException("not_invited", "you are not invited");
        };

        open(consumer);
        test.executor.run();

        assertEquals(
                List.of("{\"type\":\"error\",\"code\":\"not_invited\",\"message\":\"you are not invited\"}"),
                connection.texts());
    }

    @Test
    void aConnectionThatWasRefusedAfterThePeerHadLeftReadsNothing() {
        consumer.connecting = me -> {
            throw new IllegalStateException("refused");
        };
        ConsumerSession session = open(consumer);
        receive(session, "never read");
        session.closed(CloseStatus.NORMAL);

        test.executor.run();

        assertEquals(List.of("connect", "disconnect 1000"), told);
    }

    @Test
    void aMistakeOfThePeerIsAnsweredAndTheConnectionLives() {
        consumer.receiving = text -> {
            if (text.equals("bad")) {
                throw new PeerException("room_full", "this room is full");
            }
        };
        ConsumerSession session = open(consumer);

        receive(session, "bad", "good");
        test.executor.run();

        assertEquals(List.of("connect", "bad", "good"), told);
        assertEquals(
                List.of("{\"type\":\"error\",\"code\":\"room_full\",\"message\":\"this room is full\"}"),
                connection.texts());
        assertEquals(1, test.events(ChatEvent.PeerErred.class).size());
    }

    @Test
    void aFailureEndsTheConnectionAndWhatComesBehindItIsNotRead() {
        consumer.receiving = text -> {
            throw new IllegalStateException("a secret");
        };
        ConsumerSession session = open(consumer);

        receive(session, "bad", "behind");
        test.executor.run();

        assertEquals(List.of("connect", "bad", "disconnect 1011"), told);
        assertEquals(List.of(CloseStatus.SERVER_ERROR), connection.closes());
        assertEquals(List.of(), connection.texts());
        assertEquals(1, test.events(ChatEvent.ConsumerFailed.class).size());
    }

    @Test
    void afterAFailureNothingIsReadEvenWhenThePeerHasLeft() {
        consumer.receiving = text -> {
            throw new IllegalStateException("failed");
        };
        ConsumerSession session = open(consumer);
        receive(session, "bad", "behind");
        session.closed(CloseStatus.NORMAL);

        test.executor.run();

        assertEquals(List.of("connect", "bad", "disconnect 1000"), told);
    }

    @Test
    void whatCameBeforeThePeerLeftIsStillReadHoweverOftenItsLeavingIsTold() {
        ConsumerSession session = open(consumer);
        receive(session, "last words");
        session.closed(CloseStatus.NORMAL);
        session.closed(CloseStatus.ABNORMAL);

        test.executor.run();

        assertEquals(List.of("connect", "last words", "disconnect 1000"), told);
    }

    @Test
    void whatComesAfterWeClosedIsNotRead() {
        consumer.receiving = text -> consumer.channel().close(CloseStatus.POLICY);
        ConsumerSession session = open(consumer);

        receive(session, "one", "two");
        test.executor.run();

        assertEquals(List.of("connect", "one", "disconnect 1008"), told);
    }

    @Test
    void onDisconnectMayThrowAndSpeakToItsGroupsOnceMore() {
        var bob = test.enter("bob", "room");
        consumer.connecting = me -> consumer.join("room");
        consumer.disconnecting = () -> {
            assertEquals(1, consumer.group("room").size());
            consumer.broadcast("room", "ann left");
            throw new IllegalStateException("after all");
        };
        ConsumerSession session = open(consumer);
        test.executor.run();

        session.closed(CloseStatus.NORMAL);
        test.executor.run();

        assertEquals(List.of("ann left"), bob.texts());
        assertEquals(List.of("connect", "disconnect 1000"), told);
    }

    // What cannot be read

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatCannotBeReadIsAnsweredAndTheConnectionLives(String frame, String code) {
        ConsumerSession session = open(consumer);

        session.receive(Frame.text(frame));
        receive(session, "fine");
        test.executor.run();

        assertEquals(List.of("connect", "fine"), told);
        assertTrue(
                connection.texts().get(0).contains("\"code\":\"" + code + "\""),
                connection.texts().get(0));
        assertFalse(
                connection.texts().get(0).contains("io.channelbox"),
                connection.texts().get(0));
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("not json", "malformed"),
                Arguments.of("", "malformed"),
                Arguments.of("null", "malformed"),
                Arguments.of("[]", "malformed"),
                Arguments.of("{\"text\":\"x\"} trailing", "malformed"),
                Arguments.of("{\"a\":" + "[".repeat(20_000), "malformed"),
                Arguments.of("{\"text\":{}}", "invalid"));
    }

    @Test
    void oneUnreadableFrameTooManyInARowCloses() {
        ConsumerSession session = open(test.box, consumer, ConsumerOptions.DEFAULT.withMalformedInARow(3));
        unreadable(session, 3);
        receive(session, "fine");
        unreadable(session, 3);
        test.executor.run();
        assertEquals(List.of(), connection.closeCodes());

        unreadable(session, 1);
        test.executor.run();

        assertEquals(List.of(4400), connection.closeCodes());
        assertEquals(6, connection.texts().size());
        assertEquals(List.of("connect", "fine", "disconnect 4400"), told);
    }

    @Test
    void aStrictEndpointClosesAtTheFirstOne() {
        ConsumerSession session = open(test.box, consumer, ConsumerOptions.DEFAULT.closingOnMalformed());

        unreadable(session, 1);
        test.executor.run();

        assertEquals(List.of(1003), connection.closeCodes());
        assertEquals(List.of(), connection.texts());
    }

    @Test
    void aFrameOfTheWrongKindCloses() {
        class Texts extends ChannelConsumer<String> {
            @Override
            protected void onReceive(Channel me, String message) {}
        }
        class Bytes extends ChannelConsumer<byte[]> {
            @Override
            protected void onReceive(Channel me, byte[] message) {}
        }
        open(new Texts()).receive(Frame.binary(new byte[] {1}));
        open(new Bytes()).receive(Frame.text("x"));

        test.executor.run();

        assertEquals(List.of(1003, 1003), connection.closeCodes());
    }

    @Test
    void aConsumerOfBytesCanTellItsPeerOfAMistakeToo() {
        class Bytes extends ChannelConsumer<byte[]> {
            @Override
            protected void onReceive(Channel me, byte[] message) {
                throw new PeerException("room_full", "this room is full");
            }
        }
        open(new Bytes()).receive(Frame.binary(new byte[] {1}));

        test.executor.run();

        assertEquals(List.of(), connection.closeCodes());
        assertEquals(1, connection.frames().size());
    }

    @Test
    void aMessageThatIsTooLargeClosesAndIsCountedInBytes() {
        ConsumerSession session = open(test.box, consumer, ConsumerOptions.DEFAULT.withLargestMessage(15));

        session.receive(Frame.text("{\"text\":\"1234\"}")); // 15
        session.receive(Frame.text("{\"text\":\"123é\"}")); // 15 characters, 16 bytes
        test.executor.run();

        assertEquals(List.of(1009), connection.closeCodes());
    }

    @Test
    void moreThanABusyConsumerMayHaveWaitingCloses() {
        ConsumerSession session = open(test.box, consumer, ConsumerOptions.DEFAULT.withLargestBacklog(1_000));
        receive(session, "a", "b", "c");
        test.executor.run();
        assertEquals(List.of(), connection.closeCodes());

        IntStream.range(0, 100).forEach(i -> receive(session, "x"));
        test.executor.run();

        assertEquals(List.of(1013), connection.closeCodes());
    }

    @Test
    void aMessageThatNothingWaitsBeforeIsTakenHoweverSmallTheBacklog() {
        ConsumerSession session = open(
                test.box,
                consumer,
                ConsumerOptions.DEFAULT.withLargestMessage(10_000).withLargestBacklog(1_000));

        receive(session, "x".repeat(5_000));
        test.executor.run();
        receive(session, "y".repeat(5_000));
        test.executor.run();

        assertEquals(List.of(), connection.closeCodes());
        assertEquals(3, told.size());
    }

    // The inbox

    @Test
    void theInboxIsJoinedAfterOnConnect() {
        var sizes = new ArrayList<Integer>();
        consumer.connecting =
                me -> sizes.add(test.box.channelsOf(me.user().id()).size());

        open(consumer);
        test.executor.run();

        assertEquals(List.of(0), sizes);
        assertEquals(1, test.box.channelsOf(new UserId("ann")).size());
    }

    @Test
    void aConsumerCanJoinItsInboxItselfWithHistory() {
        test.box.sendToUser(new UserId("ann"), new Say("while you were away"), PublishOptions.DEFAULT.savingHistory());
        consumer.connecting = me ->
                test.box.inbox(me.user().id()).joinWithHistory(me, HistoryQuery.latest(10), page -> page.payloads());

        open(consumer);
        test.executor.run();
        test.box.sendToUser(new UserId("ann"), new Say("now"));

        assertEquals(List.of("[{\"text\":\"while you were away\"}]", "{\"text\":\"now\"}"), connection.texts());
    }

    @Test
    void aRefusedConnectionNeverReachesAnInbox() {
        consumer.connecting = me -> {
            throw new IllegalStateException("refused");
        };

        open(consumer);
        test.executor.run();

        assertEquals(List.of(), test.box.channelsOf(new UserId("ann")));
    }

    // Interceptors and executors

    @Test
    void whatComesInPassesTheFirstInterceptorFirstAndMayBeSwallowed() {
        var passing = new TestBox(builder -> builder.intercept(noting("a")).intercept(noting("b")));
        ConsumerSession session = open(passing.box, consumer, ConsumerOptions.DEFAULT);
        receive(session, "x");
        session.receive(Frame.text("swallow me"));
        session.closed(CloseStatus.NORMAL);

        passing.executor.run();

        assertEquals(
                List.of(
                        "a connect",
                        "b connect",
                        "connect",
                        "a in",
                        "b in",
                        "x",
                        "a in",
                        "disconnect 1000",
                        "b disconnect",
                        "a disconnect"),
                told);
    }

    private ChannelInterceptor noting(String name) {
        return new ChannelInterceptor() {
            @Override
            public void onConnect(Channel channel) {
                told.add(name + " connect");
            }

            @Override
            public Optional<Frame> onInbound(Channel channel, Frame frame) {
                told.add(name + " in");
                return frame.equals(Frame.text("swallow me")) ? Optional.empty() : Optional.of(frame);
            }

            @Override
            public void onDisconnect(Channel channel, CloseStatus status) {
                told.add(name + " disconnect");
            }
        };
    }

    @Test
    void heartbeatsOfTheApplicationAreAnsweredAndTheConsumerSeesNothingOfThem() {
        var beating = new TestBox(builder -> builder.intercept(JsonHeartbeat.typed("heartbeat", "heartbeat_ack")));
        ConsumerSession session = open(beating.box, consumer, ConsumerOptions.DEFAULT);

        session.receive(Frame.text("{\"type\": \"heartbeat\"}"));
        receive(session, "heartbeat");
        session.receive(Frame.text("heartbeat{"));
        beating.executor.run();

        assertEquals("{\"type\":\"heartbeat_ack\"}", connection.texts().get(0));
        assertEquals(List.of("connect", "heartbeat"), told);
        assertEquals(2, connection.texts().size(), "what only looks like one is the consumer's");
    }

    @Test
    void anExecutorThatRefusedOnceIsUsedAgain() {
        ConsumerSession session = open(consumer);
        test.executor.run();
        test.executor.refuse(true);
        assertThrows(RuntimeException.class, () -> receive(session, "a"));
        test.executor.refuse(false);

        receive(session, "b");
        session.closed(CloseStatus.NORMAL);
        test.executor.run();

        assertEquals(List.of("connect", "a", "b", "disconnect 1000"), told);
    }

    @Test
    void whatComesAfterACloseIsNeitherKeptNorCounted() {
        ConsumerSession session = open(test.box, consumer, ConsumerOptions.DEFAULT.withLargestBacklog(1_000));
        connection.neverClosing();

        IntStream.range(0, 10_000).forEach(i -> session.receive(Frame.text("x".repeat(900))));
        test.executor.run();

        assertEquals(List.of(1013), connection.closeCodes());
        assertEquals(0, test.executor.waiting());
    }

    @Test
    void anExecutorThatRefusesCannotKeepAConsumerFromItsEnd() {
        ConsumerSession session = open(consumer);
        test.executor.run();

        test.executor.refuse(true);
        session.closed(CloseStatus.NORMAL);

        assertEquals(List.of("connect", "disconnect 1000"), told);
        test.executor.refuse(false);
    }

    @Test
    void aClosedBoxOpensNoSessions() {
        test.box.close();

        assertThrows(IllegalStateException.class, () -> open(consumer));
    }

    @Test
    void tenThousandFramesAtOnceAreOneTaskOfTheExecutorAndAreHandledInOrder() {
        ConsumerOptions patient = ConsumerOptions.DEFAULT.withLargestBacklog(4 << 20);
        ConsumerSession session = open(test.box, consumer, patient);
        test.executor.run();
        List<String> numbers =
                IntStream.range(0, 10_000).mapToObj(Integer::toString).toList();

        numbers.forEach(number -> receive(session, number));

        assertEquals(1, test.executor.waiting(), "however many frames, one task");
        test.executor.run();
        assertEquals(numbers, told.subList(1, told.size()));
    }

    @Test
    void aFloodBeyondTheBacklogClosesTheFlooderAndNobodyElse() {
        ConsumerSession flooder = open(consumer);
        var others = new ArrayList<String>();
        class Listening extends ChannelConsumer<Say> {
            @Override
            protected void onReceive(Channel me, Say message) {
                others.add(message.text());
            }
        }
        ConsumerSession other = ConsumerSession.open(
                test.box,
                new Listening(),
                new RecordingConnection(),
                Handshake.at("/").build(),
                User.named("bob"),
                ConsumerOptions.DEFAULT);
        test.executor.run();

        IntStream.range(0, 10_000).forEach(i -> receive(flooder, Integer.toString(i)));
        receive(other, "hello");
        test.executor.run();

        assertEquals(List.of(1013), connection.closeCodes());
        assertTrue(told.size() < 8_000, "at most the backlog was in flight: " + told.size());
        assertEquals(List.of("hello"), others);
        assertTrue(other.channel().isOpen());
    }

    @ParameterizedTest
    @MethodSource("whoIsSentSeveralMessagesInAFrame")
    void onlyWhoAgreedOnChannelBoxV1IsSentFramesThatCanBeSplit(
            Subprotocols spoken, ConsumerOptions options, String arrived) {
        Handshake asked = Handshake.at("/")
                .header("Sec-WebSocket-Protocol", "channelbox.v1")
                .speaking(spoken)
                .build();
        ConsumerSession session =
                ConsumerSession.open(test.box, consumer, connection, asked, User.named("ann"), options);

        session.channel().send(Frame.text("one\u001emessage"));

        assertEquals(List.of(arrived), connection.texts());
    }

    static Stream<Arguments> whoIsSentSeveralMessagesInAFrame() {
        Subprotocols own = Subprotocols.NONE.andChannelBoxV1();
        return Stream.of(
                Arguments.of(own, ConsumerOptions.DEFAULT, "one message"),
                Arguments.of(own, ConsumerOptions.DEFAULT.sendingSingly(), "one\u001emessage"),
                Arguments.of(Subprotocols.NONE, ConsumerOptions.DEFAULT, "one\u001emessage"));
    }

    private ConsumerSession open(ChannelConsumer<?> any) {
        return open(test.box, any, ConsumerOptions.DEFAULT);
    }

    private ConsumerSession open(ChannelBox box, ChannelConsumer<?> any, ConsumerOptions options) {
        ConsumerSession session =
                ConsumerSession.open(box, any, connection, Handshake.at("/").build(), User.named("ann"), options);
        connection.tell(session::closed, session::heard);
        return session;
    }

    private static void receive(ConsumerSession session, String... texts) {
        for (String text : texts) {
            session.receive(Frame.text("{\"text\":\"" + text + "\"}"));
        }
    }

    private static void unreadable(ConsumerSession session, int frames) {
        IntStream.range(0, frames).forEach(i -> session.receive(Frame.text("not json")));
    }

    private static void sneak(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }
}
