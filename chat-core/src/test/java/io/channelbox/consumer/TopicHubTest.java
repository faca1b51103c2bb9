package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.RemovedFromGroup;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.Naming;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.fake.TestBox;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicHubTest {

    sealed interface RoomMessage {}

    @TypeName("post")
    record Post(String body) implements RoomMessage {}

    @TypeName("whoami")
    record WhoAmI() implements RoomMessage {}

    @TypeName("room_event")
    record RoomEvent(String body, String postedBy) {}

    @TypeName("you")
    record You(String name) {}

    @TypeName("hello")
    record Hello() {}

    private static final JsonStyle STYLE =
            JsonStyle.DEFAULT.discriminator("action").payloadIn("payload").naming(Naming.SNAKE_CASE);

    private final TestBox test = new TestBox();
    private final List<String> told = new ArrayList<>();

    private final class Room extends Topic<RoomMessage> {

        @Override
        protected void authorize(User user) {
            if (param("id").equals("secret")) {
                throw new PeerException(TopicError.UNAUTHORIZED, "not for you");
            }
        }

        @Override
        protected void onSubscribe() {
            told.add("subscribe " + name());
            push(new Hello());
            if (param("id").equals("broken")) {
                throw new PeerException("broken", "no");
            }
        }

        @Override
        protected void handlers(Handlers<RoomMessage> on) {
            on.answer(Post.class, post -> broadcast(new RoomEvent(post.body(), user().name())));
            on.answer(WhoAmI.class, ask -> new You(user().name()));
        }

        @Override
        protected void onUnsubscribe() {
            told.add("unsubscribe " + name());
        }
    }

    private final Topics topics = Topics.in(STYLE).topic("room:{id}", Room::new);

    @Test
    void aPeerSubscribesSpeaksAndUnsubscribes() {
        Endpoint ann = hub("ann");

        ann.send("{'topic':'room:lobby','ref':'1','action':'subscribe'}");
        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:lobby','ref':'1','action':'subscribed','payload':null}",
                        "{'version':1,'topic':'room:lobby','action':'hello','payload':null}"),
                ann.received());
        ann.send("{'topic':'room:lobby','action':'post','payload':{'body':'hi'}}");
        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:lobby','seq':1,'action':'room_event','payload':{'body':'hi','posted_by':'ann'}}"),
                ann.received());
        ann.send("{'topic':'room:lobby','ref':'4','action':'unsubscribe'}");
        assertEquals(
                List.of("{'version':1,'topic':'room:lobby','ref':'4','action':'unsubscribed','payload':null}"),
                ann.received());
        assertEquals(List.of("subscribe room:lobby", "unsubscribe room:lobby"), told);
    }

    @Test
    void anAnswerInATopicCarriesTopicAndRef() {
        Endpoint ann = subscribed("ann", "room:lobby");

        ann.send("{'topic':'room:lobby','ref':'2','action':'whoami'}");

        assertEquals(
                List.of("{'version':1,'topic':'room:lobby','ref':'2','action':'you','payload':{'name':'ann'}}"),
                ann.received());
    }

    @Test
    void whoSpeaksWithoutASubscriptionIsToldSo() {
        Endpoint ann = hub("ann");

        ann.send("{'topic':'room:lobby','ref':'3','action':'post','payload':{'body':'hi'}}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:lobby','ref':'3','action':'error','payload':{'reason':'not_subscribed','detail':'subscribe to the topic first'}}"),
                ann.received());
    }

    @Test
    void anUnknownTopicIsAnErrorWhetherSubscribedToOrSpokenTo() {
        Endpoint ann = hub("ann");

        ann.send(
                "{'topic':'rum:x','action':'subscribe'}", "{'topic':'room:a:b','action':'post','payload':{'body':''}}");

        String error =
                "{'version':1,'topic':'%s','action':'error','payload':{'reason':'unknown_topic','detail':'there is no such topic'}}";
        assertEquals(List.of(error.formatted("rum:x"), error.formatted("room:a:b")), ann.received());
    }

    @Test
    void aTopicThatIsRefusedIsNotJoined() {
        Endpoint ann = hub("ann");

        ann.send("{'topic':'room:secret','ref':'1','action':'subscribe'}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:secret','ref':'1','action':'error','payload':{'reason':'unauthorized','detail':'not for you'}}"),
                ann.received());
        assertEquals(0, test.box.group("room:secret").size());
        assertEquals(List.of(), told);
    }

    @Test
    void unsubscribingFromWhatOneIsNotSubscribedToIsConfirmedToo() {
        Endpoint ann = hub("ann");

        ann.send("{'topic':'room:x','ref':'1','action':'unsubscribe'}");

        assertEquals(
                List.of("{'version':1,'topic':'room:x','ref':'1','action':'unsubscribed','payload':null}"),
                ann.received());
        assertEquals(List.of(), told);
    }

    @Test
    void aSecondSubscriptionIsConfirmedAndDeliversOnce() {
        Endpoint ann = subscribed("ann", "room:lobby");

        ann.send("{'topic':'room:lobby','ref':'9','action':'subscribe'}");
        test.box.group("room:lobby").broadcast(new RoomEvent("once", "x"));

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:lobby','ref':'9','action':'subscribed','payload':null}",
                        "{'version':1,'topic':'room:lobby','action':'room_event','payload':{'body':'once','posted_by':'x'}}"),
                ann.received());
        assertEquals(List.of("subscribe room:lobby"), told);
    }

    @Test
    void hooksRunAtTheEndOfTheConnectionToo() {
        Endpoint ann = subscribed("ann", "room:a");
        ann.send("{'topic':'room:b','action':'subscribe'}");

        ann.leave();

        assertEquals(
                List.of("subscribe room:a", "subscribe room:b", "unsubscribe room:a", "unsubscribe room:b"),
                told.stream().sorted().toList());
    }

    @Test
    void aSubscriptionWhoseHookThrowsEndsAgain() {
        Endpoint ann = hub("ann");

        ann.send("{'topic':'room:broken','action':'subscribe'}");

        assertEquals(List.of("subscribe room:broken", "unsubscribe room:broken"), told);
        assertEquals(0, test.box.group("room:broken").size());
        List<String> received = ann.received();
        assertTrue(received.get(2).contains("unsubscribed"), received.get(2));
        assertTrue(received.get(3).contains("'reason':'broken'"), received.get(3));
    }

    @Test
    void whatIsSaidAfterLeavingATopicDoesNotArrive() {
        Endpoint ann = subscribed("ann", "room:lobby");
        ann.send("{'topic':'room:lobby','action':'unsubscribe'}").received();

        test.box.group("room:lobby").broadcast(new RoomEvent("late", "x"));

        assertEquals(List.of(), ann.received());
    }

    @Test
    void everyKeptMessageHasANumberAndWhatIsNotKeptHasNone() {
        Endpoint ann = subscribed("ann", "room:lobby");
        var room = test.box.group("room:lobby");

        room.broadcast(new Hello(), PublishOptions.DEFAULT.savingHistory());
        room.broadcast(new Hello());
        room.broadcast(new Hello(), PublishOptions.DEFAULT.savingHistory());

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:lobby','seq':1,'action':'hello','payload':null}",
                        "{'version':1,'topic':'room:lobby','action':'hello','payload':null}",
                        "{'version':1,'topic':'room:lobby','seq':2,'action':'hello','payload':null}"),
                ann.received());
    }

    @Test
    void theSameRoomIsReachedByItsOwnPathAndByTheHub() {
        Endpoint ann = subscribed("ann", "room:lobby");
        Endpoint bob = only("bob", "lobby");
        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:lobby','action':'subscribed','payload':null}",
                        "{'version':1,'topic':'room:lobby','action':'hello','payload':null}"),
                bob.received());

        bob.send("{'action':'post','payload':{'body':'hi'},'ref':'5'}");

        String event =
                "{'version':1,'topic':'room:lobby','seq':1,'action':'room_event','payload':{'body':'hi','posted_by':'bob'}}";
        assertEquals(List.of(event), ann.received());
        List<String> his = bob.received();
        assertEquals(event, his.get(0));
        assertTrue(his.get(1).startsWith("{'version':1,'topic':'room:lobby','ref':'5','action':'ack'"), his.get(1));
    }

    @Test
    void aRoomOfItsOwnThatIsRefusedIsClosed() {
        Endpoint bob = only("bob", "secret");

        assertTrue(bob.received().get(0).contains("'reason':'unauthorized'"));
        assertEquals(List.of(1008), bob.closeCodes());
    }

    @Test
    void framesWithoutATopicBelongToTheConnection() {
        class Hub extends TopicHub {
            Hub() {
                super(topics);
            }

            @Override
            protected Codec<Object> codec() {
                return TypedJsonCodec.ofTypes(STYLE, WhoAmI.class);
            }

            @Override
            protected void handlers(Handlers<Object> on) {
                on.answer(
                        WhoAmI.class,
                        ask -> new You("the hub knows " + channel().user().name()));
            }
        }
        ConsumerDescription.of(Hub::new);
        Endpoint ann = Endpoint.open(test, "ann", new Hub());

        ann.send("{'action':'whoami','ref':'1'}", "{'topic':'room:x','ref':'2','action':'subscribe'}");

        List<String> received = ann.received();
        assertEquals("{'ref':'1','action':'you','payload':{'name':'the hub knows ann'}}", received.get(0));
        assertTrue(received.get(1).contains("subscribed"));
    }

    @Test
    void aPageThatWantsToKnowWhetherItsConnectionWorksIsAnswered() {
        Endpoint ann = hub("ann");

        ann.send("{'action':'ping'}", "{'ref':'7','action':'ping','payload':{}}");

        assertEquals(
                List.of("{'action':'pong','payload':null}", "{'ref':'7','action':'pong','payload':null}"),
                ann.received());
    }

    @TypeName("ping")
    record OwnPing() {}

    @Test
    void aHubWithPingsOfItsOwnAnswersThemItself() {
        Endpoint ann = Endpoint.open(test, "ann", new TopicHub(topics) {

            @Override
            protected Codec<Object> codec() {
                return TypedJsonCodec.ofTypes(STYLE, OwnPing.class);
            }

            @Override
            protected void handlers(Handlers<Object> on) {
                on.answer(OwnPing.class, ping -> new Hello());
            }
        });

        ann.send("{'action':'ping'}");

        assertEquals(List.of("{'action':'hello','payload':null}"), ann.received());
    }

    @Test
    void oneConnectionHasABoundedNumberOfTopics() {
        Endpoint ann = Endpoint.open(test, "ann", topics.atMost(1).hub().get());

        ann.send("{'topic':'room:a','action':'subscribe'}", "{'topic':'room:b','action':'subscribe'}");

        assertTrue(ann.received().get(2).contains("'reason':'too_many_topics'"));
        assertEquals(0, test.box.group("room:b").size());
    }

    @Test
    void aWrongFieldOfATopicsMessageIsNamed() {
        Endpoint ann = subscribed("ann", "room:lobby");

        ann.send("{'topic':'room:lobby','ref':'1','action':'post','payload':{'body':5}}");

        String error = ann.received().get(0);
        assertTrue(error.startsWith("{'version':1,'topic':'room:lobby','ref':'1','action':'error'"), error);
        assertTrue(error.contains("'path':'payload.body'"), error);
    }

    @Test
    void whoIsTakenOutOfTheGroupIsToldAndSpeaksThereNoMore() {
        Endpoint ann = subscribed("ann", "room:lobby");

        test.box.group("room:lobby").leave(ann.channel());
        ann.send("{'topic':'room:lobby','action':'post','payload':{'body':'hi'}}");

        assertTrue(ann.received().get(0).contains("not_subscribed"));
        assertEquals(List.of("subscribe room:lobby", "unsubscribe room:lobby"), told);
    }

    @Test
    void aNameThatCanBeNoGroupIsAnUnknownTopic() {
        Endpoint ann = hub("ann");

        ann.send("{'topic':'room:\u200b','action':'subscribe'}");

        assertTrue(ann.received().get(0).contains("'reason':'unknown_topic'"));
        assertEquals(List.of(), ann.closeCodes());
    }

    @Test
    void whoIsKickedIsToldAtOnceAndWhoHasComeBackMeanwhileStays() {
        Endpoint ann = subscribed("ann", "room:lobby");

        test.box.group("room:lobby").kick(ann.channel().user().id());
        String unsubscribed = "{'version':1,'topic':'room:lobby','action':'unsubscribed','payload':null}";
        assertEquals(List.of(unsubscribed), ann.received());
        assertEquals(List.of("subscribe room:lobby", "unsubscribe room:lobby"), told);

        ann.send("{'topic':'room:lobby','action':'subscribe'}").received();
        ann.channel().tell(new RemovedFromGroup(GroupName.of("room:lobby")));
        assertEquals(List.of(), ann.received());
    }

    @Test
    void whoIsKickedOutOfARoomOfItsOwnIsClosedWhateverTheHookSays() {
        class Complaining extends Topic<RoomMessage> {
            @Override
            protected void handlers(Handlers<RoomMessage> on) {
                on.on(RoomMessage.class, message -> {});
            }

            @Override
            protected void onUnsubscribe() {
                throw new PeerException("complaint", "nobody hears this");
            }
        }
        Endpoint bob = Endpoint.open(
                test,
                User.named("bob"),
                Topics.in(STYLE)
                        .topic("room:{id}", Complaining::new)
                        .only("room:{id}")
                        .get(),
                ConsumerOptions.DEFAULT,
                Handshake.at("/x").pathParameters(Map.of("id", "x")).build());
        bob.received();

        test.box.group("room:x").kick(bob.channel().user().id());

        assertEquals(List.of("{'version':1,'topic':'room:x','action':'unsubscribed','payload':null}"), bob.received());
        assertEquals(List.of(4403), bob.closeCodes());
    }

    @Test
    void everyErrorOfARoomOfItsOwnCarriesTheTopic() {
        Endpoint bob = only("bob", "lobby");
        bob.received();

        bob.send("not json");

        assertTrue(bob.received().get(0).startsWith("{'version':1,'topic':'room:lobby','action':'error'"));
    }

    @Test
    void aTopicThatHandlesEventsIsRefusedWhereItIsMounted() {
        class Eventful extends Topic<RoomMessage> {
            @Override
            protected void handlers(Handlers<RoomMessage> on) {
                on.on(RoomMessage.class, message -> {});
                on.onEvent(String.class, event -> {});
            }
        }
        Topics eventful = Topics.in(STYLE).topic("room:{id}", Eventful::new);

        assertThrows(IllegalStateException.class, () -> ConsumerDescription.of(eventful.hub()));
    }

    @Test
    void topicsThatCouldBeTheSameAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> topics.topic("room:{other}", Room::new));
    }

    @Test
    void aPatternsParametersStopAtTheColon() {
        var pattern = new TopicPattern("org:{org}:room:{id}");

        assertEquals(
                Map.of("org", "a b", "id", "7"), pattern.match("org:a b:room:7").orElseThrow());
        assertFalse(pattern.match("org:a:room:7:8").isPresent());
        assertFalse(pattern.match("org::room:7").isPresent());
        assertEquals("org:x:room:y", pattern.topic(Map.of("org", "x", "id", "y")));
        assertThrows(IllegalArgumentException.class, () -> pattern.topic(Map.of("org", "x", "id", "y:z")));
        assertThrows(IllegalArgumentException.class, () -> new TopicPattern("{all}"));
    }

    private Endpoint hub(String user) {
        return Endpoint.open(test, user, topics.hub().get());
    }

    private Endpoint subscribed(String user, String topic) {
        Endpoint endpoint = hub(user).send("{'topic':'" + topic + "','action':'subscribe'}");
        endpoint.received();
        return endpoint;
    }

    private Endpoint only(String user, String room) {
        return Endpoint.open(
                test,
                User.named(user),
                topics.only("room:{id}").get(),
                ConsumerOptions.DEFAULT,
                Handshake.at("/room/" + room).pathParameters(Map.of("id", room)).build());
    }
}
