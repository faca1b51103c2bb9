package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.auth.Handshake;
import io.channelbox.auth.User;
import io.channelbox.auth.Verb;
import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.CloseStatus;
import io.channelbox.channel.Group;
import io.channelbox.channel.GroupSettings;
import io.channelbox.codec.JsonStyle;
import io.channelbox.fake.HookedStore;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.StoreException;
import io.channelbox.message.StreamPosition;
import io.channelbox.message.TypeName;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer is told when it comes back to a topic. */
class TopicRecoveryTest {

    @TypeName("said")
    record Said(String sentBy, Optional<String> text) {}

    @TypeName("bell")
    record Bell() {}

    @TypeName("edited")
    record Edited(long seq, String text) {}

    @TypeName("deleted")
    record Deleted(long seq) {}

    @TypeName("say")
    record Say(String text) {}

    static final class Room extends Topic<Say> {
        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(user().name(), Optional.of(say.text()))));
        }
    }

    private static final Topics TOPICS = Topics.in(
                    JsonStyle.DEFAULT.discriminator("action").payloadIn("payload"))
            .topic("room:{id}", Room::new);

    private static final int KEPT = 20;

    private final AtomicBoolean storeFails = new AtomicBoolean();
    private final Set<Verb> refused = EnumSet.noneOf(Verb.class);
    private final TestBox test =
            new TestBox(builder -> builder.history(new HookedStore(InstantSource.fixed(Instant.EPOCH))
                            .beforeRead(() -> {
                                if (storeFails.get()) {
                                    throw new StoreException("the store is away", new IOException("gone"));
                                }
                            }))
                    .groups("room", GroupSettings.DEFAULT.retaining(Retention.DEFAULT.withCount(KEPT)))
                    .access(request -> !refused.contains(request.verb())));
    private final Group lobby = test.box.group("room:lobby");

    @Test
    void whoComesBackGetsWhatWasMissedAsItWasToldAndThenWhatIsSaid() {
        Endpoint bob = subscribed("bob", "'last':0");
        say("one");
        lobby.broadcast(new Bell(), PublishOptions.DEFAULT.savingHistory());
        say("three");
        List<String> live = bob.received();

        Endpoint ann = hub("ann").send(subscribe("'position':{'epoch':'" + epoch() + "','offset':1}"));
        say("four");

        List<String> received = ann.received();
        assertEquals(
                "{'version':1,'topic':'room:lobby','ref':'1','action':'subscribed','payload':{'position':{'epoch':'"
                        + epoch() + "','offset':1},'recovered':true}}",
                received.get(0));
        assertEquals(live.subList(2, 4), received.subList(1, 3));
        assertEquals(bob.received(), received.subList(3, 4));
    }

    @Test
    void exactlyWhatWasMissedComes() {
        sayMany(5);

        Endpoint ann = hub("ann").send(subscribe(position(epoch(), 2)));
        assertEquals(List.of(subscribedAt(2, true), said(3), said(4), said(5)), ann.received());

        Endpoint bob = hub("bob").send(subscribe(position(epoch(), 5)));
        assertEquals(List.of(subscribedAt(5, true)), bob.received());
    }

    @Test
    void theOldestPositionThatIsStillFollowedByWhatIsKeptIsRecovered() {
        sayMany(KEPT + 5);

        Endpoint ann = hub("ann").send(subscribe(position(epoch(), 5)));

        assertEquals(1 + KEPT, ann.received().size());
    }

    @Test
    void whoMissedMoreThanIsKeptIsToldSoAndGetsNoneOfIt() {
        sayMany(KEPT + 5);

        Endpoint ann = hub("ann").send(subscribe(position(epoch(), 4)));
        assertEquals(List.of(lost(epoch(), 4, "trimmed")), ann.received());

        say("26");
        assertEquals(List.of(said(26)), ann.received());
    }

    @Test
    void whereAPositionCannotBeGoneOnFromTheNewestAreNotSentInItsPlace() {
        sayMany(KEPT + 5);

        Endpoint ann = hub("ann").send(subscribe(position(epoch(), 4) + ",'last':3"));

        assertEquals(List.of(lost(epoch(), 4, "trimmed")), ann.received());
    }

    @Test
    void aPositionOfAnotherEpochIsLost() {
        sayMany(3);

        Endpoint ann = hub("ann").send(subscribe(position("other", 2)));
        assertEquals(List.of(lost("other", 2, "epoch")), ann.received());

        say("4");
        assertEquals(List.of(said(4)), ann.received());
    }

    @Test
    void aPositionBeyondTheNewestIsOfAnotherStream() {
        sayMany(3);

        Endpoint ann = hub("ann").send(subscribe(position(epoch(), 4)));
        assertEquals(List.of(lost(epoch(), 4, "epoch")), ann.received());

        say("4");
        assertEquals(List.of(said(4)), ann.received());
    }

    @Test
    void aPositionInATopicThatHasKeptNothingIsLostToNowhere() {
        Endpoint ann = hub("ann").send(subscribe(position("other", 2)));
        assertEquals(
                List.of(subscribedWith(
                        "'recovered':false,'lost':{'from':{'epoch':'other','offset':2}," + "'cause':'epoch'}")),
                ann.received());

        say("1");
        assertTrue(ann.received().contains(said(1)));
    }

    @Test
    void whereNothingWasEverKeptThePositionComesBeforeTheFirst() {
        Endpoint ann = hub("ann").send(subscribe("'last':0"));
        assertEquals(List.of(subscribedWith("'recovered':false")), ann.received());

        say("1");
        say("2");

        assertEquals(
                List.of(
                        "{'version':1,'topic':'room:lobby','action':'subscribed','payload':{'position':{'epoch':'"
                                + epoch() + "','offset':0},'recovered':false}}",
                        said(1),
                        said(2)),
                ann.received());
    }

    @Test
    void theNewestComeAfterThePositionBeforeThem() {
        sayMany(5);

        Endpoint ann = hub("ann").send(subscribe("'last':2"));

        assertEquals(List.of(subscribedAt(3, false), said(4), said(5)), ann.received());
    }

    @Test
    void editsAndDeletionsComeAfterWhatTheyChange() {
        sayMany(1);
        Endpoint bob = subscribed("bob", position(epoch(), 1));
        sayMany(2);
        lobby.broadcast(new Edited(2, "better"), PublishOptions.DEFAULT.savingHistory());
        say("5");
        lobby.broadcast(new Deleted(3), PublishOptions.DEFAULT.savingHistory().ofKind("moderation"));
        List<String> live = bob.received();

        Endpoint ann = hub("ann").send(subscribe(position(epoch(), 1)));

        List<String> received = ann.received();
        assertEquals(live, received.subList(1, received.size()));
        assertTrue(
                live.get(2).contains("'seq':4,'action':'edited','payload':{'seq':2,'text':'better'}"), live::toString);
        assertTrue(live.get(4).contains("'seq':6,'action':'deleted'"), live::toString);
    }

    @Test
    void subscribingAgainBeginsTheStreamAnew() {
        sayMany(3);
        Endpoint ann = subscribed("ann", position(epoch(), 3));

        ann.send(subscribe(position(epoch(), 1)));
        assertEquals(List.of(subscribedAt(1, true), said(2), said(3)), ann.received());

        say("4");
        assertEquals(List.of(said(4)), ann.received());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'position':{'epoch':'e','offset':-1}",
                "'position':{'epoch':'e','offset':99999999999999999999}",
                "'position':{'epoch':'e','offset':1e400}",
                "'position':{'epoch':'e','offset':1.5}",
                "'position':{'epoch':'e','offset':'1'}",
                "'position':{'epoch':7,'offset':1}",
                "'position':{'epoch':'e','offset':null}",
                "'position':{'epoch':null,'offset':1}",
                "'position':{'epoch':'e'}",
                "'position':{'offset':1}",
                "'position':{}",
                "'position':7",
                "'position':[]",
                "'position':'e:1'",
                "'last':-1",
                "'last':1001",
                "'last':99999999999",
                "'last':'5'",
                "'last':0.5",
                "'last':[]"
            })
    void aPositionThatIsNoneIsAnsweredAndTheConnectionLives(String payload) {
        Endpoint ann = hub("ann").send(subscribe(payload));

        List<String> answers = ann.received();
        assertEquals(1, answers.size(), answers::toString);
        assertTrue(
                answers.get(0).startsWith("{'version':1,'topic':'room:lobby','ref':'1','action':'error'"),
                answers.get(0));
        assertEquals(0, lobby.size());
        assertSubscribes(ann);
    }

    @Test
    void anEpochOfAMegabyteIsAnsweredAndTheConnectionLives() {
        Endpoint ann = Endpoint.open(
                test,
                User.named("ann"),
                TOPICS.hub().get(),
                ConsumerOptions.DEFAULT.withLargestMessage(2 << 20),
                Handshake.at("/").build());

        ann.send(subscribe(position("e".repeat(1 << 20), 1)));

        List<String> answers = ann.received();
        assertTrue(answers.get(0).contains("'ref':'1','action':'error'"));
        assertTrue(answers.get(0).length() < 1_000);
        assertSubscribes(ann);
    }

    @Test
    void aHugePositionIsLostAsAnyOther() {
        sayMany(1);

        Endpoint ann = hub("ann").send(subscribe(position(epoch(), Long.MAX_VALUE)));

        assertEquals(List.of(lost(epoch(), Long.MAX_VALUE, "epoch")), ann.received());
    }

    @Test
    void aConnectionThatIsOneTopicNamesItsPositionInTheHandshake() {
        sayMany(5);

        Endpoint ann = only("ann", "epoch=" + epoch() + "&offset=3");
        assertEquals(List.of(withoutRef(subscribedAt(3, true)), said(4), said(5)), ann.received());

        Endpoint bob = only("bob", "last=1");
        assertEquals(List.of(withoutRef(subscribedAt(4, false)), said(5)), bob.received());

        Endpoint cem = only("cem", "epoch=other&offset=3");
        assertEquals(List.of(withoutRef(lost("other", 3, "epoch"))), cem.received());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "epoch=e&offset=-1",
                "epoch=e&offset=x",
                "epoch=e&offset=",
                "epoch=e&offset=99999999999999999999",
                "epoch=e",
                "offset=1",
                "last=-1",
                "last=1001",
                "last=x",
                "last="
            })
    void aHandshakeWithAPositionThatIsNoneIsToldAndClosed(String query) {
        Endpoint ann = only("ann", query);

        assertTrue(ann.received().get(0).contains("'action':'error','payload':{'reason':'invalid'"));
        assertEquals(List.of(1008), ann.closeCodes());
        assertEquals(0, lobby.size());
    }

    @Test
    void whoMayNotComeBackMaySubscribe() {
        sayMany(2);
        refused.add(Verb.RESUME);
        Endpoint ann = hub("ann").send(subscribe(position(epoch(), 1)));
        assertUnauthorized(ann);

        ann.send(subscribe("'last':1"));
        assertEquals(List.of(subscribedAt(1, false), said(2)), ann.received());
    }

    @Test
    void whoMayNotReadMayHearWhatIsSaid() {
        sayMany(2);
        refused.add(Verb.READ);
        Endpoint ann = hub("ann");

        ann.send(subscribe(position(epoch(), 1)));
        assertUnauthorized(ann);
        ann.send(subscribe("'last':1"));
        assertUnauthorized(ann);
        ann.send(subscribe("'last':0"));
        assertEquals(List.of(subscribedAt(2, false)), ann.received());
    }

    @Test
    void whoMayNotJoinGetsNothingOfThePast() {
        sayMany(2);
        refused.add(Verb.JOIN);

        assertUnauthorized(hub("ann").send(subscribe(position(epoch(), 1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'last':0", "'last':5", "'position':{'epoch':'e','offset':1}"})
    void whileTheHistoryCannotBeReadNobodyIsSubscribedAndLaterTheyAre(String payload) {
        sayMany(2);
        storeFails.set(true);
        Endpoint ann = hub("ann").send(subscribe(payload));

        List<String> answers = ann.received();
        assertEquals(1, answers.size(), answers::toString);
        assertTrue(
                answers.get(0)
                        .startsWith("{'version':1,'topic':'room:lobby','ref':'1','action':'error',"
                                + "'payload':{'reason':'unavailable'"),
                answers.get(0));
        assertTrue(answers.get(0).contains("'retryAfterMillis':1000"), answers.get(0));
        assertEquals(0, lobby.size());

        storeFails.set(false);
        assertSubscribes(ann);
    }

    @Test
    void whatIsSaidMeanwhileDoesNotReachWhoCouldNotBeSubscribed() {
        storeFails.set(true);
        Endpoint ann = hub("ann").send(subscribe("'last':5"));
        ann.received();

        say("1");

        assertEquals(List.of(), ann.received());
    }

    @Test
    void aConnectionThatIsOneTopicEndsWhenItsHistoryCannotBeReadAndMayComeBack() {
        storeFails.set(true);

        Endpoint ann = only("ann", "last=5");

        assertEquals(0, lobby.size());
        assertEquals(List.of(CloseStatus.OVERLOAD.code()), ann.closeCodes());
    }

    private void assertUnauthorized(Endpoint peer) {
        List<String> answers = peer.received();
        assertEquals(1, answers.size(), answers::toString);
        assertTrue(
                answers.get(0)
                        .startsWith("{'version':1,'topic':'room:lobby','ref':'1','action':'error',"
                                + "'payload':{'reason':'unauthorized'"),
                answers.get(0));
        assertEquals(0, lobby.size());
    }

    private void assertSubscribes(Endpoint peer) {
        say("again");
        peer.send(subscribe("'last':1"));
        List<String> received = peer.received();
        assertEquals(2, received.size(), received::toString);
        assertTrue(received.get(0).contains("'ref':'1','action':'subscribed'"), received.get(0));
        assertTrue(received.get(1).contains("'action':'said'"), received.get(1));
        assertEquals(1, lobby.size());
        assertEquals(List.of(), peer.closeCodes());
    }

    private void sayMany(int messages) {
        long top = lobby.history(HistoryQuery.latest(1))
                .top()
                .map(StreamPosition::offset)
                .orElse(0L);
        for (long seq = top + 1; seq <= top + messages; seq++) {
            say(Long.toString(seq));
        }
    }

    private static String said(long seq) {
        return "{'version':1,'topic':'room:lobby','seq':" + seq + ",'action':'said','payload':{'sentBy':'x','text':'"
                + seq + "'}}";
    }

    private String subscribedAt(long offset, boolean recovered) {
        return subscribedWith(position(epoch(), offset) + ",'recovered':" + recovered);
    }

    private String lost(String epoch, long offset, String cause) {
        StreamPosition top = lobby.history(HistoryQuery.latest(1)).top().orElseThrow();
        String to = "{'epoch':'" + top.epoch() + "','offset':" + top.offset() + "}";
        return subscribedWith("'position':" + to + ",'recovered':false,'lost':{'from':{'epoch':'" + epoch
                + "','offset':" + offset + "},'to':" + to + ",'cause':'" + cause + "'}");
    }

    private static String subscribedWith(String payload) {
        return "{'version':1,'topic':'room:lobby','ref':'1','action':'subscribed','payload':{" + payload + "}}";
    }

    private static String withoutRef(String frame) {
        return frame.replace("'ref':'1',", "");
    }

    private static String position(String epoch, long offset) {
        return "'position':{'epoch':'" + epoch + "','offset':" + offset + "}";
    }

    private Endpoint only(String user, String query) {
        return Endpoint.open(
                test,
                User.named(user),
                TOPICS.only("room:{id}").get(),
                ConsumerOptions.DEFAULT,
                Handshake.at("/room/lobby")
                        .pathParameters(Map.of("id", "lobby"))
                        .rawQuery(query)
                        .build());
    }

    private void say(String text) {
        lobby.broadcast(new Said("x", Optional.of(text)), PublishOptions.DEFAULT.savingHistory());
    }

    private String epoch() {
        return lobby.history(HistoryQuery.latest(1)).top().orElseThrow().epoch();
    }

    private Endpoint hub(String user) {
        return Endpoint.open(test, user, TOPICS.hub().get());
    }

    private Endpoint subscribed(String user, String payload) {
        Endpoint peer = hub(user).send(subscribe(payload));
        assertTrue(peer.received().get(0).contains("subscribed"));
        return peer;
    }

    private static String subscribe(String payload) {
        return "{'topic':'room:lobby','ref':'1','action':'subscribe','payload':{" + payload + "}}";
    }
}
