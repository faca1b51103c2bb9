package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.codec.BinaryCodec;
import io.channelbox.codec.TextCodec;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import io.channelbox.message.Frame;
import io.channelbox.message.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChannelTest {

    private final TestBox test = new TestBox();
    private final List<String> told = new ArrayList<>();

    @Test
    void twoChannelsOfOneUserHaveIdsOfTheirOwn() {
        assertFalse(test.enter("ann")
                .channel()
                .id()
                .equals(test.enter("ann").channel().id()));
    }

    @Test
    void aChannelKnowsHowItWasOpened() {
        Handshake asked =
                Handshake.at("/chat/7").pathParameters(Map.of("room_id", "7")).build();

        Channel ann = test.enter(Opening.of(User.named("ann"), TextCodec.PLAIN).from(asked))
                .channel();

        assertEquals("7", ann.handshake().path("room_id"));
        assertEquals(new UserId("ann"), ann.user().id());
        assertEquals(test.time.instant(), ann.openedAt());
        assertEquals(Optional.of(ann), test.box.channel(ann.id()));
    }

    @Test
    void whatTheCodecCannotWriteIsTheSendersMistake() {
        Peer ann = test.enter("ann", BinaryCodec.PLAIN);

        assertThrows(IllegalArgumentException.class, () -> ann.channel().send(Map.of()));

        assertTrue(ann.channel().isOpen());
    }

    @Test
    void aFrameIsSentAsItIs() {
        Peer ann = test.enter("ann");
        Frame frame = Frame.binary(new byte[] {1, 2});

        ann.channel().send(frame);

        assertEquals(List.of(frame), ann.connection().frames());
    }

    @Test
    void closingFirstSendsWhatIsQueued() {
        Peer ann = test.enter("ann");
        ann.connection().sending(Sends.LATER);
        ann.channel().send("a");
        ann.channel().send("last words");

        ann.channel().close(new CloseStatus(4001, "bye"));
        test.executor.run();
        assertEquals(List.of(), ann.closeCodes());
        assertFalse(ann.channel().isOpen());
        ann.connection().completeAll();
        test.executor.run();

        assertEquals(List.of("a", "last words"), ann.texts());
        assertEquals(List.of(new CloseStatus(4001, "bye")), ann.connection().closes());
    }

    @Test
    void closingOnlyAsksAndTheConnectionIsClosedOnTheExecutor() {
        Peer ann = test.enter("ann");

        ann.channel().close();

        assertEquals(List.of(), ann.closeCodes());
        test.executor.run();
        assertEquals(List.of(1000), ann.closeCodes());
    }

    @Test
    void onlyTheFirstStatusCounts() {
        Peer ann = test.enter("ann");
        ann.channel().onClose(status -> told.add(status.toString()));

        ann.channel().close(CloseStatus.POLICY);
        ann.channel().close(CloseStatus.SERVER_ERROR);
        test.executor.run();
        ann.channel().ended(CloseStatus.ABNORMAL);

        assertEquals(List.of(1008), ann.closeCodes());
        assertEquals(List.of("1008 policy violation"), told);
    }

    @Test
    void whatThePeerSaysCountsWhenNobodyHereAsked() {
        Peer ann = test.enter("ann", "room");
        ann.channel().onClose(status -> told.add(status.toString()));

        ann.channel().ended(new CloseStatus(1001, "tab closed"));
        ann.channel().ended(CloseStatus.ABNORMAL);

        assertEquals(List.of("1001 tab closed"), told);
        assertEquals(List.of(), test.box.channels());
        assertEquals(Set.of(), test.box.groups());
        assertEquals(Set.of(), ann.channel().groups());
        assertEquals(
                List.of(1001),
                test.events(ChatEvent.ChannelClosed.class).stream()
                        .map(ChatEvent.ChannelClosed::code)
                        .toList());
    }

    @Test
    void aCallbackOnAnEndedChannelRunsAtOnce() {
        Peer ann = test.enter("ann");
        ann.channel().ended(CloseStatus.NORMAL);

        ann.channel().onClose(status -> told.add(status.toString()));

        assertEquals(List.of("1000"), told);
    }

    @Test
    void callbacksRunInTheirOrderAfterTheChannelHasLeftItsGroups() {
        Peer ann = test.enter("ann", "room");
        ann.channel().onClose(status -> told.add("first " + ann.channel().groups()));
        ann.channel().onClose(status -> told.add("second " + test.box.channels()));

        ann.channel().ended(CloseStatus.NORMAL);

        assertEquals(List.of("first []", "second []"), told);
    }

    @Test
    void aCallbackGivenInsideACallbackRunsToo() {
        Peer ann = test.enter("ann");
        ann.channel().onClose(outer -> ann.channel().onClose(inner -> told.add("inner")));

        ann.channel().ended(CloseStatus.NORMAL);

        assertEquals(List.of("inner"), told);
    }

    @ParameterizedTest
    @MethodSource("whatCodeMayThrow")
    void aCallbackThatThrowsKeepsNoOtherFromRunning(Runnable thrower) {
        Peer ann = test.enter("ann");
        ann.channel().onClose(status -> thrower.run());
        ann.channel().onClose(status -> told.add("second"));

        ann.channel().ended(CloseStatus.NORMAL);

        assertEquals(List.of("second"), told);
    }

    @ParameterizedTest
    @MethodSource("whatCodeMayThrow")
    void aListenerThatThrowsChangesNothing(Runnable thrower) {
        var listening = new TestBox(builder -> builder.listen(event -> thrower.run())
                .listen(event -> told.add(event.getClass().getSimpleName())));

        Peer ann = listening.enter("ann", "room");
        BroadcastResult result = listening.box.group("room").broadcast("hello");
        ann.channel().ended(CloseStatus.NORMAL);

        assertEquals(1, result.queued());
        assertTrue(told.containsAll(List.of("ChannelOpened", "Joined", "Published", "Left", "ChannelClosed")));
        assertEquals(List.of(), listening.box.channels());
    }

    static Stream<Runnable> whatCodeMayThrow() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("an exception");
                },
                () -> {
                    throw new AssertionError("an error");
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILING", "THROWING", "THROWING_ERROR"})
    void aSendThatFailsEndsTheChannelAsABrokenConnection(Sends broken) {
        Peer ann = test.enter("ann", "room");
        ann.channel().onClose(status -> told.add(status.toString()));
        ann.connection().sending(broken).neverClosing();

        ann.channel().send("hello");
        test.executor.run();

        assertEquals(List.of("1006 send failed"), told);
        assertEquals(List.of(), test.box.channels());
        assertEquals(List.of(1006), ann.closeCodes(), "the transport is told to let go");
    }

    @Test
    void whoEndsInTheMiddleOfABroadcastCanStillBeBidFarewell() {
        Peer ann = test.enter("ann", "room");
        Peer bob = test.enter("bob", "room");
        Group room = test.box.group("room");
        bob.channel().onClose(status -> room.broadcast("bob left"));
        bob.connection().sending(Sends.FAILING);

        room.broadcast("hello");
        test.executor.run();

        assertEquals(List.of("hello", "bob left"), ann.texts());
    }

    @Test
    void anExecutorThatRefusesKeepsNoChannelFromEnding() {
        Peer ann = test.enter("ann", "room");
        ann.connection().sending(Sends.FAILING);
        test.executor.refuse(true);

        SendResult result = ann.channel().send("hello");

        assertEquals(SendResult.QUEUED, result);
        assertEquals(List.of(), test.box.channels());
        assertEquals(Set.of(), test.box.groups());
    }

    @Test
    void anOverflowClosesTheChannelEvenWhenAListenerClosesItToo() {
        var closing = new ArrayList<Channel>();
        var small = new TestBox(builder -> builder.outbox(OutboxLimits.DEFAULT.withFrames(1))
                .listen(event -> {
                    if (event instanceof ChatEvent.ChannelOverflowed) {
                        closing.forEach(Channel::close);
                    }
                }));
        Peer ann = small.enter("ann");
        ann.connection().sending(Sends.LATER);
        closing.add(ann.channel());
        Stream.of("in flight", "waiting", "too much").forEach(ann.channel()::send);

        small.executor.run();

        assertEquals(List.of(4413), ann.closeCodes());
        assertEquals(List.of(), small.box.channels());
    }

    @Test
    void aBrokenConnectionThatFailsToCloseHasEndedAllTheSame() {
        var connection = new RecordingConnection()
                .sending(Sends.FAILING)
                .tell(
                        status -> {
                            throw new AssertionError("close failed");
                        },
                        () -> {});
        Channel ann = test.box.open(connection, Opening.of(User.named("ann"), TextCodec.PLAIN));

        ann.send("hello");
        test.executor.run();

        assertEquals(List.of(), test.box.channels());
    }

    @Test
    void attributesKeepTheirTypeAndGo() {
        Channel ann = test.enter("ann").channel();
        AttributeKey<Integer> score = AttributeKey.of("score", Integer.class);
        assertEquals(Optional.empty(), ann.get(score));

        ann.set(score, 7);

        assertEquals(Optional.of(7), ann.get(score));
        assertEquals(Optional.empty(), ann.get(AttributeKey.of("score", String.class)));
        assertEquals(Optional.empty(), test.enter("ann").channel().get(score));
        ann.remove(score);
        assertEquals(Optional.empty(), ann.get(score));
    }

    @Test
    void aChannelTellsItsIdAndUserInLogsAndNothingElse() {
        Channel ann = test.enter("ann").channel();

        assertEquals("channel " + ann.id() + " of ann", ann.toString());
    }
}
