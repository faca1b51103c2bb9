package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.auth.Verb;
import io.channelbox.channel.CloseStatus;
import io.channelbox.codec.JsonStyle;
import io.channelbox.fake.TestBox;
import io.channelbox.message.GroupName;
import io.channelbox.message.PeerException;
import io.channelbox.message.TypeName;
import io.channelbox.message.UserId;
import io.channelbox.presence.NamePolicy;
import io.channelbox.presence.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicPresenceTest {

    sealed interface RoomMessage {}

    @TypeName("say")
    record Say(String text) implements RoomMessage {}

    @TypeName("said")
    record Said(String text) {}

    private static final class Room extends Topic<RoomMessage> {

        @Override
        protected void handlers(Handlers<RoomMessage> on) {
            on.answer(Say.class, say -> broadcast(new Said(say.text())));
        }

        @Override
        protected void authorizeTyping(User user) {
            if (user.id().value().equals("mute")) {
                throw new PeerException("muted", "you are muted");
            }
        }
    }

    sealed interface OwnWords {}

    @TypeName("status")
    record Weather(String sky) implements OwnWords {}

    private static final class OwnRoom extends Topic<OwnWords> {

        @Override
        protected void handlers(Handlers<OwnWords> on) {
            on.answer(Weather.class, weather -> new Said(weather.sky()));
        }
    }

    /** Its peer's connection breaks while it is asked whether the peer may subscribe. */
    private final class Breaking extends Topic<RoomMessage> {

        @Override
        protected void authorize(User user) {
            if (user.name().equals("eve")) {
                channel().ended(CloseStatus.ABNORMAL);
            }
        }

        @Override
        protected void onSubscribe() {
            subscribed.add(user().name());
        }

        @Override
        protected void handlers(Handlers<RoomMessage> on) {}
    }

    private static final JsonStyle STYLE = JsonStyle.DEFAULT.payloadIn("payload");

    private final List<String> subscribed = new ArrayList<>();
    private Verb refused = Verb.RESUME;
    private final TestBox test = new TestBox(settings -> settings.access(
            request -> request.verb() != refused || !request.user().name().equals("eve")));
    private final Presence presence =
            Presence.in(test.box).names(NamePolicy.REJECT_NEW).build();
    private final Topics topics = Topics.in(STYLE)
            .topic("room:{id}", Room::new)
            .topic("own:{id}", OwnRoom::new)
            .topic("breaking:{id}", Breaking::new)
            .presence(presence);

    @Test
    void whoSubscribesIsToldItThenWhoIsHereThenOfItsOwnComing() {
        Endpoint ann = hub("ann");

        ann.send("{'topic':'room:a','ref':'1','type':'subscribe'}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:a','ref':'1','type':'subscribed','payload':null}",
                        "{'version':1,'topic':'room:a','type':'presence_state','payload':{'version':0,'users':0,'channels':0,'members':[],'reduced':false}}",
                        "{'version':1,'topic':'room:a','type':'presence_diff','payload':{'version':1,'users':1,'channels':1,'joins':[{'id':'ann','name':'ann','status':'online','since':'2026-01-01T00:00:00Z','devices':1}],'leaves':[],'updates':[],'reduced':false}}"),
                ann.received());
    }

    @Test
    void whoUnsubscribesIsMissedAfterTheGraceTime() {
        Endpoint ann = subscribed("ann");
        Endpoint bob = subscribed("bob");
        ann.received();

        bob.send("{'topic':'room:a','type':'unsubscribe'}");
        assertEquals(List.of(), ann.received());
        test.time.pass(Duration.ofSeconds(10));

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:a','type':'presence_diff','payload':{'version':3,'users':1,'channels':1,'joins':[],'leaves':['bob'],'updates':[],'reduced':false}}"),
                ann.received());
    }

    @Test
    void whoHasLostCountAsksForTheState() {
        Endpoint ann = subscribed("ann");

        ann.send("{'topic':'room:a','ref':'9','type':'presence'}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:a','ref':'9','type':'presence_state','payload':{'version':1,'users':1,'channels':1,'members':[{'id':'ann','name':'ann','status':'online','since':'2026-01-01T00:00:00Z','devices':1}],'reduced':false}}"),
                ann.received());
    }

    @Test
    void aStatusIsToldAndAcknowledged() {
        Endpoint ann = subscribed("ann");

        ann.send("{'topic':'room:a','ref':'2','type':'status','payload':{'status':'busy','text':'in a call'}}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:a','ref':'2','type':'ack','payload':{}}",
                        "{'version':1,'topic':'room:a','type':'presence_diff','payload':{'version':2,'users':1,'channels':1,'joins':[],'leaves':[],'updates':[{'id':'ann','name':'ann','status':'busy','text':'in a call','since':'2026-01-01T00:00:00Z','devices':1}],'reduced':false}}"),
                ann.received());
    }

    @Test
    void aStatusThatIsNoneIsRefused() {
        Endpoint ann = subscribed("ann");

        ann.send("{'topic':'room:a','ref':'2','type':'status','payload':{'status':'offline'}}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:a','ref':'2','type':'error','payload':{'reason':'invalid','detail':'status must be online, away or busy'}}"),
                ann.received());
    }

    @Test
    void typingIsToldToTheOthersAndEndsWithTheMessage() {
        Endpoint ann = subscribed("ann");
        Endpoint bob = subscribed("bob");
        ann.received();

        ann.send("{'topic':'room:a','type':'typing','payload':{'typing':true}}");
        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:a','type':'typing','payload':{'user':'ann','name':'ann','typing':true}}"),
                bob.received());
        ann.send("{'topic':'room:a','type':'say','payload':{'text':'hi'}}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:a','seq':1,'type':'said','payload':{'text':'hi'}}",
                        "{'version':1,'topic':'room:a','type':'typing','payload':{'user':'ann','name':'ann','typing':false}}"),
                said(bob));
        assertEquals(1, said(ann).size());
    }

    @Test
    void aTopicRefusesTypingOfWhomItAllowsNone() {
        Endpoint ann = subscribed("ann");
        Endpoint mute = subscribed("mute");
        ann.received();

        mute.send("{'topic':'room:a','ref':'2','type':'typing','payload':{'typing':true}}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:a','ref':'2','type':'error','payload':{'reason':'muted','detail':'you are muted'}}"),
                mute.received());
        assertEquals(List.of(), ann.received());
    }

    @Test
    void whoMayNotKnowWhoIsHereIsSubscribedAllTheSame() {
        refused = Verb.PRESENCE;
        Endpoint eve = subscribed("eve");
        Endpoint ann = subscribed("ann");

        ann.send("{'topic':'room:a','type':'say','payload':{'text':'hi'}}");
        eve.send("{'topic':'room:a','ref':'2','type':'presence'}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:a','seq':1,'type':'said','payload':{'text':'hi'}}",
                        "{'version':1,'topic':'room:a','ref':'2','type':'error','payload':{'reason':'unauthorized','detail':'not allowed'}}"),
                said(eve));
        assertEquals(2, presence.members(GroupName.of("room", "a")).size());
    }

    @Test
    void aNameThatIsTakenIsRefusedBeforeAnythingIsToldAndNobodyIsLeftBehind() {
        subscribed("ann");
        Endpoint other = Endpoint.open(
                test,
                new User(new UserId("ann-2"), "ANN", Set.of()),
                topics.hub().get(),
                ConsumerOptions.DEFAULT,
                Handshake.at("/").build());

        other.send("{'topic':'room:a','ref':'1','type':'subscribe'}");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:a','ref':'1','type':'error','payload':{'reason':'name_taken','detail':'somebody else has that name here'}}"),
                other.received());
        assertEquals(1, test.box.group("room:a").size());
        assertEquals(1, presence.members(GroupName.of("room", "a")).size());
    }

    @Test
    void whoMayNotJoinIsNotHere() {
        refused = Verb.JOIN;
        Endpoint eve = hub("eve");

        eve.send("{'topic':'room:a','ref':'1','type':'subscribe'}");

        assertEquals(1, eve.received().size());
        assertEquals(List.of(), presence.members(GroupName.of("room", "a")));
    }

    @Test
    void whoseConnectionHasEndedHasNotComeAndNobodyIsToldSo() {
        Endpoint ann = hub("ann");
        ann.send("{'topic':'breaking:a','type':'subscribe'}").received();

        hub("eve").send("{'topic':'breaking:a','type':'subscribe'}");

        assertEquals(List.of(), ann.received());
        assertEquals(List.of("ann"), subscribed);
        assertEquals(1, presence.members(GroupName.of("breaking", "a")).size());
    }

    @Test
    void aTopicsOwnMessageGoesBeforeAWordOfPresence() {
        Endpoint ann = hub("ann");
        ann.send("{'topic':'own:a','type':'subscribe'}").received();

        ann.send("{'topic':'own:a','type':'status','payload':{'sky':'blue'}}");

        assertEquals(List.of("{'version':1,'topic':'own:a','type':'said','payload':{'text':'blue'}}"), ann.received());
    }

    @Test
    void flatMessagesHaveNoPlaceForTwoVersions() {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> Topics.in(JsonStyle.DEFAULT).presence(presence));

        assertTrue(refused.toString().contains("payloadIn"), refused.toString());
    }

    @Test
    void aConnectionThatIsOneTopicHasTheWordsToo() {
        Endpoint ann = Endpoint.open(
                test,
                User.named("ann"),
                topics.only("room:{id}").get(),
                ConsumerOptions.DEFAULT,
                Handshake.at("/room/a").pathParameters(Map.of("id", "a")).build());
        assertEquals(3, ann.received().size());

        ann.send("{'ref':'1','type':'presence'}");

        assertEquals(1, ann.received().size());
    }

    /** Returns what a peer is told but for the position, which comes before the first kept message. */
    private static List<String> said(Endpoint peer) {
        return peer.received().stream()
                .filter(frame -> !frame.contains("'type':'subscribed'"))
                .toList();
    }

    private Endpoint hub(String user) {
        return Endpoint.open(test, user, topics.hub().get());
    }

    private Endpoint subscribed(String user) {
        Endpoint peer = hub(user);
        peer.send("{'topic':'room:a','type':'subscribe'}").received();
        return peer;
    }
}
