package io.channelbox.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.broker.PublishOptions;
import io.channelbox.channel.Group;
import io.channelbox.channel.GroupSettings;
import io.channelbox.codec.JsonStyle;
import io.channelbox.fake.TestBox;
import io.channelbox.history.HistoryQuery;
import io.channelbox.history.Retention;
import io.channelbox.message.TypeName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A peer that was subscribed before anything was kept, and comes back without a position. */
class FromTheBeginningTest {

    @TypeName("said")
    record Said(String text) {}

    @TypeName("say")
    record Say(String text) {}

    static final class Room extends Topic<Say> {
        @Override
        protected void handlers(Handlers<Say> on) {
            on.answer(Say.class, say -> broadcast(new Said(say.text())));
        }
    }

    private static final Topics TOPICS =
            Topics.in(JsonStyle.DEFAULT.payloadIn("payload")).topic("room:{id}", Room::new);

    private final TestBox test = new TestBox(
            builder -> builder.groups("room", GroupSettings.DEFAULT.saving(Retention.DEFAULT.withCount(3))));
    private final Group lobby = test.box.group("room:lobby");

    @Test
    void getsEverythingThatWasKeptMeanwhile() {
        Endpoint ann = fromTheBeginning();
        ann.leave();
        say(3);

        List<String> received = fromTheBeginning().received();

        assertEquals(4, received.size());
        assertTrue(received.get(0).contains("'offset':0},'recovered':true"), received.get(0));
        assertTrue(received.get(0).contains("'epoch':'" + epoch() + "'"), received.get(0));
        assertTrue(received.get(1).contains("'seq':1,"), received.get(1));
        assertTrue(received.get(3).contains("'seq':3,"), received.get(3));
    }

    @Test
    void isToldWhatIsLostAndGetsNoPartOfTheRest() {
        say(5);

        List<String> received = fromTheBeginning().received();

        assertEquals(1, received.size());
        assertTrue(received.get(0).contains("'recovered':false"), received.get(0));
        assertTrue(received.get(0).contains("'cause':'trimmed'"), received.get(0));
        assertTrue(received.get(0).contains("'from':{'epoch':'" + epoch() + "','offset':0}"), received.get(0));
    }

    @Test
    void isAnsweredAsOneThatIsNewWhereStillNothingWasKept() {
        Endpoint ann = fromTheBeginning();
        say(1);

        List<String> received = ann.received();

        assertEquals(3, received.size());
        assertFalse(received.get(0).contains("position"), received.get(0));
        assertFalse(received.get(0).contains("lost"), received.get(0));
        assertTrue(received.get(1).contains("subscribed") && received.get(1).contains(epoch()), received.get(1));
        assertTrue(received.get(2).contains("'seq':1,"), received.get(2));
    }

    private Endpoint fromTheBeginning() {
        return Endpoint.open(test, "ann", TOPICS.hub().get())
                .send("{'topic':'room:lobby','ref':'1','type':'subscribe',"
                        + "'payload':{'position':{'epoch':'','offset':0}}}");
    }

    private void say(int messages) {
        for (int i = 0; i < messages; i++) {
            lobby.broadcast(new Said("hi"), PublishOptions.DEFAULT);
        }
    }

    private String epoch() {
        return lobby.history(HistoryQuery.latest(1)).top().orElseThrow().epoch();
    }
}
