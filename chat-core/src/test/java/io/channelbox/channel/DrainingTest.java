package io.channelbox.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.User;
import io.channelbox.codec.TextCodec;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection;
import io.channelbox.fake.RecordingConnection.Sends;
import io.channelbox.fake.TestBox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A box that goes away, and the clients that are to come back somewhere else. */
@Timeout(60)
class DrainingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestBox test = new TestBox(builder -> builder.random(new Random(20261121)::nextDouble));

    @Test
    void fiveThousandChannelsGetAllThatWaitedAndLeaveAFewAtATime() {
        List<Peer> peers = slow(5_000);
        List<Integer> asked = new ArrayList<>();

        test.box.drain(Duration.ofSeconds(20));
        asked.add(asked(peers));
        for (int second = 0; second < 5; second++) {
            test.time.pass(SECOND);
            asked.add(asked(peers));
            test.executor.run();
            assertTrue(peers.stream().allMatch(DrainingTest::hasAllBeforeTheClose));
            readsWhatWaits(peers);
        }
        assertEquals(List.of(100, 1_100, 2_100, 3_100, 4_100, 5_000), asked);

        for (Peer peer : peers) {
            assertEquals(List.of("a", "b", "c"), peer.texts());
            assertEquals(List.of(1001), peer.closeCodes());
        }
        assertEquals(List.of(), test.box.channels());
        assertEquals(1, test.time.tasks(), "only the sweep goes on");
    }

    @Test
    void theirClientsAreToldToComeBackAtAThousandASecond() {
        List<Peer> peers = peers(5_000);

        test.box.drain(Duration.ofSeconds(20));
        test.time.pass(Duration.ofSeconds(5));
        test.executor.run();

        Map<Long, Long> perSecond = peers.stream()
                .map(peer -> peer.connection().closes().get(0).retryAfter().orElseThrow())
                .collect(Collectors.groupingBy(Duration::toSeconds, Collectors.counting()));
        assertEquals(5, perSecond.size());
        perSecond.values().forEach(count -> assertEquals(1_000, count, 100));
    }

    @Test
    void moreThanThatPatienceAllowsLeaveFaster() {
        List<Peer> peers = peers(5_000);

        test.box.drain(Duration.ofSeconds(4));
        test.time.pass(SECOND);
        assertEquals(2_600, asked(peers));
        test.time.pass(SECOND);

        assertEquals(5_000, asked(peers), "half of the patience is left for what waits");
    }

    @Test
    void aSmallBoxStopsAtOnce() {
        List<Peer> peers = peers(100);

        test.box.drain(Duration.ofSeconds(20));
        test.executor.run();

        assertEquals(List.of(), test.box.channels());
        peers.forEach(peer -> assertTrue(
                peer.connection().closes().get(0).retryAfter().orElseThrow().compareTo(SECOND) < 0));
    }

    @Test
    void whoHasNotBeenAskedLivesAsEver() {
        List<Peer> peers = peers(200);
        test.box.drain(Duration.ofSeconds(20));
        Peer last =
                peers.stream().filter(peer -> peer.channel().isOpen()).findAny().orElseThrow();
        Group room = test.box.group("room");

        assertEquals(JoinStatus.GROUP_CREATED, room.join(last.channel()));
        assertEquals(1, room.broadcast("still here").queued());

        assertEquals(List.of("still here"), last.texts());
    }

    @Test
    void nobodyIsLetInAnyMoreAndEverybodyIsToldWhenToComeAgain() {
        peers(200);
        test.box.drain(Duration.ofSeconds(20));

        AuthResult.Rejected refused = test.box.refusal().orElseThrow();

        assertEquals(503, refused.reason().httpStatus());
        assertEquals(1013, refused.reason().closeCode());
        assertTrue(CloseStatus.OVERLOAD.because(refused.text()).retryAfter().isPresent(), refused.text());
        assertTrue(test.box.isClosed());
        assertThrows(IllegalStateException.class, () -> test.enter("late"));
    }

    @Test
    void someChannelsCanGoWhileTheBoxStays() {
        List<Peer> going = peers(300);
        Peer staying = test.enter("staying");

        test.box.drain(going.stream().map(Peer::channel).toList(), Duration.ofSeconds(5));
        test.time.pass(SECOND);
        test.executor.run();

        assertEquals(List.of(staying.channel()), test.box.channels());
        assertTrue(test.box.refusal().isEmpty());
    }

    @Test
    void closingGivesUpWhoHasNotGoneWhenThePatienceEnds() {
        List<Peer> peers = slow(300);
        test.box.drain(Duration.ofSeconds(20));

        test.box.close(Duration.ZERO);
        test.executor.run();

        assertEquals(List.of(), test.box.channels());
        peers.forEach(peer -> assertEquals(List.of(1001), peer.closeCodes()));
    }

    @Test
    void aThousandChannelsOnRealThreadsAreClosedAsCalmly() {
        var box = ChannelBox.builder().build();
        List<RecordingConnection> connections = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            var connection = new RecordingConnection();
            Channel channel = box.open(connection, Opening.of(User.named("user-" + i), TextCodec.PLAIN));
            connection.tell(channel);
            connections.add(connection);
            channel.send("last words");
        }

        box.close(Duration.ofSeconds(30));

        assertEquals(List.of(), box.channels());
        for (RecordingConnection connection : connections) {
            assertEquals(List.of("last words"), connection.texts());
            assertEquals(List.of(1001), connection.closeCodes());
        }
    }

    private List<Peer> peers(int count) {
        return IntStream.range(0, count).mapToObj(i -> test.enter("user-" + i)).toList();
    }

    /** Peers that have one frame on its way and two that wait. */
    private List<Peer> slow(int count) {
        List<Peer> peers = peers(count);
        for (Peer peer : peers) {
            peer.connection().sending(Sends.LATER);
            List.of("a", "b", "c").forEach(peer.channel()::send);
        }
        return peers;
    }

    /** Those who were asked to close read slowly, and those who were not read nothing. */
    private void readsWhatWaits(List<Peer> peers) {
        peers.stream()
                .filter(peer -> !peer.channel().isOpen())
                .forEach(peer -> peer.connection().completeAll());
        test.executor.run();
    }

    private static boolean hasAllBeforeTheClose(Peer peer) {
        return peer.closeCodes().isEmpty() || peer.texts().equals(List.of("a", "b", "c"));
    }

    private static int asked(List<Peer> peers) {
        return (int) peers.stream().filter(peer -> !peer.channel().isOpen()).count();
    }
}
