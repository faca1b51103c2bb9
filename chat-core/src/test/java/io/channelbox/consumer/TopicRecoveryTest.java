package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Group;
import io.channelbox.codec.JsonStyle;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.message.TypeName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a peer is told when it comes back to a topic. */
class TopicRecoveryTest {

    @TypeName("said")
    record Said(String sentBy, Optional<String> text) {}

    @TypeName("bell")
    record Bell() {}

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

    private final TestBox test = new TestBox();
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
