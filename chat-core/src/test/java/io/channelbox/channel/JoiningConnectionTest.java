package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.message.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JoiningConnectionTest {

    private static final Frame BINARY = Frame.binary(new byte[] {1});

    private final RecordingConnection peer = new RecordingConnection();
    private final JoiningConnection connection = new JoiningConnection(peer, new JoinedFrames());
    private final List<String> told = new ArrayList<>();
    private final Connection.Completion completion = new Connection.Completion() {
        @Override
        public void succeeded() {
            told.add("succeeded");
        }

        @Override
        public void failed(Throwable cause) {
            told.add("failed");
        }
    };

    private static List<Frame> texts(String... texts) {
        return Stream.of(texts).<Frame>map(Frame::text).toList();
    }

    @Test
    void whatWaitsLeavesInOneFrame() {
        connection.sendAll(texts("{}", "[]", "1"), completion);

        assertEquals(texts("{}\u001e[]\u001e1"), peer.frames());
        assertEquals(List.of("succeeded"), told);
    }

    @Test
    void aLoneMessageLeavesAsItIs() {
        Frame alone = Frame.text("{}");

        connection.send(alone, completion);

        assertSame(alone, peer.frames().get(0));
    }

    @Test
    void aSeparatorInAMessageMakesNoMessageMore() {
        connection.send(Frame.text("a\u001eb"), completion);
        connection.sendAll(texts("c\u001ed", "e"), completion);

        assertEquals(texts("a b", "c d\u001ee"), peer.frames());
    }

    @Test
    void whatIsBinaryStaysAloneInItsPlace() {
        Frame untouched = Frame.binary(new byte[] {'a', 0x1e, 'b'});

        connection.sendAll(
                List.of(Frame.text("1"), Frame.text("2"), BINARY, untouched, Frame.text("3"), Frame.text("4")),
                completion);

        assertEquals(List.of(Frame.text("1\u001e2"), BINARY, untouched, Frame.text("3\u001e4")), peer.frames());
        assertEquals(List.of("succeeded"), told);
    }

    @Test
    void noFrameIsMadeLargerThan64KiB() {
        String half = "x".repeat((Joining.LARGEST - 1) / 2);
        String larger = "y".repeat(Joining.LARGEST + 1);

        connection.sendAll(texts(half, half, "z", larger, "z"), completion);

        assertEquals(texts(half + "\u001e" + half, "z", larger, "z"), peer.frames());
        assertEquals(List.of("succeeded"), told);
    }

    @Test
    void oneSendIsUnderWayAtATime() {
        peer.sending(Sends.LATER);

        connection.sendAll(List.of(Frame.text("1"), BINARY, Frame.text("2")), completion);

        for (int sent = 1; sent <= 3; sent++) {
            assertEquals(sent, peer.frames().size());
            assertEquals(1, peer.openSends());
            assertEquals(List.of(), told);
            peer.completeNext();
        }
        assertEquals(List.of("succeeded"), told);
    }

    @Test
    void manySendsThatCompleteAtOnceDoNotFillTheStack() {
        List<Frame> many = IntStream.range(0, 100_000).mapToObj(i -> BINARY).toList();

        connection.sendAll(many, completion);

        assertEquals(many.size(), peer.frames().size());
        assertEquals(List.of("succeeded"), told);
    }

    @ParameterizedTest
    @EnumSource(names = {"TWICE", "LYING"})
    void onlyTheFirstThatASendIsToldCounts(Sends sends) {
        peer.sending(sends);

        connection.send(BINARY, completion);
        connection.sendAll(texts("1", "2"), completion);
        connection.sendAll(List.of(BINARY, Frame.text("1"), BINARY), completion);

        assertEquals(List.of(BINARY, Frame.text("1\u001e2"), BINARY, Frame.text("1"), BINARY), peer.frames());
        assertEquals(List.of("succeeded", "succeeded", "succeeded"), told);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILING", "THROWING", "THROWING_ERROR"})
    void afterASendThatFailedNothingFollows(Sends sends) {
        peer.sending(sends);

        connection.sendAll(List.of(BINARY, Frame.text("1")), completion);

        assertEquals(List.of(BINARY), peer.frames());
        assertEquals(List.of("failed"), told);
    }

    @Test
    void aSendThatFailsLaterEndsTheRestToo() {
        peer.sending(Sends.LATER);
        connection.sendAll(List.of(BINARY, Frame.text("1"), BINARY), completion);
        peer.completeNext();

        peer.failNext();

        assertEquals(2, peer.frames().size());
        assertEquals(List.of("failed"), told);
    }

    @Test
    void aTransportThatGathersIsGivenAllThatIsLeft() {
        List<List<Frame>> gathered = new ArrayList<>();
        var gathering = new GatheringConnection() {
            @Override
            public void sendAll(List<Frame> frames, Completion each) {
                gathered.add(frames);
                each.succeeded();
            }

            @Override
            public void send(Frame frame, Completion each) {
                peer.send(frame, each);
            }

            @Override
            public void ping(Completion each) {
                peer.ping(each);
            }

            @Override
            public void close(CloseStatus status) {
                peer.close(status);
            }
        };
        var joining = new JoiningConnection(gathering, new JoinedFrames());

        joining.sendAll(List.of(Frame.text("1"), Frame.text("2"), BINARY), completion);
        joining.sendAll(texts("3", "4"), completion);

        assertEquals(List.of(List.of(Frame.text("1\u001e2"), BINARY)), gathered);
        assertEquals(texts("3\u001e4"), peer.frames()); // one frame needs no gathering
        assertEquals(List.of("succeeded", "succeeded"), told);
    }

    @Test
    void pingsAndTheCloseAreTheTransports() {
        connection.ping(completion);
        connection.close(CloseStatus.NORMAL);

        assertEquals(List.of("succeeded"), told);
        assertEquals(List.of(1000), peer.closeCodes());
        assertTrue(peer.frames().isEmpty());
    }
}
