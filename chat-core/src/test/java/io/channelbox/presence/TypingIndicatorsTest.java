package io.channelbox.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.auth.Verb;
import io.channelbox.broker.PublishOptions;
import io.channelbox.fake.Peer;
import io.channelbox.fake.RecordingConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypingIndicatorsTest {

    private final Room room = new Room();
    private final Peer ann = room.enter("ann");
    private final Peer tab = room.enter("ann");
    private final Peer bob = room.enter("bob");

    @Test
    void theOthersAreToldAndTheAuthorIsNot() {
        skip();

        starts(ann);

        assertEquals(List.of("ann types"), room.words(bob));
        assertEquals(List.of(), room.words(ann));
        assertEquals(List.of(), room.words(tab));
    }

    @Test
    void theAuthorIsToldWhereThatIsWanted() {
        Room echoing = new Room(Presence.Builder::typingSeenByAuthor);
        Peer joe = echoing.enter("joe");
        echoing.told(joe);

        echoing.presence.typing().started(Room.NAME, joe.channel());

        assertEquals(List.of("joe types"), echoing.words(joe));
    }

    @Test
    void aRunEndsByItselfOnce() {
        skip();
        starts(ann);

        room.pass(Duration.ofSeconds(4));
        assertEquals(List.of("ann types"), room.words(bob));
        room.pass(Duration.ofSeconds(60));

        assertEquals(List.of("ann stops"), room.words(bob));
    }

    @Test
    void sayingItAgainOnlyMakesItLastLonger() {
        skip();
        for (int i = 0; i < 5; i++) {
            starts(ann);
            room.pass(Duration.ofSeconds(3));
        }
        assertEquals(List.of("ann types"), room.words(bob));

        room.pass(Duration.ofSeconds(2));

        assertEquals(List.of("ann stops"), room.words(bob));
    }

    @Test
    void aMessageOfTheUserEndsItEvenWhenItIsFasterThanTheNews() {
        skip();
        room.presence.typing().started(Room.NAME, ann.channel());

        room.test.box.group(Room.NAME).actingAs(ann.channel()).broadcast(new Typing("x", "x", true));

        assertEquals(List.of("x types", "ann types", "ann stops"), room.words(bob));
        room.pass(Duration.ofSeconds(60));
        assertEquals(List.of(), room.words(bob));
    }

    @Test
    void aMessageOfSomebodyElseOrElsewhereDoesNot() {
        skip();
        starts(ann);
        room.told(bob);

        room.test.box.group(Room.NAME).actingAs(bob.channel()).broadcast(new Typing("x", "x", true));
        room.test.box.group("room:other").actingAs(ann.channel()).broadcast(new Typing("x", "x", true));
        room.test.box.group(Room.NAME).broadcast(new Typing("x", "x", true), PublishOptions.DEFAULT);

        assertEquals(List.of("x types", "x types"), room.words(bob));
    }

    @Test
    void aReceiptOrASignalOrAnEventOfTheUserDoesNotEither() {
        skip();
        starts(ann);
        room.told(bob);
        PublishOptions by = PublishOptions.DEFAULT.from(ann.channel().user().id());

        for (PublishOptions quiet : List.of(by.asState("delivered"), by.asEphemeral(), by.asEvent())) {
            room.test.box.group(Room.NAME).broadcast(new Typing("x", "x", true), quiet);
        }

        assertEquals(List.of("x types", "x types"), room.words(bob));
        room.test.box.group(Room.NAME).broadcast(new Typing("x", "x", true), by);
        assertEquals(List.of("x types", "ann stops"), room.words(bob));
    }

    @Test
    void whatIsNotSaidAgainEndsNothing() {
        PublishOptions keyed =
                PublishOptions.DEFAULT.from(ann.channel().user().id()).withIdempotencyKey("k");
        room.test.box.group(Room.NAME).broadcast(new Typing("x", "x", true), keyed);
        skip();
        starts(ann);

        room.test.box.group(Room.NAME).broadcast(new Typing("x", "x", true), keyed);

        assertEquals(List.of("ann types"), room.words(bob));
    }

    @Test
    void whoReadsSlowlyIsToldOfTheEndWhateverItHasMissed() {
        skip();
        bob.connection().sending(RecordingConnection.Sends.LATER);
        room.test.box.group(Room.NAME).broadcast(new Typing("x", "x", true)); // on its way

        for (int i = 0; i < 3; i++) {
            starts(ann);
            room.presence.typing().stopped(Room.NAME, ann.channel());
            room.settle();
        }
        bob.connection().completeAll();

        assertEquals(List.of("x types", "ann types", "ann types", "ann types", "ann stops"), room.words(bob));
    }

    @Test
    void leavingEndsIt() {
        skip();
        starts(ann);

        room.leave(ann);

        assertEquals("ann stops", room.words(bob).get(1));
    }

    @Test
    void theEndOfTheConnectionEndsItAndAnotherDevicePreventsThat() {
        skip();
        starts(ann);
        starts(tab);
        room.cut(ann);
        assertEquals(List.of("ann types", "4: ~ann"), room.words(bob));

        room.cut(tab);

        assertEquals(List.of("ann stops"), room.words(bob));
    }

    @Test
    void stoppingTwiceIsToldOnce() {
        skip();
        starts(ann);

        room.presence.typing().stopped(Room.NAME, ann.channel());
        room.presence.typing().stopped(Room.NAME, ann.channel());

        assertEquals(List.of("ann types", "ann stops"), room.words(bob));
    }

    @Test
    void whoIsNotHereTypesForNobody() {
        skip();
        Peer joe = room.open("joe", "Joe");

        starts(joe);

        assertEquals(List.of(), room.words(bob));
    }

    @Test
    void inALargeGroupNobodyIsTold() {
        Room large = new Room(settings -> settings.typingUpTo(1));
        Peer joe = large.enter("joe");
        Peer eve = large.enter("eve");
        large.told(eve);

        large.presence.typing().started(Room.NAME, joe.channel());

        assertEquals(List.of(), large.words(eve));
        large.cut(joe, eve);
        large.pass(Duration.ofSeconds(11));
        assertEquals(0, large.presence.remembered());
    }

    @Test
    void whoMayNotIsRefused() {
        Room strict = new Room(settings -> settings, box -> box.access(request -> request.verb() != Verb.TYPING));
        Peer joe = strict.enter("joe");

        assertThrows(NotAllowedException.class, () -> strict.presence.typing().started(Room.NAME, joe.channel()));
    }

    private void starts(Peer peer) {
        room.presence.typing().started(Room.NAME, peer.channel());
        room.settle();
    }

    private void skip() {
        List.of(ann, tab, bob).forEach(room::told);
    }
}
