package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.AuthResult;
import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Channel;
import io.channelbox.channel.CloseStatus;
import io.channelbox.codec.Codec;
import io.channelbox.codec.JsonStyle;
import io.channelbox.codec.TypedJsonCodec;
import io.channelbox.event.ChatEvent;
import io.channelbox.fake.TestBox;
import io.channelbox.limit.Limits;
import io.channelbox.limit.Rate;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TypedConsumerTest {

    sealed interface In {}

    @TypeName("say")
    record Say(String text) implements In {}

    @TypeName("ping")
    record Ping() implements In {}

    @TypeName("wait")
    record Wait() implements In {}

    @TypeName("said")
    record Said(String text) {}

    @TypeName("pong")
    record Pong() {}

    record Note(String text) {}

    private final TestBox test = new TestBox();

    /** Answers everything there is. */
    private static class Room extends TypedConsumer<In> {

        final CompletableFuture<Object> later = new CompletableFuture<>();

        @Override
        protected void onConnect(Channel me) {
            join("room");
        }

        @Override
        protected void handlers(Handlers<In> on) {
            on.answer(Ping.class, ping -> new Pong());
            on.answer(Say.class, this::say);
            on.answerLater(Wait.class, wait -> later);
            on.answerEvent(Note.class, note -> new Said("noted " + note.text()));
        }

        Object say(Say say) {
            if (say.text().isEmpty()) {
                throw PeerException.invalid("say something");
            }
            if (say.text().equals("fail")) {
                throw new IllegalStateException("secret");
            }
            return broadcast("room", new Said(say.text()), savingHistory());
        }
    }

    @Test
    void eachMessageIsAnsweredByItsHandler() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send("{'type':'ping'}", "{'type':'say','text':'hi'}");

        assertEquals(List.of("{'type':'pong'}", "{'type':'said','text':'hi'}"), ann.received());
    }

    @Test
    void aRefComesBackInTheReply() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send("{'ref':'7','type':'ping'}");

        assertEquals(List.of("{'ref':'7','type':'pong'}"), ann.received());
    }

    @Test
    void aRefComesBackInTheError() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send(
                "{'type':'say','text':'','ref':'a'}",
                "{'ref':'b','type':'nothing'}",
                "{'ref':'c','type':'say','text':5}");

        List<String> errors = ann.received();
        assertEquals("{'ref':'a','type':'error','code':'invalid','message':'say something'}", errors.get(0));
        assertTrue(errors.get(1).startsWith("{'ref':'b','type':'error','code':'unknown_type'"), errors.get(1));
        assertTrue(errors.get(2).startsWith("{'ref':'c','type':'error','code':'invalid'"), errors.get(2));
        assertTrue(errors.get(2).contains("'path':'text'"), errors.get(2));
    }

    @Test
    void whatABroadcastLedToIsAcknowledgedWithItsIdAndPosition() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send("{'type':'say','text':'hi','ref':'x'}");

        List<String> received = ann.received();
        assertEquals("{'type':'said','text':'hi'}", received.get(0));
        assertTrue(received.get(1).startsWith("{'ref':'x','type':'ack','id':'"), received.get(1));
        assertTrue(received.get(1).contains("'offset':1"), received.get(1));
    }

    @Test
    void aRefThatNothingAnswersIsAcknowledged() {
        class Silent extends TypedConsumer<In> {
            @Override
            protected void handlers(Handlers<In> on) {
                on.on(In.class, message -> {});
            }
        }
        Endpoint ann = Endpoint.open(test, "ann", new Silent());

        ann.send("{'type':'ping'}", "{'type':'ping','ref':'1'}");

        assertEquals(List.of("{'ref':'1','type':'ack'}"), ann.received());
    }

    @Test
    void aConsumerThatSwitchesItselfAnswersRefsTheSameWay() {
        class Switching extends ChannelConsumer<In> {
            @Override
            protected void onReceive(Channel me, In message) {
                if (message instanceof Ping) {
                    reply(new Pong());
                }
            }
        }
        Endpoint ann = Endpoint.open(test, "ann", new Switching());

        ann.send("{'type':'ping','ref':'1'}", "{'type':'wait','ref':'2'}");

        assertEquals(List.of("{'ref':'1','type':'pong'}", "{'ref':'2','type':'ack'}"), ann.received());
    }

    @Test
    void aHandlerMayAnswerManyTimesOrNever() {
        class Many extends TypedConsumer<In> {
            @Override
            protected void handlers(Handlers<In> on) {
                on.answer(
                        In.class,
                        message ->
                                message instanceof Say ? Reply.of(new Said("one"), new Said("two")) : Reply.nothing());
            }
        }
        Endpoint ann = Endpoint.open(test, "ann", new Many());

        ann.send("{'type':'say','text':'','ref':'1'}", "{'type':'ping'}");

        assertEquals(
                List.of("{'ref':'1','type':'said','text':'one'}", "{'ref':'1','type':'said','text':'two'}"),
                ann.received());
    }

    @Test
    void anAnswerThatComesLaterHoldsUpTheNextFrameOfThatPeerOnly() {
        Room room = new Room();
        Endpoint ann = Endpoint.open(test, "ann", room);
        Endpoint bob = Endpoint.open(test, "bob", new Room());

        ann.send("{'type':'wait','ref':'1'}", "{'type':'ping','ref':'2'}");
        bob.send("{'type':'ping'}");
        assertEquals(List.of(), ann.received());
        assertEquals(List.of("{'type':'pong'}"), bob.received());
        room.later.complete(new Said("at last"));

        assertEquals(
                List.of("{'ref':'1','type':'said','text':'at last'}", "{'ref':'2','type':'pong'}"), ann.received());
    }

    @Test
    void anAnswerThatIsThereAlreadyHoldsUpNothing() {
        Room room = new Room();
        room.later.complete(Reply.nothing());
        Endpoint ann = Endpoint.open(test, "ann", room);

        ann.send("{'type':'wait','ref':'1'}", "{'type':'ping','ref':'2'}");

        assertEquals(List.of("{'ref':'1','type':'ack'}", "{'ref':'2','type':'pong'}"), ann.received());
    }

    @Test
    void aMistakeThatIsFoundLaterIsToldWithTheRef() {
        Room room = new Room();
        Endpoint ann = Endpoint.open(test, "ann", room);

        ann.send("{'type':'wait','ref':'1'}");
        CompletionStage<Object> passedOn = room.later.thenApply(any -> any);
        room.later.completeExceptionally(new PeerException("full", "no room"));

        assertEquals(List.of("{'ref':'1','type':'error','code':'full','message':'no room'}"), ann.received());
        assertTrue(passedOn.toCompletableFuture().isCompletedExceptionally());
    }

    @Test
    void whoLeavesWhileAnAnswerIsAwaitedIsDisconnectedAtOnceAndTheLateAnswerIsDropped() {
        var disconnected = new CompletableFuture<CloseStatus>();
        Room room = new Room() {
            @Override
            protected void onDisconnect(Channel me, CloseStatus status) {
                disconnected.complete(status);
            }
        };
        Endpoint ann = Endpoint.open(test, "ann", room);
        ann.send("{'type':'wait','ref':'1'}");

        ann.leave();
        assertEquals(1000, disconnected.getNow(CloseStatus.ABNORMAL).code());
        room.later.complete(new Said("too late"));

        assertEquals(List.of(), ann.received());
    }

    @Test
    void aHandlerThatFailsEndsTheChannelAndItsPeerLearnsNoDetail() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send("{'type':'say','text':'fail','ref':'1'}", "{'type':'ping'}");

        assertEquals(List.of(), ann.received());
        assertEquals(List.of(1011), ann.closeCodes());
    }

    @Test
    void whereFailuresAreAnsweredTheChannelLivesAndItsPeerLearnsNoDetail() {
        Endpoint ann = open(ConsumerOptions.DEFAULT.answeringOnFailure(), "ann", new Room());

        ann.send("{'type':'say','text':'fail','ref':'1'}", "{'type':'ping'}");

        assertEquals(
                List.of(
                        "{'ref':'1','type':'error','code':'failed','message':'the message could not be handled'}",
                        "{'type':'pong'}"),
                ann.received());
        assertEquals(List.of(), ann.closeCodes());
    }

    @Test
    void everyFrameIsFollowedByACompletionAndEveryFrameOfAGroupByAnother() {
        ConsumerOptions telling = ConsumerOptions.DEFAULT.tellingOfCompletion().answeringOnFailure();
        Endpoint ann = open(telling, "ann", new Room());
        Endpoint bob = open(telling, "bob", new Room());

        ann.send("{'type':'ping'}", "{'type':'say','text':'fail'}", "not json");
        ann.send("{'type':'say','text':'hi'}");

        assertEquals(
                List.of(
                        "{'type':'pong'}",
                        "{'type':'complete'}",
                        "{'type':'error','code':'failed','message':'the message could not be handled'}",
                        "{'type':'complete'}",
                        "{'type':'error','code':'malformed','message':'the frame is not valid JSON'}",
                        "{'type':'complete'}",
                        "{'type':'said','text':'hi'}",
                        "{'type':'group_complete'}",
                        "{'type':'complete'}"),
                ann.received());
        assertEquals(List.of("{'type':'said','text':'hi'}", "{'type':'group_complete'}"), bob.received());
    }

    @Test
    void withoutTheOptionNobodyHearsOfCompletion() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        ann.send("{'type':'say','text':'hi'}");

        assertEquals(List.of("{'type':'said','text':'hi'}"), ann.received());
    }

    @Test
    void everyRecipientIsToldWhetherAMessageIsTheirs() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());
        Endpoint herPhone = Endpoint.open(test, "ann", new Room());
        Endpoint bob = Endpoint.open(test, "bob", new Room());

        test.box.group("room").broadcast(new Said("hi"), PublishOptions.DEFAULT.markedAsSaidBy(ann.channel()));

        assertEquals(List.of("{'type':'said','text':'hi','isMine':true,'isCurrent':true}"), ann.received());
        assertEquals(List.of("{'type':'said','text':'hi','isMine':true,'isCurrent':false}"), herPhone.received());
        assertEquals(List.of("{'type':'said','text':'hi','isMine':false,'isCurrent':false}"), bob.received());
    }

    @Test
    void whatAGuestSaysIsNobodysButOfTheCurrentConnection() {
        var guest = new User(new UserId("g"), "g", Set.of(User.GUEST));
        Endpoint one = Endpoint.open(
                test,
                guest,
                new Room(),
                ConsumerOptions.DEFAULT,
                Handshake.at("/").build());
        Endpoint other = Endpoint.open(
                test,
                guest,
                new Room(),
                ConsumerOptions.DEFAULT,
                Handshake.at("/").build());

        test.box.group("room").broadcast(new Said("hi"), PublishOptions.DEFAULT.markedAsSaidBy(one.channel()));

        assertEquals(List.of("{'type':'said','text':'hi','isMine':false,'isCurrent':true}"), one.received());
        assertEquals(List.of("{'type':'said','text':'hi','isMine':false,'isCurrent':false}"), other.received());
    }

    @Test
    void anEventIsHandledByEachMembersConsumerOnceWhateverGroupsItShares() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());
        test.box.group("second").join(ann.channel());

        test.box.broadcast(
                List.of(test.box.group("room").name(), test.box.group("second").name()),
                new Note("x"),
                PublishOptions.DEFAULT.asEvent());

        assertEquals(List.of("{'type':'said','text':'noted x'}"), ann.received());
    }

    @Test
    void anEventThatIsAMessagePassesThroughUnlessItHasAHandler() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        test.box.group("room").broadcast(new Said("as it is"), PublishOptions.DEFAULT.asEvent());
        ann.channel().tell(new Said("to one"));

        assertEquals(List.of("{'type':'said','text':'as it is'}", "{'type':'said','text':'to one'}"), ann.received());
    }

    @Test
    void anEventThatNothingHandlesReachesNobodyAndTheChannelLives() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());

        test.box.group("room").broadcast("not a message", PublishOptions.DEFAULT.asEvent());
        ann.send("{'type':'ping'}");

        assertEquals(List.of("{'type':'pong'}"), ann.received());
    }

    @Test
    void eventsAreNotKept() {
        Endpoint.open(test, "ann", new Room());

        test.box
                .group("room")
                .broadcast(new Said("x"), PublishOptions.DEFAULT.savingHistory().asEvent());

        assertEquals(0, test.box.group("room").historyStats().count());
    }

    @Test
    void aCallbackThatDoesNotReturnIsReportedOnce() {
        Endpoint ann = Endpoint.open(test, "ann", new Room());
        ann.send("{'type':'wait'}");

        test.time.pass(Duration.ofSeconds(29));
        assertEquals(0, test.events(ChatEvent.ConsumerStuck.class).size());
        test.time.pass(Duration.ofSeconds(60));

        assertEquals(
                List.of(new ChatEvent.ConsumerStuck(ann.channel().id())), test.events(ChatEvent.ConsumerStuck.class));
    }

    @Test
    void tablesAreInheritedAndMixedIn() {
        interface Pinging {
            default void pings(Handlers<In> on) {
                on.answer(Ping.class, ping -> new Pong());
            }
        }
        class Base extends TypedConsumer<In> {
            @Override
            protected void handlers(Handlers<In> on) {
                on.answer(Say.class, say -> new Said("base " + say.text()));
            }
        }
        class Derived extends Base implements Pinging {
            @Override
            protected void handlers(Handlers<In> on) {
                super.handlers(on);
                pings(on);
                on.on(Wait.class, wait -> {});
            }
        }
        ConsumerDescription.of(Derived::new);
        Endpoint ann = Endpoint.open(test, "ann", new Derived());

        ann.send("{'type':'ping'}", "{'type':'say','text':'hi'}");

        assertEquals(List.of("{'type':'pong'}", "{'type':'said','text':'base hi'}"), ann.received());
    }

    @Test
    void declaredGroupsAreJoinedAfterOnConnectAndThoseOfTheSuperclassToo() {
        class Base extends Room {
            @Override
            protected List<String> groups() {
                return List.of("base");
            }
        }
        class Derived extends Base {
            @Override
            protected void onConnect(Channel me) {
                box().group("derived").broadcast(new Said("before"));
                me.send(new Said("welcome"));
            }

            @Override
            protected List<String> groups() {
                return Stream.concat(super.groups().stream(), Stream.of("derived"))
                        .toList();
            }
        }
        Endpoint ann = Endpoint.open(test, "ann", new Derived());

        test.box.group("base").broadcast(new Said("to base"));
        test.box.group("derived").broadcast(new Said("to derived"));

        assertEquals(
                List.of(
                        "{'type':'said','text':'welcome'}",
                        "{'type':'said','text':'to base'}",
                        "{'type':'said','text':'to derived'}"),
                ann.received());
        ann.leave();
        assertEquals(0, test.box.group("base").size());
    }

    @Test
    void heartbeatsAreAnsweredInTheStyleOfTheEndpoint() {
        JsonStyle style = JsonStyle.DEFAULT.discriminator("action").payloadIn("payload");
        var beating = new TestBox(settings -> settings.intercept(JsonHeartbeat.in(style, "ping", "pong")));
        Endpoint ann = Endpoint.open(beating, "ann", new Room());

        ann.send("{'action':'ping','payload':null}");

        assertEquals(List.of("{'action':'pong','payload':null}"), ann.received());
    }

    @Test
    void whoIsHeardTooOftenIsToldByTheRefOfEachFrame() {
        var strict = new TestBox(settings -> settings.limits(Limits.NONE.withMessagesPerChannel(Rate.perSecond(1))));
        Endpoint ann = Endpoint.open(strict, "ann", new Room());

        ann.send("{'type':'ping','ref':'1'}", "{'type':'ping','ref':'2'}", "not json");

        List<String> received = ann.received();
        assertEquals("{'ref':'1','type':'pong'}", received.get(0));
        assertTrue(received.get(1).startsWith("{'ref':'2','type':'error','code':'rate_limited'"), received.get(1));
        assertTrue(received.get(1).contains("'retryAfterMillis':1000"), received.get(1));
        assertTrue(received.get(2).startsWith("{'type':'error','code':'rate_limited'"), received.get(2));
    }

    @TypeName("refresh")
    record Refresh(String token) {}

    private static class Refreshing extends TypedConsumer<Refresh> {
        @Override
        protected void handlers(Handlers<Refresh> on) {
            on.on(Refresh.class, message -> refresh(verify(message.token())));
        }

        private AuthResult verify(String token) {
            return token.equals("bad")
                    ? AuthResult.notAuthenticated("no such token")
                    : AuthResult.accept(
                            new User(new UserId(token), "Ann the second", Set.of("staff")),
                            box().clock().instant().plusSeconds(60));
        }
    }

    @Test
    void aNewerCredentialOfTheSameUserIsTakenAndHoldsAsLongAsItSays() {
        Endpoint ann = Endpoint.open(test, "ann", new Refreshing());

        ann.send("{'type':'refresh','token':'ann','ref':'1'}");

        assertEquals(List.of("{'ref':'1','type':'ack'}"), ann.received());
        assertEquals("Ann the second", ann.channel().user().name());
        test.time.pass(Duration.ofSeconds(61));
        test.executor.run();
        assertEquals(List.of(4401), ann.closeCodes());
    }

    @Test
    void aCredentialThatDoesNotHoldOrIsAnothersChangesNothing() {
        Endpoint ann = Endpoint.open(test, "ann", new Refreshing());

        ann.send("{'type':'refresh','token':'bad'}", "{'type':'refresh','token':'bob'}");

        assertEquals(
                List.of(
                        "{'type':'error','code':'not_authenticated','message':'the credential does not hold'}",
                        "{'type':'error','code':'not_allowed','message':'not allowed'}"),
                ann.received());
        assertEquals("ann", ann.channel().user().name());
        test.time.pass(Duration.ofSeconds(61));
        test.executor.run();
        assertEquals(List.of(), ann.closeCodes());
    }

    @Test
    void aDoubledHandlerIsAnErrorWhereItIsMountedThatNamesBothPlaces() {
        class Doubled extends TypedConsumer<In> {
            @Override
            protected void handlers(Handlers<In> on) {
                on.on(In.class, message -> {});
                on.answer(Ping.class, ping -> new Pong());
            }
        }

        var error = assertThrows(IllegalStateException.class, () -> ConsumerDescription.of(Doubled::new));

        String text = String.valueOf(error.getMessage());
        assertTrue(text.contains(Ping.class.getName() + " is handled twice"), text);
        assertEquals(2, text.split("TypedConsumerTest\\.java:[0-9]+", -1).length - 1, text);
    }

    @Test
    void aMissingHandlerIsAnErrorWhereItIsMounted() {
        class Missing extends TypedConsumer<In> {
            @Override
            protected void handlers(Handlers<In> on) {
                on.answer(Ping.class, ping -> new Pong());
            }
        }

        var error = assertThrows(IllegalStateException.class, () -> ConsumerDescription.of(Missing::new));

        String text = String.valueOf(error.getMessage());
        assertTrue(text.contains("nothing handles " + Say.class.getName()), text);
        assertTrue(text.contains("nothing handles " + Wait.class.getName()), text);
    }

    sealed interface Nameless {}

    record Forgotten() implements Nameless {}

    @Test
    void aTypeWithoutADiscriminatorIsAnErrorWhereItIsMounted() {
        class Careless extends ChannelConsumer<Nameless> {
            @Override
            protected void onReceive(Channel me, Nameless message) {}
        }

        var error = assertThrows(IllegalStateException.class, () -> ConsumerDescription.of(Careless::new));

        assertTrue(String.valueOf(error.getMessage()).contains(Forgotten.class.getName()), error.getMessage());
    }

    @Test
    void anEndpointMayNameItsDiscriminatorAsItLikes() {
        class Acting extends Room {
            @Override
            protected Codec<In> codec() {
                return TypedJsonCodec.of(
                        In.class, JsonStyle.DEFAULT.discriminator("action").payloadIn("payload"));
            }
        }
        Endpoint ann = Endpoint.open(test, "ann", new Acting());
        Endpoint bob = Endpoint.open(test, "bob", new Room());

        ann.send("{'action':'say','payload':{'text':'hi'}}");

        assertEquals(List.of("{'action':'said','payload':{'text':'hi'}}"), ann.received());
        assertEquals(List.of("{'type':'said','text':'hi'}"), bob.received());
    }

    private Endpoint open(ConsumerOptions options, String user, ChannelConsumer<?> consumer) {
        return Endpoint.open(
                test, User.named(user), consumer, options, Handshake.at("/").build());
    }
}
