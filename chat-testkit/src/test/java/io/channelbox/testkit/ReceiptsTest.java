package io.channelbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channelbox.codec.JsonStyle;
import io.channelbox.consumer.Delivered;
import io.channelbox.consumer.Handlers;
import io.channelbox.consumer.Topic;
import io.channelbox.consumer.TopicError;
import io.channelbox.consumer.Topics;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who hears how far messages have reached whom. */
class ReceiptsTest {

    @TypeName("say")
    record Say(String text) {}

    /** What a topic of its own means by it. */
    @TypeName("received")
    record Parcel(String text) {}

    /** A room. */
    static class Room extends Topic<Say> {

        @Override
        protected void handlers(Handlers<Say> on) {
            on.on(Say.class, this::broadcast);
        }
    }

    /** A topic that has a message of that name. */
    static class PostOffice extends Topic<Parcel> {

        @Override
        protected void handlers(Handlers<Parcel> on) {
            on.answer(Parcel.class, parcel -> new Say("a parcel: " + parcel.text()));
        }
    }

    private static final Topics PLAIN = Topics.in(JsonStyle.DEFAULT.payloadIn("payload"))
            .topic("room:{id}", Room::new)
            .topic("post:{id}", PostOffice::new);
    private static final Topics TOPICS = PLAIN.receipts();

    @RegisterExtension
    ChatExtension chat = ChatExtension.mounting("/topics", TOPICS.hub())
            .and("/plain", PLAIN.hub())
            .and("/room/{id}", TOPICS.only("room:{id}"));

    private TestClient ann;
    private TestClient bob;
    private TestTopic annsRoom;
    private TestTopic bobsRoom;

    @BeforeEach
    void bothAreInARoomWithThreeMessages() {
        ann = chat.user("ann").connect("/topics");
        bob = chat.user("bob").connect("/topics");
        annsRoom = ann.subscribe("room:1");
        bobsRoom = bob.subscribe("room:1");
        for (int i = 0; i < 3; i++) {
            annsRoom.send(new Say("hi"));
        }
        assertEquals(3, annsRoom.receiveAll(Say.class).size());
        assertEquals(3, bobsRoom.receiveAll(Say.class).size());
    }

    @Test
    void theOthersHearHowFarMessagesHaveReachedAUser() {
        TestTopic onPhone = chat.user("bob").connect("/topics").subscribe("room:1");

        received(bob, 1);
        received(bob, 3);

        assertEquals(List.of(delivered("bob", 1), delivered("bob", 3)), annsRoom.receiveAll(Delivered.class));
        bobsRoom.assertSilent();
        onPhone.assertSilent();
        assertEquals(3, chat.box().group("room:1").historyStats().count());
    }

    @Test
    void theOthersHearItOnAllNodes() {
        try (TestCluster cluster = TestCluster.with(2, broker -> broker, box -> box.historyCodec(TOPICS.codec()))
                .mount("/topics", TOPICS.hub())) {
            TestTopic annsThere = cluster.node(0).user("ann").connect("/topics").subscribe("room:1");
            TestClient bobHere = cluster.node(1).user("bob").connect("/topics");
            bobHere.subscribe("room:1");
            annsThere.send(new Say("hi"));
            cluster.settle();
            assertEquals(1, annsThere.receiveAll(Say.class).size());

            received(bobHere, 1);
            cluster.settle();

            assertEquals(List.of(delivered("bob", 1)), annsThere.receiveAll(Delivered.class));
        }
    }

    @Test
    void whoReadsSlowlyHearsOfTheNewestOnly() {
        ann.stopReading();

        received(bob, 1); // is on its way already
        received(bob, 2);
        received(bob, 3);
        ann.readAgain();

        assertEquals(List.of(delivered("bob", 1), delivered("bob", 3)), annsRoom.receiveAll(Delivered.class));
    }

    @Test
    void lessThanWasToldBeforeIsNotToldAlsoNotFromAnotherDevice() {
        TestClient phone = chat.user("bob").connect("/topics");
        phone.subscribe("room:1");
        received(bob, 2);

        received(bob, 2);
        received(phone, 1);
        received(phone, 3);

        assertEquals(List.of(delivered("bob", 2), delivered("bob", 3)), annsRoom.receiveAll(Delivered.class));
    }

    @Test
    void moreThanWasSaidIsNotTold() {
        received(bob, 4);
        received(bob, Long.MAX_VALUE);

        annsRoom.assertSilent();
    }

    @Test
    void whoUnsubscribesIsForgottenWithTheLastDevice() {
        TestClient phone = chat.user("bob").connect("/topics");
        phone.subscribe("room:1");
        received(bob, 3);
        received(phone, 3);

        bobsRoom.unsubscribe();
        received(phone, 3);
        phone.close();
        TestClient back = chat.user("bob").connect("/topics");
        back.subscribe("room:1");
        received(back, 3);

        assertEquals(List.of(delivered("bob", 3), delivered("bob", 3)), annsRoom.receiveAll(Delivered.class));
    }

    @Test
    void aRoomOfMoreThanAHundredHearsNothingOfIt() {
        for (int i = 0; i < 99; i++) {
            chat.user("guest " + i).connect("/topics").subscribe("room:1");
        }

        received(bob, 3);

        annsRoom.assertSilent();
    }

    @Test
    void anOffsetThatIsNoneIsInvalidAndAConnectionOfOneTopicMayTellToo() {
        received(bob, 0);
        TestClient here = chat.user("cem").connect("/room/1").skipAll();
        here.send("{\"type\":\"received\",\"payload\":{\"offset\":2}}");

        assertEquals("invalid", bobsRoom.receive(TopicError.class).reason());
        assertEquals(delivered("cem", 2), annsRoom.receive(Delivered.class));
    }

    @Test
    void aMessageOfTheTopicThatIsCalledSoComesFirst() {
        TestTopic office = bob.subscribe("post:1");

        office.send(new Parcel("books"));

        assertEquals(new Say("a parcel: books"), office.receive(Say.class));
    }

    @Test
    void whereReceiptsWereNotAskedForThereAreNone() {
        TestClient plain = chat.user("cem").connect("/plain");
        TestTopic room = plain.subscribe("room:1");

        received(plain, 1);

        assertEquals("unknown_type", room.receive(TopicError.class).reason());
        annsRoom.assertSilent();
    }

    @Test
    void whoIsNotSubscribedHasReceivedNothing() {
        bobsRoom.unsubscribe();

        received(bob, 1);

        assertEquals(
                TopicError.NOT_SUBSCRIBED, bobsRoom.receive(TopicError.class).reason());
        annsRoom.assertSilent();
    }

    private static void received(TestClient client, long offset) {
        client.send("{\"topic\":\"room:1\",\"type\":\"received\",\"payload\":{\"offset\":" + offset + "}}");
    }

    private static Delivered delivered(String user, long offset) {
        return new Delivered(new UserId(user), offset);
    }
}
