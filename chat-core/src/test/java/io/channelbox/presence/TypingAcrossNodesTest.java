package io.channelbox.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.broker.Signal;
import io.channelbox.fake.Peer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TypingAcrossNodesTest {

    private final Rooms rooms = new Rooms(2);
    private final Peer ann = rooms.enter(0, "ann");
    private final Peer tab = rooms.enter(1, "ann");
    private final Peer bob = rooms.enter(1, "bob");
    private final Peer joe = rooms.enter(0, "joe");

    @BeforeEach
    void skip() {
        rooms.words(0, joe);
        rooms.words(1, bob);
        rooms.words(1, tab);
    }

    @Test
    void thoseOnOtherNodesAreToldAndTheAuthorIsNot() {
        starts(0, ann);

        assertEquals(List.of("ann types"), rooms.words(1, bob));
        assertEquals(List.of(), rooms.words(1, tab));
        rooms.on(0).presence.typing().stopped(Room.NAME, ann.channel());
        assertEquals(List.of("ann stops"), rooms.words(1, bob));
    }

    @Test
    void aRunEndsByItselfOnceAndIsRenewedAsLongAsItLasts() {
        for (int i = 0; i < 10; i++) {
            starts(0, ann);
            rooms.pass(Duration.ofSeconds(1));
        }
        assertEquals(List.of("ann types"), rooms.words(1, bob));

        rooms.pass(Duration.ofSeconds(4));

        assertEquals(List.of("ann stops"), rooms.words(1, bob));
        assertEquals(5, told(0), "one begins it, three renew it, one ends it");
    }

    @Test
    void itEndsWhenNothingMoreIsHeardOfIt() {
        starts(0, ann);
        rooms.node(1).deaf = true;

        rooms.pass(Duration.ofSeconds(60));

        assertEquals(List.of("ann types", "ann stops"), rooms.words(1, bob));
        assertEquals(List.of("ann types", "ann stops"), rooms.words(0, joe));
    }

    @Test
    void aUserWhoTypesOnTwoNodesDoesItOnce() {
        starts(0, ann);
        starts(1, tab);
        rooms.on(0).presence.typing().stopped(Room.NAME, ann.channel());
        assertEquals(List.of("ann types"), rooms.words(1, bob));
        assertEquals(List.of("ann types"), rooms.words(0, joe));

        rooms.on(1).presence.typing().stopped(Room.NAME, tab.channel());

        assertEquals(List.of("ann stops"), rooms.words(1, bob));
        assertEquals(List.of("ann stops"), rooms.words(0, joe));
    }

    @Test
    void whatTheUserSaysOnAnotherNodeEndsIt() {
        starts(0, ann);
        rooms.words(1, bob);

        rooms.on(1).test.box.group(Room.NAME).actingAs(tab.channel()).broadcast(new Typing("x", "x", true));

        assertEquals(List.of("x types", "ann stops"), rooms.words(1, bob));
        assertEquals(List.of("ann types", "ann stops"), rooms.words(0, joe));
        rooms.pass(Duration.ofSeconds(60));
        assertEquals(List.of(), rooms.words(0, joe));
        assertEquals(List.of(), rooms.words(1, bob));
    }

    @Test
    void itEndsWithTheDeviceAndWithTheNode() {
        starts(0, ann);
        rooms.cut(0, ann);
        assertEquals(List.of("ann types", "ann stops", "4: ~ann"), sorted(rooms.words(1, bob)));

        starts(0, joe);
        rooms.kill(0);
        rooms.gone(0, 1);

        List<String> words = rooms.words(1, bob);
        assertEquals(3, words.size(), words::toString);
        assertEquals("joe types", words.get(0));
        assertEquals(true, words.contains("joe stops"));
    }

    @Test
    void nothingIsLeftOfIt() {
        starts(0, ann);
        rooms.cut(0, ann, joe);
        rooms.cut(1, bob, tab);

        rooms.pass(Duration.ofSeconds(12));

        assertEquals(0, rooms.on(0).presence.remembered());
        assertEquals(0, rooms.on(1).presence.remembered());
    }

    private static List<String> sorted(List<String> words) {
        return words.stream()
                .sorted((one, other) -> Boolean.compare(one.contains(":"), other.contains(":")))
                .toList();
    }

    private void starts(int number, Peer peer) {
        rooms.on(number).presence.typing().started(Room.NAME, peer.channel());
        rooms.settle();
    }

    private long told(int number) {
        return rooms.node(number).told.stream()
                .filter(Signal.Typing.class::isInstance)
                .count();
    }
}
