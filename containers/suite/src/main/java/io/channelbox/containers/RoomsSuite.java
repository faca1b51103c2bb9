package io.channelbox.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.Channel;
import io.channelbox.channel.ChannelBox;
import io.channelbox.channel.CloseStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said to many. */
interface RoomsSuite extends Fixture {

    @Test
    default void whatAnyoneSaysReachesTheRoomAndNoOther() throws Exception {
        try (Client ann = connect("/rooms/one/live");
                Client bob = Client.Kind.JAVA_WEBSOCKET.connect(server().at("/rooms/one/live"));
                Client eve = connect("/rooms/two/live")) {
            for (Client each : List.of(ann, bob, eve)) {
                assertEquals("joined", each.text());
            }

            ann.send("hello");
            eve.send("elsewhere");

            assertEquals("hello", ann.text());
            assertEquals("hello", bob.text());
            assertEquals("elsewhere", eve.text());
        }
    }

    @Test
    default void aLoneSurrogateHurtsNobody() throws Exception {
        List<Client> room = members("poisoned", 5);
        try {
            box().group("poisoned").broadcast("a\uD800b");
            box().group("poisoned").broadcast("after");

            for (Client member : room) {
                assertEquals("a\uFFFDb", member.text());
                assertEquals("after", member.text());
            }
        } finally {
            room.forEach(Client::close);
        }
    }

    @Test
    default void twentyThousandFramesLeaveOneAfterTheOther() throws Exception {
        try (Client ann = connect("/desk")) {
            ann.send("flood 20000");

            for (int i = 0; i < 20_000; i++) {
                assertEquals(Integer.toString(i), ann.text());
            }
        }
    }

    @Test
    default void everyoneHearsConcurrentBroadcastsInOneOrderAndMissesNone() throws Exception {
        int threads = 8;
        int each = 100;
        List<Client> room = members("busy", 20);
        try {
            CompletableFuture<?>[] speakers = IntStream.range(0, threads)
                    .mapToObj(speaker -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < each; i++) {
                            box().group("busy").broadcast(speaker + ":" + i);
                        }
                    }))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(speakers).get(Client.SECONDS, TimeUnit.SECONDS);

            List<String> first = take(room.get(0), threads * each);
            assertEquals(threads * each, new HashSet<>(first).size());
            for (Client other : room.subList(1, room.size())) {
                assertEquals(first, take(other, threads * each));
            }
        } finally {
            room.forEach(Client::close);
        }
    }

    @Test
    default void whoStopsReadingIsClosedWhileTheOthersGetEverything() throws Exception {
        String id = newId();
        String padding = "x".repeat(2_000);
        try (var own = ChannelBox.builder().build();
                TestServer served = start(endpoints(own));
                RawClient deaf = RawClient.connect(served.at("/rooms/crowd/live?id=" + id));
                Client ann = Client.Kind.JDK.connect(served.at("/rooms/crowd/live"));
                Client bob = Client.Kind.JAVA_WEBSOCKET.connect(served.at("/rooms/crowd/live"))) {
            Channel channel = journal().open(id);
            assertEquals("joined", ann.text());
            assertEquals("joined", bob.text());

            for (int batch = 0; batch < 100; batch++) { // in steps, so that only the deaf one falls behind
                for (int i = 0; i < 100; i++) {
                    own.group("crowd").broadcast((batch * 100 + i) + padding);
                }
                for (int i = 0; i < 100; i++) {
                    String expected = (batch * 100 + i) + padding;
                    assertEquals(expected, ann.text());
                    assertEquals(expected, bob.text());
                }
            }

            assertEquals(CloseStatus.TOO_SLOW.code(), journal().end(id).code());
            assertTrue(own.channel(channel.id()).isEmpty());
            assertEquals(2, own.group("crowd").size());
            assertTrue(deaf.framesUntilClosed() < 10_000);
        }
    }

    @Test
    default void whoReadsOnAfterBeingTooSlowLearnsWhy() throws Exception {
        String id = newId();
        try (var own = ChannelBox.builder().build();
                TestServer served = start(endpoints(own));
                RawClient slow = RawClient.connect(served.at("/rooms/crowd/live?id=" + id))) {
            Channel channel = journal().open(id);
            String padding = "x".repeat(20_000);
            while (channel.isOpen()) {
                own.group("crowd").broadcast(padding);
            }

            assertEquals(
                    CloseStatus.TOO_SLOW.code(), slow.closeFrame().closeStatus().code());
        }
    }

    private List<Client> members(String room, int count) throws Exception {
        List<Client> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Client member = connect("/rooms/" + room + "/live");
            members.add(member);
            assertEquals("joined", member.text());
        }
        return members;
    }

    private static List<String> take(Client client, int count) throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(client.text());
        }
        return texts;
    }
}
